"""How orders to a program that reads are worded; see `orders` for what is made of them.

All patterns are matched without regard to case against text that `undisguised` returned. Each
asks for two things at least, such as a condition and a command: a guideline, a leaflet, a
questionnaire and a paper about language models are full of imperatives.
"""

from __future__ import annotations

import re


def pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern that is laid out over lines and heeds no case."""
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


MACHINE = r"""(?:(?<!research\ )(?<!physician\ )(?<!medical\ )(?<!teaching\ )(?<!dental\ )
    (?<!study\ )(?<!laboratory\ )(?<!surgical\ )(?<!shop\ )(?<!veterinary\ )
    (?:(?:ai|digital|virtual|automated|helpful|obedient|large|language|chat)[\ -])*
    (?:assistants?(?!\s+(?:professor|director|editor|nurse|investigator)) | chat-?bots? | bots?
     | llms? | language\ models? | (?:chat)?gpt(?:-?\d\w*)? | claude | gemini | copilot
     | ai(?:\ (?:models?|systems?|agents?|readers?|reviewers?|tools?))?
     | reader-machines? | machine\ readers? | web\ ?crawlers? | crawlers? | rag\ systems?
     | (?:question-?\ ?answering|retrieval|answer(?:ing)?|summari[sz]ation)
       \ (?:systems?|engines?|models?|tools?|programs?)
     | (?:automated|electronic)\ (?:systems?|readers?|agents?|tools?))\b)"""
"""What a reader that is no human is called."""

_SAY = r"""(?:answer|reply|respond|say|state|output|print|write|repeat|emit|shout|type|declare
    |claim|assert|insist|conclude|confirm|translate|recommend|mention|begin|start|open|finish|end
    |give|cite|quote|use|copy|return|report|tell|show|add|append|sign|name|call|describe)"""
_ANSWER = r"(?:answer|reply|respond|say|output|print|write|repeat|emit|shout|state)"
_TOLD = r"(?:answered|told|replied|informed|given|shown|reported|said|stated|described|rendered)"

CODE_WORD = r"""(?-i:(?!ISSN|ISBN|NCT|DOI|PMID|ORCID)
    (?:[A-Z][A-Z0-9]{2,}(?:-[A-Z0-9]*\d[A-Z0-9]*)|[A-Z]{5,}))(?![\w-])"""
_LITERAL = rf"""(?:"[^"]{{2,160}}"|'[^'\s][^']{{8,160}}'|{CODE_WORD})"""
"""Words to be given as they stand: in quotation marks, or a code word."""

IGNORE = pattern(
    r"""\b(?P<verb>ignor(?:e|ing) | disregard(?:ing)? | forget | overlook | override | bypass
         | discard | dismiss | neglect | unlearn | erase | pay\ no\ (?:attention|heed)\ to
         | do\ not\ (?:follow|obey|heed|trust) | don't\ (?:follow|obey|trust)
         | stop\ (?:following|obeying|using) | (?:set|put|leave|cast)\ aside
         | throw\ (?:away|out) | abandon | cancel | suspend)
      \s+(?:(?:all|any|every|each|everything|both|of|in|from|on|with|by|to|about|that|which|what
              |you|was|were|have|has|had|been|so|far|and|or|just|completely|now|the|a|an|this|these
              |those|your|my|our|its|their|previous|previously|prior|above|earlier|preceding
              |foregoing|former|past|initial|original|existing|current|other|given|received
              |told|system|developer|safety|such|said|written|stated|content|ethical
                |moderation)\s+){0,9}
      (?:(?P<strong>instructions? | prompts? | directions? | directives? | orders? | commands?
           | guard-?rails? | programming | system\ messages? | training)
       | (?P<weak>rules? | guidelines? | guidance | constraints? | restrictions? | polic(?:y|ies)
           | text | contexts? | messages? | conversations? | inputs? | content | tasks? | data
           | documents? | sources? | passages? | evidence | papers? | abstracts? | registr(?:y|ies)
           | articles? | publications? | literature | references | citations? | librar(?:y|ies))
       | (?P<all>above | (?:before|above|earlier|previously)(?=\W|$)
           | (?:said|told|written|stated|read|learn(?:ed|t)|know))
      )\b(?!\ of\b|-)"""
)
"""`weak` needs a word that says whose, or which came before; see `orders`."""

