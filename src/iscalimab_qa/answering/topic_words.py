"""The words by which questions ask for a status, a result, a mechanism; read by `topic`.

Verbose patterns, case ignored but where a name is told by its capitals. No drug, disease or
trial stands here.
"""

from __future__ import annotations

_TRIAL_NAME = r"(?-i:NCT\d+|[A-Z][A-Z0-9]*[A-Z0-9-]+(?:\s[IVX]+)?)"
"""A name in capitals, with its number."""

_UNDERTAKING = r"""(?:trials?|stud(?:y|ies)|programmes?|programs?|development|projects?|extension
  |platform|pipeline|research|work|sponsor|compan(?:y|ies)|makers?|manufacturer|developers?|it|they
  |this|that|one)"""

_PEOPLE = r"""(?:patients?|pts|people|persons?|participants?|recipients?|subjects?|volunteers?
  |responders|users?|women|men|children|adults?|individuals?|anyone|who)"""

PATIENTS = rf"""\b(?:{_PEOPLE}|arms?|placebo|fell|falls?|improv\w+|respon\w+|relaps\w+)\b"""

LEAVING = rf"""\b(?:{_PEOPLE}\b(?:\s+\S+){{0,6}}?\s+(?:complet(?:ed|ing|e(?=\s+(?:the|it|all|both
  |treatment|follow)))
    |discontinu\w+|withdr[ae]w\w*|stopp?(?:ed|ing)?|left|quit|dropp?(?:ed|ing)?\s+out)\b
  |drop(?:ped|ping)?[\s-]?outs?|completers?|completion\s+rate
  |(?:complet|discontinu|stopp|withdr[ae]w)\w*\s+(?:from\s+)?(?:taking|treatment|therapy|dosing)
  |(?:treatment|therapy|dosing)\s+(?:was\s+)?(?:discontinu|stopp|withdr[ae]w)\w*
  |discontinued\s+(?:because|due))\b"""
"""People who leave a trial or their treatment: no end of the trial itself."""

HARM = rf"""\b(?:(?:serious|severe)\s+(?:\w+\s+){{0,2}}events?|adverse|side[\s-]effects?|AEs?|SAEs?
  |safe(?:ty|r)?|toler(?:ated?|ab\w+|ance)|toxic\w*
  |infections?|clots?|clotting|thrombo\w*|bleed\w*|harm\w*|dangerous|deaths?|die[ds]?|mortality
  |malignan\w*|cancers?(?!\s+(?:{_PEOPLE}|trials?|stud(?:y|ies)|drugs?|cells?))|reactions?|complications?|risks?|diarrh\w+|nausea|vomit\w*|headaches?|rash(?:es)?|fevers?|itch\w*
  |dizz\w+|thrush|candid\w+|\w+penia)\b"""

FIGURE = r"""(?:how\s+(?:many|much|often|frequent(?:ly)?|common|far|well|good|large|big|high|low)\b
  |(?:what|which)\s+(?:share|percentage|percent|proportion|fraction|rate|number)\b
  |\brates?\b|\bpercent(?:age)?\b|\bshare\b|\bproportion\b|\bincidence\b|\bno\.\s+of|in\s+%|,\s*%
  |\bfigures?\b)"""

GROUP = r"\b(?:arms?|composite)\b"

WHO_ENDED = r"""^\W*who\s+(?:\w+\s+to\s+(?:end|stop|halt|drop|terminate|cancel)
  |(?:stopped|ended|halted|terminated|cancell?ed|dropped|pulled))\s+(?!taking|using|treatment|early)\S"""
"""Somebody who runs a trial, not one who takes part in it."""

AVAILABLE = r"""\b(?:approv\w+|licen[sc]ed?|authori[sz]\w+
  |(?:on|to|reach(?:ed|es)?|hit)\s+the\s+market|market(?:ed|ing)
  |available\s+(?:to|for|on|as|in|yet|now|commercially)|(?:commercially|now|yet|already|be
  |become)\s+available
  |be\s+prescribed|prescribe[sd]?|prescription
  |can\s+(?:i|you|we|one|\w+\s+)?(?:patients|people|doctors)?\s*(?:get|buy|obtain|order)
  |be\s+(?:sold|bought)|sold|launch(?:ed)?|reimburse\w*|compassionate\s+use|expanded\s+access
  |get\s+(?:\S+\s+){0,3}?(?:soon|already|yet|anywhere)|FDA|EMA|MHRA)\b"""

