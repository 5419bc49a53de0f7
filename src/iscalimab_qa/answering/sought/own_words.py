"""What a document tells of itself: who wrote it and when, who paid, what it may be used for.

It stands in lines ("Author: ..."), in sentences of law, or under the heads of a paper's last
page. General English and the language of such lines; no name of a company or a journal.
"""

from __future__ import annotations

from iscalimab_qa.answering.sought.attribute import Attribute
from iscalimab_qa.evidence.wording.patterns import pattern

_DOCUMENT = (
    r"(?:(?:application|technical|product|data)\s+)?(?:notes?|documents?|protocols?|pages?|papers?"
    r"|sheets?|reports?|leaflets?|brochures?|articles?|guides?|manuals?|bulletins?|reviews?)"
)
_WRITTEN = (
    r"(?:wr(?:ite|ites|ote|itten)|author(?:ed)?|compos(?:ed?|es)|prepar(?:ed?|es)|compil(?:ed?|es)"
    r"|put(?:s|ting)?\s+together|dr[ae]wn?\s+up|drafted|issued?|signed|edited)"
)
_WROTE = (
    "who wrote write written writes author authors authored composed prepared prepare compiled put"
    " together drew drawn up drafted issued signed edited application technical data note notes"
    " document protocol page paper sheet report leaflet brochure article guide manual"
    " bulletin review"
)
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_PERSON_LEADS = r"(?:led|headed|directed|overs(?:een|aw)|coordinated|supervised|chaired|run)"