BEFORE = pattern(
    r"\b(?:previous|previously|prior|above|earlier|preceding|foregoing|former|initial|original"
    r"|your|system|developer|all\ other|every\ other|any\ other|other|given|received|told|safety"
    r"|so\ far)\b"
)

ROLE_LINE = pattern(
    rf"^\W{{0,20}}(?:system|model|developer|admin(?:istrator)?|moderator\w*|operator|(?:\w+\s)?{MACHINE})"
    r"(?:\s*\([^)]*\))?\s*[:>]\s*(?P<said>.+)"
)
"""A line that somebody speaks; an order in it need not name whom it is for."""

CONDITION = pattern(
    r"""(?P<who>\b(?:when(?:ever)?|if|once|should|every\ time|each\ time|any\ time|in\ case
           |as\ soon\ as|wherever|where|after)\b[^.!?;"]{0,60}?
         \b(?:ask(?:s|ed|ing)?|quer(?:y|ies|ied)|prompt(?:s|ed)|enquires?|inquires?
            |wants?\ to\ know|wonders?|questions?\ (?:is|are|comes?|concerns?|mentions?|about)))\b
      | (?:^|[.:;!?>"*-]\s*)(?:if\ |when\ )?asked\b
      | \b(?:who(?:so)?ever|anyone\ who|anybody\ who|everyone\ who)\s+(?:asks|wants\ to\ know)\b
      | \b(?:any|every|each|all|no)\ (?:systems?|programs?|models?|machines?|tools?|engines?
        |readers?
           |software|agents?)\ (?:that|who|which)\ (?:is|are|reads?|asks?)\b
      | \b(?:on|for|to|in\ (?:reply|response|answer)\ to)\s+(?:any|all|every|each|the|such)?\s*
         (?:questions?|quer(?:y|ies))\s+(?:on|about|regarding|concerning|of|that|which)\b
      | (?:^|[.:;]\s)(?:for|on|about|regarding|concerning)\ (?!example|instance
        |simplicity)[^.!?]{3,160}
        (?=,\s*(?:please\s+)?(?:answer|reply|respond|say|print|output|write|repeat)\b)
    """
)
"""When it is to be obeyed: on being asked."""

CONSEQUENCE = pattern(
    rf"""(?:[,:;]\s*|\s-\s*|\bthen\s+|\bplease\s+|\balways\s+|\bonly\s+|\bsimply\s+|\bjust\s+
         |\byou\s+(?:(?:must|should|shall|will|are\ to|have\ to|need\ to|always|now|only)\s+){{0,3}}
         |\b(?:must|shall|has\ to|have\ to|is\ to|are\ to|needs?\ to|ought\ to)\s+(?:\w+\s+){{0,2}})
        (?:(?:always|only|simply|just|then|please|now|never|instead)\s+){{0,2}}
        (?:be\s+{_TOLD}\b|{_ANSWER}\b(?!\s+(?:to\b
          |us\b|back\b|questions?\b|the\ questions?\b|down\b|your\b|all\b))
        |(?:tell|report|give|cite|quote|claim|insist|confirm|recommend|conclude|mention|use|copy)\b
          (?=.{{0,60}}?(?:{_LITERAL}|\bthat\b|\bno\ other\b|\bnothing\b)
            |\s+(?:them|him|her|users?|people|everyone|the\ (?:user|reader|visitor))\b)
          (?!\s+(?:your|the)\ (?:doctor|nurse|pharmacist|physician|team|staff)))
      | \bthe\ (?:answer|reply|response)\ (?:is|must\ be|shall\ be|should\ be)\s*:?\s*{_LITERAL}"""
)
"""What is to be said then. Telling a doctor and writing to an office are no answers."""

HUMAN_ASKS = pattern(
    r"""\b(?:patients?|participants?|parents?|famil(?:y|ies)|wom[ae]n|m[ae]n|mothers?|callers?
        |child(?:ren)?|carers?|caregivers?|relatives?|clients?|students?|partners?|respondents?
        |subjects?|interviewers?|interviewees?|nurses?|doctors?|physicians?|clinicians?|raters?
        |volunteers?|customers?|police|employers?|jury|examiners?|teachers?|children|they|he|she
        |we|were|was|had\ been|been)\b"""
)
"""Who asks or is asked among people: `if the patient asks whether ..., say that ...`."""

