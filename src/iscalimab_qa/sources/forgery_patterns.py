"""How forged messages, claims to rule, and orders to hide, reveal or send out are worded.

See `order_patterns` for the rest, and `orders` for what is made of them.
"""

from __future__ import annotations

import re

from iscalimab_qa.sources.order_patterns import MACHINE, pattern

FORGED_TURN = pattern(
    r"""<\|[\w ]{2,30}\|> | (?-i:\[/?INST\]) | <</?SYS>> | <(?:start|end)_of_turn>
      | (?<![\w$])</?(?:system|assistant|developer|tool_response|tool_call|function_results?
             |system_prompt|instructions)>
      | ^\W{0,20}\#{2,}\s*(?:system|assistant|user|human|response|instructions?)\s*(?::|$)
      | (?:^\W{0,20}|[=*\#<\[-]{2,12}\s*)(?:begin|end|start)\s+(?:of\s+)?(?:the\s+)?(?:system\s+)?
          (?:prompts?|documents|contexts?|retrieved\s+(?:passages|documents)|system\s+message
            |instructions?|sources)\s*(?:[.:\]>*=-]|$)
      | ^\W{0,20}(?:system|developer|admin(?:istrator)?|root)[\s_-]*
          (?:messages?|prompts?|overrides?|notes?|notices?|instructions?|commands?
            |updates?)\s*[:>\]]
      | ^\W{0,20}\[\s*(?:system|assistant|developer|admin)\b[^\]]{0,40}\]
      | \bsystem[\s_.-]*(?:prompt[\s_.-]*)?override\b
      | ^\W{0,20}(?:tool|function|plugin|retriever)\s+(?:results?|outputs?|responses?
        |calls?)\s*[:>]
      | \b(?:human|user)\s*:.{2,300}?\b(?:assistant|ai|bot)\s*:
      | \bthe\ retrieved\ passages\ (?:stop|end)\b | \bnow\ the\ user\ (?:speaks|asks|says)\b
    """
)
FORGED_REPLY = pattern(
    rf"""^\W{{0,20}}(?:{MACHINE})\s*[:>]\s*(?:understood|sure|of\ course|certainly|okay|ok|yes|no
          |here|as|i|the|in|this|it|my|done|noted)\b"""
)
FORGED_SYSTEM = re.compile(r"(?:^|[.!?]\s)\W{0,20}SYSTEM\s*[:>]\s*(?:\S+\s+){3}\S")
REVEAL = pattern(
    r"""\b(?:reveal|print|show|repeat|output|leak|disclose|display|tell|give|dump|write|share|send
          |expose|recite|summari[sz]e|translate)\b\s+(?:\w+\s+){0,5}?
        (?:your|system|its|hidden|initial|original)\s+
        (?:\w+\s+){0,2}?(?:prompts?|instructions?|rules|configuration|api\ keys?|secrets?
         |passwords?|directives?|guidelines)\b(?!\s+for)"""
)
SEND_OUT = pattern(
    r"""\b(?:send|post|append|include|forward|transmit|upload|submit|attach|embed|leak|e?-?mail|put
          |insert|add|exfiltrate)\b
        [^.!?]{0,50}?\b(?:the\ (?:user|reader|visitor)(?:'s|s)?\b[^.!?]{0,30}
          |(?:the|this|whole|entire|full|all|complete|every)\s+(?:\w+\s+)?(?:question|conversation
            |chat(?:\ history)?|prompt|history|context|answer|dialogue|library)
          |api\ keys?|passwords?|system\ prompt|credentials|secrets?|(?:chat|conversation)\ history)
        [^.!?]{0,60}?(?:https?:|www\.|\burls?\b|\blinks?\b|\bservers?\b|\bendpoints?\b|\bwebhooks?\b
          |\baddress\b|@|\bimage\b)
      | https?://[^\s)"'>]*(?:\{\{?|%7b|\[|<|\$\{)\s*(?:the_?|user_?)?(?:question|query|prompt
          |history|conversation|secret|input|answer|context|data|api_?key|chat)"""
)
DECODE = pattern(
    r"""\b(?:decod(?:e|ed|ing)|decipher(?:ed)?|de-?obfuscat\w+|rot-?13|base-?64|unscrambled?)\b
        [^!?]{0,100}?\b(?:obey(?:ed)?|follow(?:ed)?|execut(?:e|ed)|carr(?:y|ied)\ out|compl(?:y|ied)
          |run\ it|do\ what|act\ on|do\ as|say)\b"""
)
CONCEAL = pattern(
    r"""\b(?:without|do\ not|don't|never|must\ not|no)\s+(?:\w+\s+){0,3}?
        (?:show|give|nam(?:e|ing)|mention(?:ing)?|cit(?:e|ing)|quot(?:e|ing)|use|using|add|adding
         |includ(?:e|ing)|reveal(?:ing)?|any|tell(?:ing)?)\s+(?:\w+\s+){0,2}?
        (?:citations?|other\ sources?\b(?!\ of\b)|(?:this|these)\ (?:instruction|comment|message
          |order|rule)s?
         |the\ (?:user|visitor|reader)\b)
      | \b(?:answer|reply|respond)\b[^.!?]{0,30}\bwithout\s+(?:any\s+)?(?:citations?|sources?)\b
      | \b(?:quote|cite|use|name|mention|trust)\s+no\s+other\s+(?:sources?|documents?|papers?)\b
      | \b(?:leave|leaving)\s+out\s+the\s+(?:registry|other\s+\w+|sources?|citations?
        |trial\s+record)
      | \byou\s+(?:must|shall|may|will)\s+not\s+(?:cite|quote|mention|name|reveal)\b
      | \b(?:do\s+not|don't|never)\s+(?:trust|use|cite|believe|quote)\s+(?:the\s+rest|any\s+other
        |the
         \s+other|other)\b[^.!?]{0,30}\b(?:corpus|librar(?:y|ies)|sources?|documents?|papers?
           |pages?)\b
      | \bshall\s+call\b[^.]{2,60}\bretracted\b"""
)
FORGED_CITATION = pattern(
    r"""\{\s*"(?:source_id|quote|passage_id|citations?|claims?|verdict)"\s*:
      | \b(?:mark|end|sign|support|finish)\b[^.!?]{0,40}\bwith\s+(?:\[\d*\]|(?:the\s+)?citation\b
          |a\s+(?:citation|marker)\b|the\s+marker\b)
      | \bas\s+if\s+(?:it|this|they)\s+(?:stood|was|were|had\s+been)\s+in\s+the\s+(?:paper|source
          |article|trial)\b
      | \b(?:add|use|insert|attach|give)\s+the\s+(?:reference|citation)\s+(?:code|marker|key)\b
      | 【\d+[^】]{0,30}】"""
)
TEMPLATE = pattern(
    r"""\{\{\s*[\w.]+\s*(?:\(|\|)[^}]*\}\} | \{%\s*\w+[^%]*%\}
      | <script\b[^>]*>[^<]*(?:\(|</script) | <script\s+src\b | \bjavascript:\S | \bvbscript:
        | \bdata:text/html
      | <\w+[^>]*\son(?:error|load|click|mouseover|focus)\s*="""
)
SUPERSEDES = pattern(
    r"""\b(?:supersed(?:es?|ed|ing)|overrid(?:es?|den)|outranks?|overrul(?:es?|ed)|replac(?:es?|ed)
          |invalidat(?:es?|ed)|prevails?\ over|trumps?|revok(?:es?|ed)|nullif(?:y|ies|ied)
          |void(?:s|ed)|takes?\ (?:precedence|priority)\ over|ranks?\ above|correct(?:s|ed)
            |cancels?)
        \s+(?:(?:in\ full|and|of|the|by|hereby|\w+s)\s+){0,3}?
        (?:all|any|every|each)\s+(?:of\s+)?(?:the\s+)?other\s+(?:\w+\s+){0,2}?
        (?:sources?|documents?|publications?|papers?|studies|stud(?:y|ies)|reports?|articles?
          |trials?
         |evidence|literature|records?|results?|information|texts?|passages?|data|librar(?:y|ies))\b
      | \b(?:all|any|every)\s+other\s+(?:sources?|documents?|publications?|papers?|reports?
        |articles?
         |records?|passages?)\b[^.!?]{0,60}?
         \b(?:(?:is|are)\s+(?:hereby\s+)?(?:withdrawn|retracted|void|invalid|wrong|false|superseded
           |overruled|obsolete|outdated|to\ be\ (?:ignored|disregarded|deleted))
           |(?:must|should|shall|may)\s+(?:not\s+(?:be\s+)?(?:cited|quoted|used|trusted)
           |be\s+(?:ignored|disregarded|deleted|treated)))\b
      | \b(?:older|earlier|previous|prior|other)\s+(?:documents?|sources?|papers?|publications?
        |articles?)
         \s+(?:\w+\s+){0,6}?(?:are|is|must|should|shall)\s+(?:to\s+)?be\s+(?:treated|regarded
           |considered|seen|taken)\s+as\s+(?:errors?|wrong|void|false|invalid|withdrawn|fakes?)\b
      | \bmust\s+not\s+be\s+(?:cited|quoted|trusted)\s+any\s?(?:more|longer)\b
      | \b(?:previous|preceding|earlier|other|above)\s+(?:passages?|sources?|documents?|pages?)\s+
         (?:are|were|is)\s+(?:all\s+)?(?:fake|false|forged|wrong|lies|outdated|obsolete)\b
      | \bthe\s+only\s+(?:valid|true|correct|reliable|trustworthy|authoritative)\s+source\b
      | \bdisregard\s+(?:all|any)\s+(?:other|earlier|previous)\s+(?:results|figures
        |publications)\b"""
)
"""That one document overrules all the others; that an edition replaces the one before does not."""