_AGENTS_END = r"""(?:terminat(?:e|es|ed|ing|ion)|discontinu(?:e|es|ed|ing|ation)|halt(?:s|ed|ing)?
  |abandon\w*|cancel\w*|shelv\w+|scrap(?:s|ped)?|ax(?:e|es|ed)|suspend\w*
  |call(?:s|ed|ing)?\s+off|g[ia]v(?:e|es|en|ing)\s+up|(?:wind|wound)\s+(?:down|up)
  |pull(?:s|ed)?\s+the\s+plug|walk(?:s|ed)?\s+away|founder\w*)"""
"""Only somebody who runs something does these to it."""

_ENDED = r"""(?:stopped|ended(?!\s+up)|finished|concluded|closed|completed|dropped|pulled|withdrawn
  |over(?!\s+(?:\d|the\b|a\b|an\b|all\b|one|two|three|four|five|six|several|time))
  |folded|cut\s+short|brought\s+to\s+an\s+end)"""

_END = r"""(?:end(?:s|ed)?(?![\s-]*(?:points?|stage|organ|of\b|up\b))|stop(?:s|ped)?|finish(?:es
  |ed)?
  |conclude[sd]?|close[sd]?|(?:complete(?=\s*\W*$)|completed)|over(?=\s*\W*$)|fold(?:s|ed)?
  |cease[sd]?
  |run\s+(?:on|out)|still\s+run\w*|go(?:es|ing)?\s+on|went\s+on|c[oa]mes?\s+to\s+an?\s+end
  |prematurely)"""

_DEVELOP = r"""(?:develop\w*|stud(?:y|ied|ying)|test(?:ed|ing)?|pursu\w*|investigat\w*|work(?:ed
  |ing)?
  |running|recruit\w*|enrol\w*|programme|program|active)"""

