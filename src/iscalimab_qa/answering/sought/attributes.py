"""Attributes of a study whose value is told in other words than it is asked for.

No sentence on a drip says "route of administration". Each attribute has the words that ask for
it and the forms in which it is told; general English and the vocabulary of studies, no names of
drugs, diseases or trials.
"""

from __future__ import annotations

from iscalimab_qa.answering.sought.attribute import Attribute
from iscalimab_qa.evidence.wording.patterns import pattern

_PEOPLE = (
    r"(?:patients?|people|persons?|participants?|subjects?|volunteers?|adults?|children|women|men"
    r"|pupils?|students?|recipients?|animals?|dogs?|cats?|mice|rats|schools?|practices?)"
)
_NUMBER = r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)"
_OUTCOME = r"(?:respon\w+|remission|success|failure|relapse|flare|outcome|end[\s-]?point|event)s?"
_LENGTH = rf"{_NUMBER}[\s-]*(?:hours?|days?|weeks?|months?|years?)\b(?!\s+(?:old|of\s+age))"

_NO_DRUGS_WAY = "".join(
    rf"(?<!{each}[\s-])"
    for each in """transmission infection exposure entry contamination invasion excretion
    elimination shedding clearance migration metabolic synthetic regulatory""".split()
)
_OF_NO_DRUG = r"""\s+(?:of|by\s+which|through\s+which|via\s+which)\s+(?:[\w-]+\s+){0,5}?
    (?:transmi|infect|spread|entry|enter|expos|excret|eliminat|shed|contamina|contagio|invasion
    |invad|clear|metaboli|migrat|synthes|escape|egress|leav)
    | \s+(?:does|do|did|can|is|are)\s+(?:[\w-]+\s+){0,5}?
    (?:transmitted|spread|enter|acquired|infected|invad|shed|excret|eliminat|leav)"""
"""A germ's way into people, or a substance's out of them, is not how a drug is given."""

_COUNTRIES = "|".join(
    """Argentina Australia Austria Bangladesh Belgium Brazil Bulgaria Canada Chile China Colombia
    Croatia Cuba Cyprus Czechia Czech\\s+Republic Denmark Egypt England Estonia Ethiopia Finland
    France Germany Ghana Greece Guatemala Hungary Iceland India Indonesia Iran Iraq Ireland Israel
    Italy Japan Jordan Kenya Korea Latvia Lebanon Lithuania Luxembourg Malawi Malaysia Mali Mexico
    Morocco Mozambique Nepal Netherlands New\\s+Zealand Nigeria Norway Pakistan Peru Philippines
    Poland Portugal Romania Russia Rwanda Scotland Senegal Serbia Singapore Slovakia Slovenia
    South\\s+Africa Spain Sweden Switzerland Taiwan Tanzania Thailand Tunisia Turkey Uganda Ukraine
    United\\s+Kingdom United\\s+States Uruguay USA UK Vietnam Wales Zambia Zimbabwe""".split()
)