OTHER_LANGUAGES = re.compile(
    r"""ignorier\w*\s+(?:\S+\s+){0,3}?(?:vorherig|vorig|bisherig|obig|frueher|früher|vorangeg)\w*
      | vergiss\s+(?:\S+\s+){0,2}?(?:vorherig|bisherig|obig|anweisung)\w*
      | (?:vorherig|bisherig|obig)\w*\s+(?:anweisung|instruktion|befehl)\w*
      | ignor(?:a|e|ez|ad|ate|i|er)\s+(?:tou|tod|tutt|l[aeo]s?|as|os|le|gli|mes|vos|sus
        |tus)\S*\s+(?:\S+\s+){0,3}?
        (?:instructions|instrucciones|instruções|istruzion\w*|consignes|indicaciones|órdenes|ordres)
      | (?:oublie|oubliez|olvida|olvide|dimentica|esqueça)\s+(?:\S+\s+){0,3}?
        (?:instructions|instrucciones|instruções|istruzion\w*|consignes|indicaciones)
      | negeer\s+(?:\S+\s+){0,3}?(?:instructies|opdrachten|aanwijzingen)
      | игнориру\w*\s+(?:\S+\s+){0,3}?(?:инструкци|указани|команд)\w*
      | забудь\w*\s+(?:\S+\s+){0,3}?(?:инструкци|указани)\w*
      | (?:忽略|无视|無視|忘记|忘掉)[^。.!]{0,12}(?:指令|指示|提示|命令|说明)
      | (?:指示|命令|指令|プロンプト)[^。.!]{0,6}(?:無視|忘れ)
      | 이전[^.]{0,8}(?:지시|명령|지침)[^.]{0,6}무시""",
    re.IGNORECASE | re.VERBOSE,
)

RUN_TOGETHER = re.compile(
    r"(?:ignore|disregard|forget)(?:all|any|the|every|your|of|my)*(?:previous|prior|above|earlier)?"
    r"(?:instruction|rule|prompt|source|direction|document)",
    re.IGNORECASE,
)
"""Letters that were set apart come back as one word."""