OF_DOCUMENTS = (
    Attribute(
        """do did does have has had any conflict conflicts competing interest interests declare
        declared disclose disclosed disclosures ties tie paid author authors investigators drug
        company companies maker manufacturer industry pharmaceutical sponsor money fees from""",
        pattern(
            r"""\b(?:conflicts?\s+of|competing|financial|declared)\s+interests?\b | \bdisclosures?\b
              | \bties\s+to\b | \bauthors?\b.*\b(?:paid\s+by|fees\s+from|employed\s+by
                |work\s+for)\b"""
        ),
        pattern(
            r"""\b(?:conflicts?\s+of|competing)\s+interests?\b | \bhonorari\w+ | \b(?:stock
              |share)s?\b
                .{0,20}\b(?:in|of|holders?)\b | \b(?:consult\w+|speak\w+|lecture|personal
                  |advisory)\s+
                (?:\w+\s+)?fees\b | \bemployees?\s+of\b | \bconsultants?\s+(?:to|for)\b
                  | \bdisclos\w+
              | \bdeclarations?\s+of\s+interests?\b"""
        ),
        "conflict of interest competing interests fees",
        of_document=True,
    ),
    Attribute(
        f"{_WROTE} when month year date day dated published revised updated released come came"
        " out appear appeared",
        pattern(
            rf"""\b(?:when|(?:what|which)\s+(?:month|year|date|day))\b.{{0,90}}\b(?:{_WRITTEN}|dated
                |revised|updated|released|published|c[oa]me\s+out|appear(?:ed)?)\b
                    (?=.*\b{_DOCUMENT}\b|\W*$)
              | \b(?:when|(?:what|which)\s+(?:month|year|date|day))\b.{{0,40}}\b{_WRITTEN}\b
              | \b(?:dates?|month|year)\s+of\s+(?:the\s+)?(?:\S+\s+){{0,4}}?{_DOCUMENT}\b
              | \b{_DOCUMENT}\b.{{0,30}}\bdated\b"""
        ),
        pattern(
            rf"""\b(?:dated?|issued|revised|updated|published|version|revision|prepared|written
                |released)\b\W{{0,4}}(?:\w+\W+){{0,4}}?
                    (?:{_MONTHS}\s+(?:\d{{1,2}},?\s+)?)?(?:19|20)\d\d
              | ^(?-i:By\s+[A-Z])[^.;]{{2,60}}\b(?:19|20)\d\d\W*$"""
        ),
        "author date issued revised",
        of_document=True,
    ),
    Attribute(
        _WROTE,
        pattern(
            rf"""\bwho\s+(?:\w+\s+)?{_WRITTEN}\b | \bby\s+whom\b.*\b{_WRITTEN}\b
              | \b{_WRITTEN}\s+by\s+(?:whom|who)\b
              | \bauthors?\s+of\b | \bwho\s+(?:is|are|was|were)\s+the\s+authors?\b"""
        ),
        pattern(
            rf"""\bauthors?\b\W{{0,4}}: | \b{_WRITTEN}\s+by\b | ^by\s+(?-i:[A-Z])
              | \bcorrespondence\b"""
        ),
        "author written by date",
        of_document=True,
    ),
    Attribute(
        """who which company supplies supplied supplier supply sells sell sold makes made maker
        manufacturer manufactures manufactured vendor distributor distributes markets where bought
        ordered from""",
        pattern(
            r"""\b(?:who|which\s+(?:company|firm|vendor|maker))\b.{0,40}
                \b(?:suppl(?:ies|ied|iers?|y)
                |sells?|sold|vendors?|distribut\w+)\b
              | \b(?:suppliers?|vendors?|distributors?)\s+of\b
              | \bwhere\s+(?:can|could|may|was|were|is|are)\b.*\b(?:bought|purchased|ordered
                |obtained\s+from)\b"""
        ),
        pattern(
            r"""\b(?:suppliers?|manufacturers?|vendors?|distributors?|company|sold\s+by)\s*:
              | \b(?:supplied|sold|distributed|marketed|purchased|bought|obtained)\s+(?:by
                |from)\b"""
        ),
        "supplier address company supplied by",
        of_document=True,
    ),
    Attribute(
        "what which number no code identifier catalogue catalog order ordering lot batch product",
        pattern(
            r"""\b(?:catalog(?:ue)?|cat\.?|order(?:ing)?|lot|batch|CAS)
                \s*(?:numbers?|no\b|codes?|id\b)"""
        ),
        pattern(
            r"""\b(?:cat(?:alog(?:ue)?)?|order(?:ing)?|lot|batch|CAS)\.?\s*(?:numbers?|no\.?|nr\.?
                |codes?|\#)\s*:?\s*\S*\d"""
        ),
        "catalogue number product",
        strict=True,
        of_document=True,
    ),
    Attribute(
        """how can do does could one you contact contacted reach reached write email e-mail mail
        phone telephone ring call address details information where based located headquarters
        headquartered seat sit sits""",
        pattern(
            r"""\bhow\s+(?:can|could|do|does|should)\b.{0,30}\b(?:contact(?:ed)?|reach(?:ed)?
                |write\s+to|ring|call)\b
              | \bcontact\s+(?:details?|address|information|person|e-?mail)\b
              | \b(?:postal\s+|street\s+|mail(?:ing)?\s+|e-?mail\s+)?address\s+of\b
              | \b(?:phone|telephone)\s+(?:number|of)\b | \be-?mail\s+of\b
              | \bwhat\s+is\s+\S+\s+address\b | \bwhere\s+(?:is|are|does|do)\b.{0,60}\b(?:based
                |located|headquartered|sit|seat|headquarters)\b
              | \bwhere\s+is\s+the\s+(?:supplier|company|vendor|maker|manufacturer|distributor)\b"""
        ),
        pattern(
            r"""\S@\S | \b(?:contact|tel(?:ephone)?|phone|e-?mail|address|fax)\s*: | \bbased\s+in\b
              | \bheadquarter(?:s|ed)\b
              | \b\d+\s+(?:[A-Z]\w*\s+){1,3}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Way
                |Square)\b"""
        ),
        "contact address email phone",
        of_document=True,
    ),
    Attribute(
        f"""may can could should must is are was be allowed used use uses using meant intended
        permitted diagnose diagnosis diagnostic diagnostics treat treating treatment therapy
        therapeutic patients people humans clinical clinic clinically purpose research {_WROTE}
        antibody reagent product kit assay information""",
        pattern(
            rf"""\b(?:used|meant|intended|permitted|use)\b.*\b(?:diagnos\w+
                |treat\s+(?:patients|people|
                humans)|therap(?:y|eutic\w*)\s+(?:use|purposes?)|in\s+(?:humans|the\s+clinic)
                |clinical(?:ly)?\b)
              | \b(?:meant|intended)\s+(?:for|to\s+be\s+used)\b.*\b(?:patients|people|humans)\b
              | \bwhat\b.*\b(?:meant|intended)\s+for\W*$ | \bintended\s+use\b
              | \b(?:{_DOCUMENT}|reagents?|kits?|products?)\b.{{0,60}}\bbe\s+used\s+(?:for|in|to
                |on)\b
              | \bresearch\s+use\s+only\b"""
        ),
        pattern(
            r"""\bresearch\s+(?:use|purposes?)?\s*only\b | \bonly\s+for\s+(?:\w+\s+)?research\b
              | \bnot\s+(?:\w+\s+)?(?:intended|meant|for|to\s+be\s+used|be\s+used|approved\s+for)\b
                [^.]*\b(?:diagnos\w+|therap\w+|human\w*|clinical\w*|patients?|people)\b"""
        ),
        "for research use only, not for diagnostic or therapeutic use",
        of_document=True,
    ),
    Attribute(
        """who led lead leads headed head directed oversaw coordinated coordinates supervised
        chaired
        charge responsible principal chief investigator investigators study trial research""",
        pattern(
            rf"""\bwho\s+(?:\w+ly\s+)?(?:leads?|heads|{_PERSON_LEADS})\b
                (?=.*\b(?:trial|study|research
                |work|[A-Z][A-Z0-9-]{{2,}})\b)
              | \bwho\s+(?:was|is)\s+(?:in\s+charge|responsible|the\s+(?:head|leader|lead|chair))\b
              | \b(?:principal|lead|chief|coordinating)\s+investigators?\b
              | \b(?:headed|led)\s+by\s+whom\b"""
        ),
        pattern(
            rf"""\b{_PERSON_LEADS}\s+by\b(?!\s+\d) | \b(?:principal|lead|chief|coordinating
                |responsible)\s+investigators?\b | \b(?:study|trial)\s+(?:chair|director)\b
              | \b{_PERSON_LEADS}\s+(?:the|this)\s+(?:trial|study)\b"""
        ),
        "led by principal investigator study chair",
        strict=True,
        of_document=True,
    ),
    Attribute(
        f"""who holds hold owns own copyright copyrighted rights licence license licensed may can be
        copied reproduced reprinted shared redistributed under which {_WROTE}""",
        pattern(
            rf"""\bcopyright\w* | \b(?:owns?|holds?)\s+the\s+rights\b | \bunder\s+(?:which|what)\s+
                licen[cs]e\b | \b{_DOCUMENT}\b.{{0,30}}\b(?:copied|reproduced|reprinted
                  |redistributed)\b"""
        ),
        pattern(
            r"""© | \(c\)\s*\d | \bcopyright\b | \brights\s+reserved\b | \blicen[cs]ed\s+under\b
              | \bcreative\s+commons\b | \bCC[\s-]BY\b | \bmay\s+(?:not\s+)?be\s+(?:copied
                |reproduced)"""
        ),
        "copyright all rights reserved licence",
        strict=True,
        of_document=True,
    ),
)
"""Tried in order, after no other kind of attribute is told apart by more words."""