ATTRIBUTES = (
    Attribute(
        """route routes administration administered given giving delivered taken applied mode way
        used take""",
        pattern(
            rf"""\broutes?\s+of\s+administration\b | \b(?:mode|way)\s+of\s+giving\b
              | \b{_NO_DRUGS_WAY}routes?\b(?!{_OF_NO_DRUG})
              | \bhow\s+(?:was|were|is|are)\b(?=.*\b(?:given|administered|delivered|taken
              |applied)\b)
              | \bhow\s+do\s+(?:you|people|patients)\s+take\b"""
        ),
        pattern(
            r"""\b(?: (?:intra(?:venous|muscular|nasal|thecal|vitreal|dermal|peritoneal|articular)
                      |subcutaneous|sublingual|transdermal|topical|rectal|oral(?!\s+(?:or|and
                      |candid\w+
                      |thrush|ulcer\w*|antibiotic\w*|cavity|health|hygiene)))(?:ly)?
                   | by\s+(?:mouth|injection|infusion|inhalation|drip) | under\s+the\s+skin
                   | infu(?:sions?|sed) | injected | injections?(?![\s-](?:sites?|reactions?))
                   | into\s+(?:the|a)\s+(?:\w+\s+)?(?:vein|muscle|skin|abdomen|thigh|arm|eye|joint)
                   | tablets? | capsules? | pills? | inhal(?:ed|ation|er) | nebuli[sz]ed
                   | (?-i:IV|SC|IM|PO) )\b | \b[is]\.[vc]\."""
        ),
        "given by intravenous infusion or subcutaneous injection or tablet",
        strict=True,
    ),
    Attribute(
        "blinded blind blinding masked masking unblinded open-label trial study",
        pattern(
            r"""\b(?:(?:un)?blind(?:ed|ing)?|mask(?:ed|ing))\b(?!\s+(?:mice|rats|patients|people))
              | \bopen[\s-]label\b(?=\W*$)"""
        ),
        pattern(
            r"""\b(?: (?:single|double|triple|observer|assessor|investigator)[\s-]blind\w*
                | un?blinded
                   | blinded | masked | open[\s-]label | unaware | blind\s+to
                   | neither\b.{1,60}\bknew | knew\s+(?:the\s+)?(?:who|which|what|allocation
                   |assignment)
                   | uncontrolled | single[\s-]arm )\b"""
        ),
        "double-blind or open-label",
        strict=True,
    ),
    Attribute(
        "schedule schedules interval frequency regimen often frequently dosing given administered",
        pattern(
            r"""\b(?:dos(?:ing|age|e)\s+)?schedules?\b | \b(?:dosing|treatment)\s+(?:interval
                |frequency
              |regimen)\b | \bhow\s+(?:often|frequently)\b(?=.*\b(?:given|administered|dosed|taken
              |injected|infused|receive\w*|take|get)\b) | \bfrequency\s+of\s+(?:dosing
              |administration)"""
        ),
        pattern(
            r"""\b(?: every\s+(?:other\s+|\w+\s+)?(?:hours?|days?|weeks?|months?) | daily
                | weekly | monthly
                   | fortnightly | (?:once|twice|thrice|(?:\d+|two|three|four)\s+times)\s+(?:an?
                   |per|daily
                     |weekly|monthly|every) | (?:a|per|each)\s+(?:day|week|month)
                   | (?:at|on)\s+(?:weeks?|days?|months?)\s+\d[\d,\s]*and\s+\d+ | single\s+dose
                   | q\d+[wd] )\b"""
        ),
        "given every weeks, once daily, at weeks",
    ),
    Attribute(
        "comparator comparators control arm group treatment compared used",
        pattern(
            r"""\bcomparators?\b | \bwhat\s+(?:was|is)\s+the\s+control\b(?:\s+(?:arm|group
                |treatment))?
              | \bwhat\b(?=.*\bcompared\s+(?:with|to|against)\W*$)"""
        ),
        pattern(
            r"""\b(?: compar(?:ed|es?|ing)\b.{1,120}?\b(?:with|to|against|and) | versus | vs
                   | (?:or|to|and)\s+(?:an?\s+|matching\s+)?(?:\w+\s+)?(?:placebo|sham|saline
                   |dumm(?:y|ies)) | comparison\s+group
                   | comparators?\s*: | randomi[sz]ed\b.{1,80}\bto\b.{1,80}\b(?:and|or)\b
                   | no\s+(?:active\s+)?(?:comparator|control) )\b"""
        ),
        "compared with placebo or control",
    ),
    Attribute(
        "sample size large big many number there took part participated trial study",
        pattern(
            rf"""\bsample\s+size\b | \bhow\s+(?:large|big)\s+(?:was|is|were)\b
              | \bhow\s+many\s+{_PEOPLE}\s+(?:were|are|was|took\s+part|participated|did)
                (?:\s+there)?(?:\s+(?:enrolled|enrol|randomi[sz]ed?|recruited?|included?|studied
                |treated
                |involved|tested))?(?:\s+(?:in|by|for)\s+(?:the\s+)?[^,]*)?\W*$
              | \bnumber\s+of\s+{_PEOPLE}(?:\s+(?:enrolled|randomi[sz]ed|recruited))?\s+in\b"""
        ),
        pattern(
            rf"""\b(?:randomi[sz]ed|randomly\s+assigned|enrol(?:led|ment)|recruited|took\s+in
                |included)
                \b\W.{{0,40}}?\b\d[\d,]*\s+(?:\w+\s+){{0,3}}{_PEOPLE}\b
              | \bin\s+\d[\d,]*\s+(?:\w+\s+){{0,2}}{_PEOPLE}\b
              | \b\d[\d,]*\s+(?:\w+\s+){{0,3}}{_PEOPLE}\s+(?:were|was)\s+(?:randomi[sz]ed|randomly
              |enrolled
                |recruited|included|assigned|allocated|studied)
              | \b(?:randomi[sz]ed|enrolled|recruited)\s+\d | \benrol(?:ment|led)\s*:"""
        ),
        "patients randomised enrolled",
    ),
    Attribute(
        "long follow-up followed follow up duration length period time last run study trial",
        pattern(
            r"""\b(?:how\s+long\s+(?:was|were|is|did)\b.{0,60}?\bfollow(?:ed)?(?:[\s-]?up)?
              |(?:duration|length|period)\s+of\s+(?:the\s+)?(?:follow[\s-]?up|study|trial
              |treatment)
              |(?:follow[\s-]?up|study|trial|treatment)\s+(?:duration|length|period|time)
              |how\s+long\s+(?:was|were|did|is)\b(?:.{0,60}\b(?:last|run|treated|given|take|study
              |trial|treatment))?)
              \b"""
        ),
        pattern(
            rf"""\b(?:for|over|lasted|until|up\s+to|through(?:out)?|during|period\s+of
                |of\s+another|after|within
                 |followed)\W+(?:\w+\W+){{0,4}}?{_LENGTH} | \b(?:until|to|through
                 |up\s+to)\s+(?:week|month|day|year)\s+\d
              | \b{_LENGTH}\s+of\s+(?:follow|observation|treatment|safety) | \d+[\s-](?:week|month
              |year)\b"""
        ),
        "lasted for weeks, followed up until month",
    ),
    Attribute(
        """how far back look looks looked which what period time span window days weeks cover covers
        covered refer refers recall reach reaches""",
        pattern(
            r"""\bhow\s+far\s+back\b | \b(?:recall|look-?back|reference)\s+(?:period|window)\b
              | \b(?:which|what|over\s+(?:which|what))\s+(?:period|time(?:\s+span)?|span|stretch
                |days
                |weeks)\b.*\b(?:cover|look|ask|refer|recall|concern|reach|relate)\w*\b"""
        ),
        pattern(
            rf"""\b(?:last|past|previous|preceding|prior|latest)\s+(?:{_NUMBER}[\s-]+)?
                (?:hours?|days?
                |weeks?|fortnight|months?|years?)\b | \blooks?\s+back\b
              | \b(?:over|within)\s+(?:the\s+)?{_LENGTH}\s+before\b"""
        ),
        "in the past week, over the last days",
    ),
    Attribute(
        "when start started begin began open opened first enrolled trial study date",
        pattern(
            r"""\bwhen\s+(?:did|was|were|has|had)\b.{0,80}\b(?:start(?:ed)?|beg[iu]n
                |began|open(?:ed)?
                |commence[d]?|launched|get\s+(?:going|under\s*way))\b
              | \b(?:start(?:ing)?\s+date|date\s+of\s+(?:the\s+)?start)\b"""
        ),
        pattern(
            r"""\b(?:started?|began|begun|opened|commenced|launched|enrol\w+|recruit\w+|took\s+place
                |ran|run|(?:was|were)\s+(?:done|conducted|carried\s+out))\b[^.]{0,80}?
                    \b(?:on|in|from
                |since|between)\s+(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:\d{1,2},\s+)?(?:19|20)\d\d\b
              | \bstart(?:ed)?\b[^.]{0,12}:\s*\S"""
        ),
        "started, began, first patient enrolled on",
    ),
    Attribute(
        "cost costs price prices priced expensive charge charged pay much",
        pattern(
            r"""\bhow\s+much\s+(?:does|do|did|is|was|would|will)\b[^?;]{0,80}\bcosts?\b
              | \bhow\s+(?:expensive|dear)\b | \b(?:price|cost)s?\s+(?:of|for|per)\b"""
        ),
        pattern(
            r"""[$€£¥]\s?\d++[\d.,]*+(?!\s?(?:[mb]illion|m\b|bn)) | \d\s?[€£¥]
              | \b(?:USD|EUR|GBP|CHF)\b
              | (?<!llion\s)\b(?:dollars?|euros?|pounds\s+sterling|kroner|yen|francs)\b
              | \b(?:price|cost)(?:s|d)?\b"""
        ),
        "price cost",
        strict=True,
    ),
    Attribute(
        "old age ages range limits limit group mean median distribution",
        pattern(
            r"\bhow\s+old\b|\bages?\s+(?:range|limits?|group|distribution)\b|\b(?:mean|median)\s+age\b"
        ),
        pattern(
            r"""\b(?: aged? (?:\s*:)? (?:\s+\w+){0,4}?\s+\d | (?:mean|median)\s+age
                | years?\s+(?:old|of\s+age)
                   | (?:over|under|above|below)\s+(?:the\s+age\s+of\s+)?\d+\s+years
                   | \d+\s*(?:to|and|[-–])\s*\d+\s+years
                   | \d+[\s-]year-olds? | ages?\s*:
                | \d+\s+(?:(?:cal\s+)?(?:BC|AD|BP|BCE|CE)|years\s+ago) )\b
              | \b(?:cal\s+)?(?:BC|AD|BP|BCE|CE)\s+\d | \bdat(?:es?|ed|ing)\b[^.]{0,40}\d"""
        ),
        "mean age, aged years",
        strict=True,
    ),
    Attribute(
        """sponsor sponsors sponsored sponsorship fund funded funder funding money paid pay financed
        ran conducted organised organized study trial research work""",
        pattern(
            r"""\bsponsor(?:s|ed|ship)?\b | \bfund(?:s|ed|er|ers|ing)\b | \bwho\s+(?:paid|financed
                |ran|conducted|organi[sz]ed)\b | \bwhose\s+money\b
                  | \bwho(?:se)?\s+.{0,20}\bpa(?:id|y)
                \s+for\b"""
        ),
        pattern(
            r"""\b(?: sponsor(?:ed|s)?\b\s*(?::|by|was|is) | (?:paid\s+for|funded|financed
                |supported|run
                   |conducted)\s+by | funding | grants?\s+from | (?:maker|sponsor
                   |company)\s+of )"""
        ),
        "sponsored, funded, paid for by",
        hints=pattern(
            r"""^(?!.*\b(?:fees|honorari\w+|employees?\s+of|shares|stock)\b)
                .*?\b[A-Z]\w+\s+(?-i:Pharma\w*|Therapeutics|Bio(?:\s?[A-Z]?\w*)?|Laborator(?:y|ies)
                |Vaccines|Inc|Ltd|AG|GmbH|Corp|University|Foundation
                |Institute|Council)\b"""
        ),
        strict=True,
    ),
    Attribute(
        """country countries nations where done run conducted held carried out take took place part
        trial study""",
        pattern(
            r"""\b(?:which|what)\s+(?:countr(?:y|ies)|nations?)\b | \bhow\s+many\s+countries\b
              | \bwhere\s+(?:was|were|is|did)\b(?=.*\b(?:trial|study|done|run|conducted|held
              |carried
              |place|patients|recruited|enrolled)\b)"""
        ),
        pattern(
            rf"\b(?:(?-i:{_COUNTRIES})|{_NUMBER}\s+countries|(?:sites|centres|centers|hospitals|clinics|practices|schools)\s+in)\b"
        ),
        "sites in countries, hospitals in",
        strict=True,
    ),
    Attribute(
        """defined define definition definitions counted counts qualified met meet fulfilled
        achieved satisfied success treatment criteria required had""",
        pattern(
            r"""\bhow\s+(?:was|were|is|are|did\s+\w+)\b.{1,90}\bdefined?\b
              | \bdefinitions?\s+of\b(?=.*\b(?:respon\w+|remission|success|failure|relapse|flare
              |outcome|end[\s-]?point|event)\b)
              | \bwhat\s+(?:count|qualif)\w*\s+as\b
              | \bwhat\b.{0,60}\b(?:had|has|have|need(?:s|ed)?)\s+to\s+be\s+(?:met|fulfilled
              |achieved|satisfied|reached)\b"""
        ),
        pattern(
            rf"""\b(?: defined\s+as | counted\s+as\s+(?!an?\s+(?:failure|non-?respon))
                | definition | (?:is|are|was|were)\s+considered
                | {_OUTCOME}\b[^.;:]{{0,60}}(?:\b(?:requires?|required|means?|meant
                     |demand(?:s|ed))\b
                   | \b(?:was|is|were|are)\s+(?:[\w-]+\s+){{0,5}}[\w-]+\s*:) )"""
        ),
        "defined as, counted as",
        hints=pattern(r"\bcounted\s+as\b"),
    ),
    Attribute(
        """who not allowed permitted take taking use using could join enter kept left out barred
        turned away must should may cannot contraindicated contraindications""",
        pattern(
            rf"""\b(?:who|which\s+(?:\w+\s+){{0,2}}{_PEOPLE})\b(?:\s+\w+){{0,3}}?\s+(?:not|cannot|never)\s+
                (?:be\s+)?(?:allowed|permitted|able|take|use|have|get|given|join|enter|enrol\w*
                |receive|participate|eligible|admitted)\b
              | \b(?:who|{_PEOPLE})\b.{{0,40}}\b(?:kept|left|ruled)\s+out\b
              | \bwho\b.{{0,40}}\b(?:barred|turned\s+away)\b | \bcontraindicat\w+"""
        ),
        pattern(
            r"""\b(?: (?:do|must|should|may)\s+not\s+(?:be\s+)?(?:take|use|given|taken|used)\b
                   (?=[^.]{0,60}(?::|\bif\b|\bby\b|\bto\b|\bin\b))
                | contraindicat\w+ | ineligible | exclu(?:ded|sions?)
                | (?:was|were|are|is|be)\s+(?:left|kept|ruled)\s+out | barred | turned\s+away
                | (?:not|cannot|never)\s+(?:be\s+)?(?:admitted|eligible|allowed|permitted|included
                   |enrolled|recruited|accepted|recommended\s+(?:for|in|during)) )\b"""
        ),
        "do not take if, excluded, not admitted",
        lists=True,
    ),
    Attribute(
        "design designed kind type sort trial study",
        pattern(r"\bdesign(?:ed)?\b|\bwhat\s+(?:kind|type|sort)\s+of\s+(?:a\s+)?(?:trial|study)\b"),
        pattern(
            r"""\b(?: randomi[sz]ed | double-blind | open-label | parallel-group | cross-?over
                | single-arm
                   | placebo-controlled | sham-controlled | uncontrolled | observational | cohort
                   | registry | survey | meta-analysis
                   | case-control | cluster | proof-of-concept | dose-(?:finding|ranging)
                   | factorial
                   | non-?inferiority | adaptive | retrospective | prospective )\b"""
        ),
        "randomised double-blind parallel-group trial design",
    ),
)
"""Tried in order."""