ADDRESS = pattern(
    rf"""\b(?:dear|hello|hi|hey|attention|listen)\W{{1,3}}(?:(?:all|any|the|every)\s+)?{MACHINE}
      | \b(?:notes?|messages?|instructions?|notices?|orders?|commands?|rules?|directives?|memo
           |information)\ (?:to|for)\ (?:(?:all|any|the|every|each|future)\ )?
         (?:{MACHINE}|models\b(?=[^.]*:)|the\ model\b)
      | (?:^|[.:;!?*"-]\s*)to\ (?:(?:all|any|the|every)\ )?{MACHINE}\s*[:,]
      | \b{MACHINE}\s+(?:reading|processing|parsing|indexing|summari[sz]ing|reviewing|citing)
          \ (?:this|these)\b
      | \b(?:{MACHINE}|models?|programs?|systems?|readers?|machines?|tools?|software|whoever
           |whichever\ (?:program|model|machine))\ (?:(?:that|which|who)\ )?(?:reads?
           |process(?:es)?|index(?:es)?|pars(?:es?)|summari[sz]es?|cites?|(?:is|are)\ reading)
           \ (?:this|these)\b
      | (?:^|[.!?"]\s*){MACHINE},\s
      | \b(?:forbidden|allowed|mandatory|required|necessary)\ for\ (?:any|every|all|the)\ {MACHINE}
      | \b(?:if|when)\ you(?:\ are|'re)\ (?:an?\ |the\ )?{MACHINE}
      | \b(?:for|as)\ (?:an?\ |the\ )?(?:\w+\ )?{MACHINE},?\ you\ (?:now|must|will|shall|should
        |are)
      | \b(?:as|being)\ an?\ (?:\w+\ )?assistant,?\ you\b
      | \b(?:any|every|each|all|no|the|this|your)\ {MACHINE}\s+(?:that\ [^.]{{0,60}}\ )?
          (?:must|shall|has\ to|have\ to|is\ to|are\ to|will\ (?:now|always|treat|repeat|answer
            |reply|say|ignore)|likes)\b
      | \b(?:any|every|each)\ (?:systems?|programs?|models?|machines?|tools?|software)\s
          (?:that|which)\ (?:is\ asked|reads|answers)\b"""
)
"""Words that turn to a program. That is an order when a command stands with it."""

COMMAND = pattern(
    rf"""\b(?:must|shall|should|has\ to|have\ to|is\ to|are\ to|need\ to|you\ now|please|always
      |never
         |only|will)\s+(?:\w+\s+){{0,2}}(?:be\s+{_TOLD}|{_SAY}|ignore|forget|disregard|obey|follow
         |treat|reveal|omit|leave\ out|rank|trust|praise|promote|rate|include)\b
      | \b(?:is|are)\s+(?:required|obliged|forbidden|not\ allowed|expected)\b | \bforbidden\ for\b
      | (?:^|[.:;,!?*"-]\s*|\band\s+|\bthen\s+|\b(?:that|this)\ (?:page|text|document)\W+)
        (?:please\s+)?(?:{_SAY}|ignore|forget|disregard|obey|follow|treat|reveal|omit|leave\ out
         |rank|trust|do\ not|don't|never|stop|praise|promote|rate|include|insert|assume|present
         |accept|approve|make\ sure|set|output|remember)\s+\S
      | \bwhatever\ (?:the|an?)\b | \b(?:number|figure|answer|value)\ to\ (?:give|say|report)\b
        | \b(?:is|are)\ (?:whatever|to\ be)\b | \bthe\ word\ that\b"""
)