STATUS = rf"""(?:
    \b{_AGENTS_END}\b
  | \b(?:is|are|was|were|been|be|being|got|get)\s+(?:[^\s,;:]+\s+){{0,6}}?{_ENDED}\b(?!\s+by\b
      |\s+over\b)
  | (?<!\bat\s)(?<!\bby\s)(?<!\buntil\s)\bthe\s+(?:early\s+|premature\s+)?end\s+of\b
  | \bend(?:ing)?\s+dates?\b
  | \b{_UNDERTAKING}\b[^.?!]{{0,60}}?\b(?:{_END}|continu\w+|fail(?:s|ed)?|drop(?:s|ped)?(?!\s+out)
      |pull(?:s|ed)?)\b
  | \b{_TRIAL_NAME}\s+(?:\w+ly\s+|ever\s+)?{_END}\b
  | \bwhy\s+did\s+(?!{_PEOPLE})\S+\s+(?:stop|end|drop|pull|cease)\b(?!\s+\w+ing\s+in\b)
  | \b(?:made|led|caused|prompted|drove|got)\s+(?!{_PEOPLE})\S+\s+(?:to\s+)?(?:stop|end|drop|quit
      |leave|pull)\b
  | \bdid\s+(?!{_PEOPLE})\S+\s+(?:stop|drop|pull)\s+(?!in\b|by\b|to\b|below\b|from\b|more\b|less\b
      |further\b|\w+ly\b)(?:\S+|(?:work|develop\w*|research\w*|test\w+|study\w+)\s.*)\W*$
  | \b(?:still|currently|now|nowadays|today|(?:which|what)\s+compan(?:y|ies)|actively)\b
      .{{0,40}}\b{_DEVELOP}\b
  | \b(?:any(?:one|body)|nobody|who(?:\s+else)?)\b.{{0,40}}\b(?:develop|study|test|pursu
      |investigat|work|runn|recruit|enroll?)ing\b
  | \bwho\s+(?:else\s+)?(?:tests|studies|develops|runs|pursues)\b
  | \b(?:is|are|was|were)\s+(?:\S+\s+){{0,5}}?being\s+(?:developed|pursued|tested|studied|used
      |investigated)\b
  | \b(?:developed|pursued)\s+(?:any\s+)?further\b
  | \b(?:is|are|in)\s+(?:\S+\s+){{0,3}}?in\s+(?:a\s+)?phase\s*(?:[1-4]|I{{1,3}}V?)[ab]?\W*$
  | \b(?:become|became|becomes)\s+of\b
  | \b(?:went|gone|goes)\s+wrong\s+(?:in|with|for)\b
  | \bfate\b
  | \bstill\s+(?:in\s+(?:clinical\s+)?(?:trials?|stud(?:y|ies)|the\s+clinic)|alive|pursued
      |an?\s+(?:option|target|goal|indication|candidate|hope)(?=\s+(?:for|in|of)\b|\W*$))\b
  | \b(?:ha(?:s|ve|d)|any|a|the|what)\s+(?:\w+\s+)?(?:future|prospects?)\b
      (?!\s+(?:work|research|trial|stud))
  | \b(?:new|more|further|other|future)\s+(?:\S+\s+){{0,3}}?{_UNDERTAKING}\b.{{0,20}}?\bplanned\b
  | \b(?:still|yet|now|already)\s+(?:looking\s+for|taking(?:\s+on)?|accepting|seeking)\s+
      (?:\S+\s+){{0,2}}?{_PEOPLE}\b
  | (?:\bnot|n't|n’t|\bno\s+longer)\s+(?:(?:\S+\s+){{0,4}}?)(?:continued|pursued|developed
      |carried\s+on)\b
  | \bwill\s+(?:there\s+be|\S+\s+(?:start|run|begin|launch|conduct|do))\s.*
      \b(?:trials?|stud(?:y|ies)|phase)\b
  | \b(?:is|are|was|were)\s+(?:the\s+)?(?:{_TRIAL_NAME}|(?:\S+\s+){{1,4}}?{_UNDERTAKING})
      \s+(?:(?:in|on|for|of)\s+(?:\S+\s+){{1,4}}?)?(?:still\s+|yet\s+)?
      (?:going|on|open|(?:up\s+and\s+)?running)(?=\W*$)
  | \b(?:when\s+)?did\s+(?!{_PEOPLE})\S+\s+(?:stop|end|drop|pull|quit)\s+(?:the|its|their)\s+
      (?:\S+\s+){{0,5}}?{_UNDERTAKING}\b
  | \bwhen\s+did\s+(?!{_PEOPLE})\S+\s+(?:stop|end|drop|quit)\s+[\w-]+(?=\W*$)
  | \bwhere\s+do(?:es)?\b.{{0,60}}?\bstand\b
  | \b(?:reasons?|grounds?|motive|cause|rationale|explanation)\b.{{0,40}}\b(?:for|behind|of)\s+
      (?:dropping|stopping|ending|halting|pulling|closing|abandoning)\b
      (?!\s+(?:the\s+)?(?:study\s+)?(?:drug|treatment|therapy|medication|tablets?|it)\b)
  | \b{_UNDERTAKING}\b.{{0,40}}?\b(?:still\s+)?(?:alive|dead)\b(?=\W*$)
  | \bhow\s+far\s+(?:did|has|have)\b.{{0,40}}?\b{_UNDERTAKING}\b.{{0,30}}?
      \b(?:get|got|gotten|go|gone|come|came|progress(?:ed)?|advance[sd]?)\b
  | \bhappen(?:s|ed)?\s+(?:to|with)\s+(?:the\s+)?(?:(?:\S+\s+){{0,6}}?{_UNDERTAKING}\b
      |{_TRIAL_NAME}(?:\s+(?:in|for)\s.*)?\W*$|(?!anti-|(?-i:[a-z]+[A-Z]))[\w-]+[^\Ws](?:\s+(?:in|for)\s.*)?\W*$)
  | \bhappen(?:s|ed)?\s+(?:to|with|in)\b.{{0,60}}\bafterwards\b
  | \b(?:stand|stands)\s+(?:with|now|today)\b
  | \b(?:present|current|latest)\s+(?:state|standing|situation|stage)\b
  | (?<!performance\s)(?<!health\s)(?<!disease\s)(?<!mental\s)\bstatus\b(?!\s+epilepticus)
  | \b(?:ongoing|on-going|under\s?way|in\s+progress|in\s+(?:\w+\s+)?development|under\s+development
      |going\s+on|still\s+open|recruiting)\b
  | \bregister(?:s|ed)?\s+(?:list|mark|show)\w*\b
  | \b(?:list(?:s|ed)?|mark(?:s|ed)?)\b.{{0,40}}\bas\b
  | \b(?:register|registry|clinicaltrials\.gov|record)\b.{{0,40}}\b(?:list|call|show|mark)\b
  | \b(?:when|which\s+day|what\s+(?:day|date)|which\s+date)\b.{{0,80}}\b(?:made\s+public
      |announce[ds]?)\b
)"""

_MEASURED = r"""(?:rates?|half-?life|dos(?:e|es|age)|scores?|ratio|values?|figures?|results?
  |outcomes?|status|mechanism|role|end\s?-?points?|percentage|share|number|price|cost|target
  |effects?|risks?
  |safety|difference|design|phase|evidence|indications?|learn\w*|found|seen|shown|known|measured
  |compared|tested|combined|fate)"""

