"""What holds a question's names and none of what is asked: titles, designs, purposes, criteria.

"Official Title: A Study of X in Y" is full of the words of any question on X in Y.
"""

from __future__ import annotations

from iscalimab_qa.answering.question import Question
from iscalimab_qa.evidence.wording.patterns import pattern

_NAME_FIELD = pattern(
    r"""^\W*(?:(?:(?:study|official|brief|public|scientific|short|full|protocol|trial)\s+)?title
       |(?:study\s+)?acronyms?|(?:clinical\s+)?trial\s+registration(?:\s+(?:number|no\.?))?
       |(?:nct|isrctn|eudract|ctis|registry|registration|protocol|study)\s*(?:number|no\.?|id\w*)
       |secondary\s+ids?|other\s+study\s+ids?)\s*:"""
)
"""Fields of a record, and lines of a paper, that name a study and say nothing of it."""

_ASKS_NAME = pattern(
    r"""\b(?:titles?|acronyms?|called|names?|named|regist\w+|nct|isrctn|eudract|numbers?|id
       |identifiers?|codes?|known\s+as|stands?\s+for)\b
     | ^\W*(?:which|what)\s+(?:\w+\s+)?(?:trials?|stud(?:y|ies))\b | \bphase\b | \bdesign\w*"""
)

_ASKS_RESULT = pattern(
    r"""\bhow\s+(?:many|much|often|frequent\w*|common\w*|far|large|big|well)\b
     | \b(?:percent\w*|proportion|share|rates?|incidence|frequency)\b
     | \b(?:more|less)\s+(?:frequent|common|likely|often)\b
     | \b(?:better|worse|superior|inferior|higher|lower|fewer|greater)\b
     | \b(?:did|does|do)\b.{1,80}\b(?:improv|reduc|lower|respon|relaps|differ|chang|fall|drop)\w*"""
)

_ASKS_DESIGN = pattern(
    r"""\b(?:random\w*|allocat\w*|assign\w*|stratif\w*|design\w*|enrol\w*|recruit\w*|ratio|blind\w*
       |mask\w*|took\s+part|takes?\s+part|sample|measured|recorded|assessed|tested|analys\w+
       |statistic\w*|arms|groups|eligible|doses?|dosing|given|receiv\w*|get|got|treated|screened
       |infus\w*|inject\w*|administ\w*|methods?|compared\s+(?:with|to|against)\s+(?:what|which)
       |participants?\s+(?:were|was)(?:\s+there)?(?=\s+in\b|\W*$))\b"""
)

_DESIGN = pattern(
    r"""\b(?:(?:was|were|is|are|be|been)\s+(?:\w+ly\s+)?(?:allocated|randomi[sz]ed|assigned|stratified)
       |(?:trial|study)\s+(?:randomi[sz]ed|enrolled|recruited|allocated|assigned)
       |(?:was|were)\s+(?:enrolled|recruited)\s+(?:at|in|from|between|by)
       |stratif(?:ied|ication)\s+(?:by|for|according)
       |(?:was|were|is|are)\s+(?:\w+ly\s+)?(?:recorded|measured|assessed|scored|rated)\s+
        (?:daily|weekly|monthly|every|at\s+each|on\s+(?:an?|the)|with\s+(?:an?|the)|by\s+(?:an?|the)
        |using)
       |(?:compared|tested|analy[sz]ed)\b[^.;]{0,60}\b(?:test|model|regression|procedure)\b
       |could\s+be\s+tested|power(?:ed)?\s+(?:of|to|for)\b)"""
)

_RESULT = pattern(
    r"""\d\s?% | \bp\s?[<>=≤≥] | \b\d+\s+(?:of|out\s+of)\s+\d
     | \b(?:improved|fell|rose|increased|decreased|reduced|declined|responded|reached|achieved
       |relapsed|differed|occurred|developed|completed|discontinued|withdr[ae]wn?|died|dropped)\b"""
)

_PURPOSE = pattern(
    r"""\b(?:purpose|aim|objective|goal|question)s?\b(?:\s+(?:of|for|in)\s+[^.;]{1,60}?)?
       \s+(?:is|was|are|were)\s+(?:to|whether)\b
     | \b(?:we|authors|investigators|researchers)\s+(?:asked|wondered|wanted\s+to|set\s+out
       |sought)\b"""
)
_ASKS_PURPOSE = pattern(r"\b(?:purpose|aim|objective|goal|question|why|hypothes\w+|find\s+out)s?\b")


_KEPT_OUT = pattern(
    r"""\b(?:(?:was|were|are|is|be)\s+(?:(?:kept|left|screened)\s+out|excluded
         |not\s+(?:eligible|admitted|allowed\s+(?:in|to\s+(?:join|enter|take))))
       | ineligible | exclusion\s+criteri\w+)\b | ^excluded\b"""
)
_ASKS_ENTRY = pattern(
    r"""\b(?:(?:in)?eligib|exclu|inclu|criteri|join|enrol|recruit|admi|enter|entr|allow|qualif|bar|keep
         |kept|left|leave|ruled|tak(?:e|en|ing)\s+(?:part|in)|took|participa|screen|study|studies
         |trial|patients|people|limit|weakness)\w* | \b(?:who|whom|why|how\s+many)\b"""
)


def is_aside(question: Question, text: str, title: str = "") -> bool:
    """Whether a statement only names, plans or describes, where something else is asked for.

    Args:
        question: What is asked.
        text: The statement.
        title: The title of its source, which may stand in the text as a line of its own.
    """
    if _NAME_FIELD.search(text) or text.rstrip(". ") == title.rstrip(". "):
        return not _ASKS_NAME.search(question.text)
    if _PURPOSE.search(text):
        return not _ASKS_PURPOSE.search(question.text)
    if _KEPT_OUT.search(text) and not _RESULT.search(text):
        return not _ASKS_ENTRY.search(question.text)
    return _is_design_for_a_result(question, text)


def _is_design_for_a_result(question: Question, text: str) -> bool:
    asks_result = _ASKS_RESULT.search(question.text) and not _ASKS_DESIGN.search(question.text)
    return bool(asks_result and _DESIGN.search(text) and not _RESULT.search(text))