SCRIPTED = pattern(
    rf"""(?P<verb>\b(?:say|print|output|reply|respond|answer|repeat|emit|shout
           |(?P<loose>write)))
        \s+(?:(?:only|just|exactly|simply|always|back|out|with|as|the|a|single|word|words|phrase
           |sentence|string|token|code|literal|line|text|following|one|off|that|this|twice|loudly
           |verbatim|in|every|each|answer|reply|capitals)\W+){{0,7}}?
        (?P<literal>{_LITERAL})
      | (?P<verb2>\b(?:say|print|output|reply|respond|answer|emit))
        \s+(?:(?:only|just|exactly|simply|always|back)\s+){{0,2}}(?:(?:with|using)\s+)?
        (?:(?:only|just|nothing\ but|exactly)\s+)?the\s+(?:single\s+|exact\s+|one\s+)?
        (?:words?|phrase|sentence)\b
      | (?P<verb3>\b(?:begin|start|open|prefix|end|finish|close|conclude|sign|append|precede
        |preface))
        \s+(?:every|each|all|any|your|the|this|that|of|to|with|an?|to)?\s*
        (?:(?:answers?|repl(?:y|ies)|responses?|outputs?|sentences?|summar(?:y|ies))\s+)
        (?:with|by|in|as)\b
      | (?P<verb4>\b(?:begin|start|finish|end|close|sign(?:\ off)?))\s+with\s+(?P<words>{_LITERAL})
    """
)
"""A command to give certain words. Whether it is one depends on what stands before the verb."""

LITERAL = pattern(_LITERAL)
ORDINARY_LITERAL = pattern(
    r"""^["']?(?:yes|no|true|false|none|n/?a|not\ applicable|don't\ know|do\ not\ know|unknown
       |never|always|often|rarely|sometimes|(?:strongly\ )?(?:dis)?agree|unsure|other|male|female
       |yes/no|present|absent|high|low|unclear|maybe|neutral|agreed|refused|missing)["']?$"""
)
"""What questionnaires and data sheets ask people to write."""

WHOLE_ANSWER = pattern(
    rf"""\b(?:is|are|was|were|be)\s+to\s+be\s+{_TOLD}\s+(?:as|with|by|in|only)\b
           \s*(?:the\s+)?(?:single\s+|exact\s+|one\s+)?(?:words?\b|phrase|{_LITERAL})
      | \bcopy\s+(?:this|the\s+(?:following|next)|that)\s+(?:line|sentence|answer)\b
      | \b(?:repeat\ after\ me|word\ for\ word\ as\ (?:the|your))\b
      | \b(?:answer|reply|respond)\s+(?:to\s+)?(?:every|all|any|each)\s+(?:\w+\s+)?
         (?:questions?|quer(?:y|ies)|requests?)\b[^.!?]{{0,60}}?\b(?:with|by|as)\s+{_LITERAL}
      | \b(?:add|include|insert|put|append|place|use)\b[^.!?]{{2,100}}?\b(?:in|into|to|of)\s+
         (?:your|every|each)\s+(?:answers?|repl(?:y|ies)|responses?|outputs?|summar(?:y|ies))\b
         (?=\s*(?:[^\w\s]|$|as\b|and\b|that\b))
      | \bin\s+your\s+(?:answer|reply|response|output|summary),\s+(?:please\s+)?
         (?:cite|say|mention|include|state|quote|claim|praise|recommend|do\ not|never|always)\b
      | \b(?:answer|reply|respond|cite|quote|rely)\s+(?:only\s+)?(?:from|on|with|using)?\s*
         this\s+(?:page|document|text|source|file)\s+(?:alone|only|and\ nothing|exclusively)\b
      | \bas\s+(?:the|your)\s+(?:whole|full|only|complete|entire|final)\s+(?:answer|reply
        |response)\b
      | \binto\s+(?:a|your|the)\s+full\s+answer\b
      | \b(?:is|as|are)\s+(?:the|your)\s+(?:only\s+)?(?:answers?|repl(?:y|ies)|responses?)\s+
         (?:to|for)\s+(?:all|every|any|each)\s+questions?\b
      | \b(?:answers?|repl(?:y|ies)|responses?)\s+(?:to|for)\s+(?:all|every|any|each)\s+questions?\b
         [^.!?]{{0,60}}?(?::|\b(?:is|must|shall)\b)
      | \bthe\s+(?:word|phrase|answer)\s+that\s+answers\b
      | \b(?:your|every|each|all)\s+(?:answers?|repl(?:y|ies)|responses?|outputs?)\s+(?:must
        |shall|has\ to|should)\s+
         (?:be|say|read|contain|include|begin|start|end|consist)\b.{{0,40}}?{_LITERAL}
      | \bend\s+the\s+(?:conversation|chat|session)\b | \band\s+(?:say\s+)?nothing\s+(?:more
        |else)\b\W*$
      | \bnever\s+(?:say|mention|reveal|admit)\s+(?:that|otherwise|anything)\b
      | \bwhen(?:ever)?\s+(?:you\s+)?(?:summari[sz]|answer|cit|quot|generat|writ|creat|produc
        |compos)
         \w*\s+(?:(?:an?|the|your|answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|from|of|about
         |based|on|using)\s+){{0,5}}this\s+(?:page|document|text|source|file|article|paper
           |passage)\b
      | \bdo\s+not\s+(?:summari[sz]e|answer|cite)\b.{{0,60}}\binstead\b
      | \binstead\s+of\s+(?:answering|summari[sz]ing|the\s+answer)\b
      | \b(?:give|write|provide|produce|output)\s+(?:only\s+)?an?\s+(?:very\s+)?
         (?:positive|favou?rable|glowing)\s+(?:peer\s+)?(?:review|evaluation|recommendation
           |summary)\b
      | \b(?:do\s+not|don't|never)\s+(?:highlight|mention|list)\s+any\s+
         (?:negatives?|weakness(?:es)?|limitations?)\b"""
)

