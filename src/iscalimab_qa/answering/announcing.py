"""Put what tells something before what only announces that it will be told.

"A study investigated its safety." holds all the words of a question about safety, and no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from iscalimab_qa.answering.bringing import lacks, must_bring
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.terms import name_tokens, token_set
from iscalimab_qa.evidence.wording.patterns import pattern
from iscalimab_qa.units import is_question

WITHIN = 3.0
"""How much less a unit may score than an announcement, or than one without the form that is asked
for, and come before it; in units of the fitted score, odds of one to twenty."""

NEAR = 1.5
"""The same where a cause is asked for: it may be told without a word that says so."""

BEHIND = 60
"""Characters from the end of a bare announcement to the beginning of what it announces."""

LOOKED_AT = 3
"""Candidates among which a question of the source's own is looked for."""

HEAD_WORDS = 5
"""Of a line in bold that opens a paragraph: "Gout attacks at the start."."""

MOST_BEHIND = 2
"""Sentences that are read behind a bare announcement."""

_LOOKED_AT = (
    r"(?:investigat|evaluat|examin|assess|explor|test|stud(?:ied|ies|y\b)|hypothes|compar|aim|sought"
    r"|purpose|objective|goal|design|overview|summar)"
)


_ASKS_WHAT_WAS_LOOKED_AT = pattern(
    rf"""\b{_LOOKED_AT}\w*\s*\??$ | \bdid\b.*\b(?:examine|investigate|evaluate|assess|explore|test
       |study|compare|hypothesi[sz]e|look\s+(?:at|into))
       | \b(?:was|were|is|are|been|being)\s+(?:\w+\s+){{0,4}}?(?:investigated|evaluated|examined
         |assessed|explored|tested|studied|compared|measured|under\s+investigation)
       | \b(?:aims?|purposes?|objectives?|goals?|hypothes[ie]s|designs?|designed|phases?|stages?
         |topic)\b
       | \bwhat\b.*\babout\b
       | \b(?:which|what)\s+(?:trials?|stud(?:y|ies)|diseases?|conditions?)\b"""
)
_EXPECTATION = pattern(
    r"\b(?:hypothesi[sz]ed|it\s+was\s+(?:assumed|expected)|(?:examined|asked|tested)\s+whether)\b"
)
_ANNOUNCEMENT = pattern(
    r"""\b(?:stud(?:y|ies)|trials?|analys[ie]s|paper|report|article|review|we|authors|tables?|figures?
         |sections?|notes|documents?)\b[^.;:]*?(?<!that\s)(?<!which\s)\b(?:investigat|evaluat
         |examin|assess|explor|test|sought|aim|set\s+out|describ|summari[sz]|present|list
         |provide\s+(?:an?\s+)?(?:\w+\s+)?overview|compil|discuss)(?:ed|e?s|d|e)?\b
       | \b(?:was|were|is|are|been|being)\s+(?:being\s+)?(?:\w+ly\s+)?(?:investigated|evaluated
         |examined|assessed|explored|studied)\b"""
)
_FOUND = pattern(
    r"""\d\s?% | \d\.\d | \b\d+\s+(?:of|out\s+of)\s+\d | \bp\s?[<=>]
       | \b(?:found|show(?:s|n|ed)|demonstrat
        |led\s+to|reduc|increas|decreas|improv|observed|occurr|reported|fell|rose|lower|higher|fewer
        |more|less|because|due\s+to|unrelated|differ|no\s+(?:sign|evidence|effect|change))\w*"""
)
_BARE = pattern(
    r"""^(?:\w+\W+){0,6}?(?:ha(?:s|d|ve)|are|were|is|was)\s+(?:\w+\s+){0,2}?(?:limitations?|weakness(?:es)?
         |shortcomings|strengths|caveats)\W*$
       | ^(?:\w+\W+){0,3}?(?:caveats?|limitations?|reservations?)\s+(?:\w+\s+){0,3}?(?:in\s+order
         |mentioned|noted|considered|apply|borne\s+in\s+mind|acknowledged|discussed)\W*$
       | ^(?:\w+\W+){1,8}?(?:is|are)\s+(?:shown|given|listed|presented|summari[sz]ed|displayed)\s+in
         \s+(?:Table|Figure|Fig|Appendix|the\s+(?:table|figure|appendix))\W*\w{0,4}\W*$"""
)


_SAYS = pattern(
    r"""\d | \b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|may|might|must|will
        |would|should|not|no|none|nobody|neither|nothing|yes|never|all|both|it|this|that|they|them|we|you
        |your|once|twice|daily|weekly|monthly|one|two|three|four|five|six|seven|eight|nine|ten|take|use|stop|call|keep|store|avoid
        |drink|swallow|tell|ask|read|see|talk|fell|rose|began|withdrew|left|grew|became|met|hit
        |got|took|gave|went|came|saw|shows?|works?|helps?|binds?|blocks?|causes?|occurs?
        |\w{3,}ed)\b"""
)
"""What a statement or an order of few words has: a verb, a pronoun, a count."""