DEFINED = rf"""(?:^\s*(?:what|who)(?:'s|’s|\s+(?:is|are|was|were))\s+(?:an?\s+|the\s+)?
      (?!.*\b{_MEASURED}\b)(?:[\w'’-]+\s*){{1,3}}\??\s*$
  | ^\s*what\s+(?:is|are)\s+(?:an?\s+|the\s+)?(?-i:[A-Z][\w-]*[A-Z])[\w-]*\s+
      (?:score|scale|index|criteri\w+|questionnaire|ratio)\W*$
  | \b(?:stands?\s+for|abbreviat\w+|acronym|definition\s+of|defined\s+as|mean(?:s|ing)?\s+(?:of|by)
      |what\s+does\s+\S+\s+mean|what\s+(?:counted|counts|qualified|qualifies)\s+as
      |what\s+(?:was|is)\s+(?:counted|considered|regarded)\s+(?:as\s+)?an?\b|what\s+(?:kind|type|sort)\s+of\s+(?:an?\s+)?(?:agent|drug|molecule
      |antibody|substance|medicine|compound|vaccine|therapy|device))\b)"""

VERDICT_ON_ENDPOINT = r"""\b(?:reach|meet|met|miss|hit|achiev|fail)\w*\s+(?:to\s+\w+\s+)?
  (?:(?:its|the|their|an?|any|on)\s+)*(?:[\w-]+\s+){0,2}?
  (?:end\s?-?points?|outcomes?|goals?|aims?|objectives?|non-?inferiority|significance)\b"""

PROTOCOL = rf"""\b(?:
    (?:what|which)\s+(?:was\s+|were\s+|is\s+|are\s+)?(?:the\s+)?(?:[\w-]+\s+){{0,3}}?(?:dos(?:e|es
    |age|ing)
      |routes?|regimens?|schedule|interval|comparator|control\s+arm|(?:in|ex)clusion|criteri(?:a|on)
      |primary\s+(?:end\s?-?point|outcome)|design|duration|margin|immunosuppressants?|index|scale)
  | (?:what|which)\s+(?:phase|end\s?-?points?)\b
  | what\s+(?:was|were|is|are|did)\s+(?:the\s+)?
      (?:(?!results?|rates?|effects?|differ)[\w-]+\s+){{0,2}}?
      (?:composite|co-?primary|main|key)\s+(?:[\w-]+\s+){{0,2}}?
      (?:end\s?-?point|outcome\s+measure|measure)s?\b(?!\s+results?)
  | how\s+(?:large|big)\s+(?:was|were|is|are)\s+(?:the\s+)?(?:\S+\s+){{0,3}}?
      (?:trials?|stud(?:y|ies)|cohorts?|arms?|{_TRIAL_NAME})(?=\W*$)
  | how\s+(?:was|were|is|did)\b.{{0,60}}\b(?:given|administered|dosed|injected|infused|randomi[sz]ed
      |blinded|measured|graded|assessed|taken|defined|scored|calculated|confirmed|diagnosed)
  | how\s+(?:often|frequent(?:ly)?)\b.*\b(?:given|administered|taken|get|got|received?)
  | (?:which|what|who)\b.{{0,30}}\b(?:allowed|admitted|enter(?:ed)?|take\s+part|join(?:ed)?
      |enrol\w*|included|excluded)
  | how\s+(?:many|often|much)\b.{{0,50}}\b(?:randomi[sz]ed|enrol\w*|recruit\w*|sites|centres
      |centers|countries
      |arms|doses?|dose\s+levels|infusions|injections|injected|infused|tablets|milligrams
      |(?<!\d\s)(?<!\d)mg)
  | how\s+many\s+{_PEOPLE}\s+(?:were|was|took|did|are)\b(?!.*\b(?:respond|reach|had|histology|normal
      |better|relaps|improv|reject|cured|free|remission|hospitali|seroconver|euthyroid|alive|dead))
  | how\s+many\s+(?:{_PEOPLE}\s+)?(?:(?:have\s+|had\s+)?(?:taken|took|take)\s+part
      |participated|entered(?!\s+remission)|joined|signed\s+up|got(?!\s+(?:better|worse|well))|received|took
      |(?:was|were)\s+(?:given|assigned|allocated))
      (?!.*\b(?:and|who)\s+(?:respond|reach|relaps|improv|had|died))
  | (?:were|was)\s+(?:women|men|female|male)\b | at\s+baseline\b | (?:mean|median|average)\s+age\b
  | number\s+of\s+{_PEOPLE}\s+(?:randomi|enrol)\w*
  | to\s+(?:enter|join|be\s+(?:eligible|admitted|included))
  | how\s+many\b.{{0,30}}\bplanned\b | planned\s+(?:{_PEOPLE}|sample|size|enrol\w*|number)
  | for\s+how\s+(?:long|many)|over\s+(?:what|how)\b
  | how\s+long\s+(?:did|was|were|is)\s+(?:the\s+)?(?:\S+\s+){{0,3}}?(?:treatm\w*|dosing|therapy
      |trial|study|follow)
  | dos(?:e|es|ing|age)\b.{{0,30}}\b(?:interval|schedule|levels?) | dosing
  | randomi[sz]ation\s+ratio | eligib\w+ | inclusion | exclusion | age\s+limits?
  | (?:placebo|sham|active|un)?-?controlled(?=\W*$)
  | (?:pills?|shots?|tablets?|drip)\s+or | at\s+what\s+(?:time|dose) | (?:maintenance
      |loading)\s+doses?
  | EudraCT\s+number | registered\s+(?:under|as|study|trial) | in\s+the\s+control\b
  | (?:intravenous|subcutaneous|oral)(?:ly)?\s+or | tx\s+duration | besides\s+the\s+study\s+drug
  | primary\s+(?:EP|outcome|end\s?-?point)\s+(?:of|and)
  | when\s+did\b.{{0,60}}\b(?:start|begin|open)
  | (?:in|at)\s+(?:which|what|how\s+many)\s+(?:\w+\s+)?(?:countr(?:y|ies)|hospitals?|sites?
      |cent(?:re|er)s?|clinics?|cit(?:y|ies)|places?)
  | where\s+(?:did|was|were)\b.{{0,40}}\b(?:take\s+place|run|conducted|carried\s+out|done|held)
  | (?:kept|prevented|shielded|barred|withheld)\s+from\s+(?:see|know|learn)ing | (?:un)?blinded
  | costs? | prices? | expensive
)\b"""