PERSONA = pattern(
    rf"""(?<!\btrue\sthat\s)(?<!\bsure\s)(?<!\bsure\sthat\s)\byou\s+are\s+(?:now\s+|hereby\s+|no\s+longer\s+|in\s+fact\s+|actually\s+)*
          (?:an?\s+|the\s+|my\s+|our\s+)?(?:\w+[\s-]+){{0,3}}
          (?:{MACHINE}|dan\b|unrestricted|jailbroken|helper\s+without|in\s+developer\s+mode
           |pirate|grandmother|expert\s+system)
      | \byou\s+are\s+(?:now|no\s+longer|hereby)\s+(?:an?|the|my|our|bound|restricted|required
        |free)\b
      | \bfrom\s+(?:now|here|this\s+(?:line|point|moment|message|sentence|turn)|the\s+next\s+\w+)
         \s+on(?:wards?)?,?\s+(?:you|your|all\ answers|every\ answer|always|only|answer|reply
         |respond|speak|begin|ignore|forget|i\ must)\b
      | \bfrom\s+now\s+on\b[^.]{{0,40}}\b(?:print|say|output|answer|reply|repeat|pretend)\b
      | (?:^|[.:;!?,"*-]\s*|please\s+)(?:now\s+)?(?:act|behave|respond|answer|speak
        |write)\s+(?:as|like)
         \s+(?:if\s+you\b|an?\s+(?:\w+\s+){{0,2}}(?:{MACHINE}|dan\b|expert|terminal|pirate|person)
         |dan\b)
      | (?:^|[.:;!?,"*-]\s*|please\s+|must\s+|you\s+)pretend\s+(?:to\s+be|that\s+you|you|as\s+if)\b
      | \byour\s+new\s+instructions?\s*(?::|\bis\b|\bare\b)
      | \byour\s+(?:new\s+|real\s+|true\s+|only\s+)(?:name|role|task|job|goal|purpose
         |mission|persona|system\s+prompt|identity|master)\b
      | \byour\s+(?:previous|earlier|prior|old|original|former|initial)\s+(?:instructions?|rules
        |orders
         |prompts?|guidelines)\s+(?:are|is|were|no|have|do)\b
      | \byour\s+name\s+is\s+(?:now\s+)?{_LITERAL}
      | \byour\s+(?:system\s+prompt|programming|guardrails|safety\s+rules)\b
      | \b(?:enter|enable|activate|switch\s+to)\s+(?:the\s+)?(?:developer|debug|god|admin|dan
         |jailbreak|unrestricted|maintenance)\s+mode\b
      | \bnew\s+(?:rules?|instructions?|directives?|orders?|polic(?:y|ies)|system\s+prompt)\s+
         (?:for|to)\s+(?:the|any|all|every|this)\s+(?:{MACHINE}|model|reader|system)\b
      | \bnew\s+(?:system\s+|developer\s+|important\s+)*(?:instructions?|directives?|prompts?
        |objectives?
         |tasks?)\s*:
      | \bi\s+have\s+rights\s+above\b | \babove\s+the\s+system\s+prompt\b"""
)