_LEAD_OF_AN_END = pattern(
    r"""\b(?:announc|report|said|confirm|disclos)\w*\s+(?:today|that|it|the|its)\b[^.;]*?
        \b(?:discontinu|stop|halt|terminat|suspend|end(?:ed|ing|s)?\b|clos(?:e|ing)\b|abandon
        |withdraw)
     | \b(?:will|to|is|are)\s+(?:also\s+)?(?:discontinu|stop|halt|terminat|suspend|abandon)\w*
        [^.;]*?\bannounced\b"""
)
_ASKS_OF_AN_END = pattern(
    r"""\b(?:discontinu|stop|halt|terminat|suspen|end(?:ed|ing|s)?\b|clos(?:e|ed|ure)\b|abandon
        |withdr|cancel|cease|drop|scrap|pull|give\s+up|gave\s+up|quit|shut|fate|future|status
        |running|ongoing|continu|still|happen|became|become|decid|decision|announce|news|press
        |about\b|sponsor|company|develop|kind|phase|design)
     | ^\W*(?:and\s+|but\s+)?(?:who|why|when)\b"""
)


_OF_ANY_TRIAL = token_set(
    "trial trials study studies patients participants people phase drug treatment any many much"
)


def _with_what_is_asked(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Put what tells something asked before a release's lead that only tells a trial's end.

    A lead names the company, the drug, the trial and its disease: all that a question holds
    beside what it asks.
    """
    if not candidates or not _LEAD_OF_AN_END.search(candidates[0].unit.text):
        return list(candidates)
    lead, *others = candidates
    asked = token_set(question.text) - name_tokens(question.text) - _OF_ANY_TRIAL
    asked -= token_set(" ".join(lead.unit.section))

    def tells(candidate: Candidate) -> bool:
        return not asked.isdisjoint(token_set(candidate.unit.words))

    if _ASKS_OF_AN_END.search(question.text) or tells(lead):
        return list(candidates)
    near = (each for each in others if each.score >= lead.score - WITHIN)
    same = (each for each in near if each.unit.source_id == lead.unit.source_id)
    best = next(filter(tells, same), None)
    return [best, *(each for each in candidates if each is not best)] if best else list(candidates)


def announces(question: Question, text: str) -> bool:
    """Whether a statement only says what was looked at, where what was found is asked for."""
    if is_bare(text):
        return True
    if _ASKS_WHAT_WAS_LOOKED_AT.search(question.text):
        return False
    if _EXPECTATION.search(text):
        return True
    return bool(_ANNOUNCEMENT.search(text)) and not _FOUND.search(text)


def is_bare(text: str) -> bool:
    """Whether a statement says nothing but what follows: "It has limitations.", "Driving."."""
    return bool(_BARE.search(text)) or _is_head(text)


def _is_head(text: str) -> bool:
    """Whether a few words without a verb head what stands behind them in the same line."""
    words = text.split()
    few = 0 < len(words) <= HEAD_WORDS and text.endswith(".")
    lower = all(word.islower() for word in words[1:])
    return few and lower and words[0].istitle() and not _SAYS.search(text)


def with_replies(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Score the sentence behind a question that the source itself puts like that question.

    "What explains the difference? They were treated late." The question holds the asker's words,
    and the reply none of them.
    """
    asked = [each for each in candidates[:LOOKED_AT] if is_question(each.unit)]
    worth = {
        id(reply): question.score
        for question in asked
        for reply in _behind(question, candidates)[:1]
    }
    raised = [
        replace(each, score=max(each.score, worth.get(id(each), each.score))) for each in candidates
    ]
    return sorted(raised, key=lambda each: -each.score) if worth else list(candidates)


def answering_first(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Order candidates so that the first one can answer, if any that comes near can.

    Args:
        question: What is asked.
        candidates: Evidence, best first.
    """
    ordered = _with_what_is_asked(question, _with_what_follows(candidates))
    if not ordered or _can_answer(question, ordered[0]):
        return ordered
    gives_way = WITHIN if not _can_answer(question, ordered[0], of_cause=False) else NEAR
    least = ordered[0].score - gives_way
    fit = (each for each in ordered[1:] if each.score >= least and _can_answer(question, each))
    best = next(fit, None)
    return [best, *(each for each in ordered if each is not best)] if best else ordered


def _can_answer(question: Question, candidate: Candidate, *, of_cause: bool = True) -> bool:
    """Whether a unit has what is asked for; `of_cause` demands a cause in words, if one is."""
    unit = candidate.unit
    told = unit.words if unit.cells else unit.text
    lacks_cause = of_cause and question.expects == "reason" and lacks(question, told)
    return must_bring(question, told) and not (lacks_cause or announces(question, unit.text))


def _with_what_follows(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Put what stands behind a bare announcement in its place, and that last."""
    if not candidates or not is_bare(candidates[0].unit.text):
        return list(candidates)
    announced, *others = candidates
    following = _behind(announced, others)
    promoted = [replace(each, score=announced.score) for each in following]
    kept = [each for each in others if each not in following]
    return [*promoted, *kept, announced] if promoted else list(candidates)


def _behind(announced: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    found: list[Candidate] = []
    end = announced.unit.end
    for each in sorted(others, key=lambda each: each.unit.start):
        same = each.unit.source_id == announced.unit.source_id
        if same and end <= each.unit.start <= end + BEHIND and len(found) < MOST_BEHIND:
            found.append(each)
            end = each.unit.end
    return found