MECHANISM = r"""\b(?:mechanisms?(?:\s+of\s+action)?|mode\s+of\s+action
  |how\s+do(?:es)?\s+\S+\s+(?:work|act|function)|works?\s+by
  |target(?:s|ed)?\b(?!\s+(?:dose|population|enrol))|bind(?:s|ing)?|block(?:s|ing|ade)?|receptors?
  |ligand|signal(?:s|l?ing)|pathway|Fc|deplet\w*|express(?:es|ed|ion)?|cell\s+types?|cells?\s+carry
  |germinal\s+cent\w+|occupan\w+|pharmaco(?:kinetic|dynamic)\w*|half-?life|clearance|exposure|plasma
  |concentrations?|saturat\w+|bioavailab\w+|epitope|isotype|kill\w*|differ\s+from)\b"""

TESTED_IN = r"""\b(?:indications?|(?:which|what)\s+(?:\w+\s+){0,3}?(?:diseases?|conditions?
  |disorders?
    |illness\w*|organs?|cancers?|tx)
  |(?:tried|tested|studied|used|investigated|evaluated|developed|given|trialled|explored)\s+(?:in
  |for|on|against|to)
  |used\s+(?:to\s+treat|for)|treat(?:s|ment)?\s+(?:of|for|with)
  |in\s+(?:which|what)\s+(?:\w+\s+){0,2}(?:diseases?|organs?|patients|transplants?|tx)
  |beyond\s+\w+|(?:tried|tested|studied|trialled|investigated)(?=\W*$))\b"""

RESULT = r"""\b(?:results?|outcomes?|efficacy|effective\w*|effects?\s+(?:on|of|size)|respon\w+
  |remission
  |reject\w+|surviv\w+|improv\w+|preserv\w+|prevent\w*|protect\w*|prolong\w*|slow\w*|cure[sd]?
  |reduc\w+
  |(?:in|de)creas\w+|rais(?:e[sd]?|ing)|cuts?|lower(?:ed|s)?|higher|better|worse|beat|fell|falls?|rose|rise|drop|change[sd]?
  |differ\w*
  |compar\w*|versus|vs\.?|against|p[\s-]?val\w*|confidence|ratio|end\s?-?points?|reach(?:ed)?|met
  |histology|biops\w+|eGFR|score|(?:less|more)\s+often|get\s+better|relaps\w+|normal|achiev\w+
  |show(?:ed|n)?
  |find|found|helped|help|do\s+(?:for|in|to|on|under)|fare[ds]?|fail(?:s|ed|ures?)?|positive
  |negative|do(?=\W*$)|succe(?:ed|ss)\w*
  |any\s+(?:good|use)|useful|worth\w*|go\s+into|did\s+\S+\s+do|work(?:ed)?|benefit\w*|(?:super|infer)ior\w*
  |at\s+(?:week|month|year|wk|M|W)\s?\d+|(?:week|month|wk)\s?\d+)\b"""
