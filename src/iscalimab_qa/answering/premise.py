"""Does a question take for granted what the sources deny, or say of another arm or drug?

"Why did only 36 % respond to the drug?" is not answered when 36 % is placebo's; the sentence that
gives the value to its arm corrects it. "Why does X kill cells?" is not answered where a source says
that it does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from iscalimab_qa.answering.citing import Cited, citation
from iscalimab_qa.answering.denials import assumes, denied
from iscalimab_qa.answering.holding import SUPPORTS, Held, Library, contradicts, hold, hold_unit
from iscalimab_qa.answering.presupposing import Taken, presupposed
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.refuting import builds_on, refuting
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.subject import mismatches, names_several
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.checks.arm_terms import is_known_agent
from iscalimab_qa.evidence.checks.arms import check_arms
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.checks.findings import Finding
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.checks.targets import check_targets, tells_target
from iscalimab_qa.evidence.checks.wording import ROOT
from iscalimab_qa.evidence.naming.agents import agents_in, is_comparator
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.values import Citation, Claim, Notice
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit, row_text

UNITS_OF_A_DRUG = 8
"""Units among which one says what a drug binds, where that is asked."""

LOOKED_AT = 3
"""A correction must be among the nearest units: further down the figure is a coincidence."""

_OTHER_ARM = "another arm"
_OTHER_COLUMN = ("another dose", "another column")
_RULES_OUT = re.compile(r"not about (?!its class)")
_TELLING = re.compile(r"^\d{3,}$|\.|%")
"""A figure that two statements do not share by chance: three digits, a decimal, a percentage."""

_NAMED = re.compile(r"(?-i:\b[A-Z]{2,}[A-Za-z]*)[\s-]?\d+\b|\b[A-Za-z]+-?\d[\w-]*")
"""The number of a name ("BX 704312") is no figure."""
_DOSE = re.compile(
    r"[\d.,\s]+(?:[mµu]?g|mcg|ml|iu|units?)\b(?!/m(?:in|l))|[\d.,\s]+(?:hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
"""A dose or a time tells which arm is meant; it is no finding of one."""


class Premise(NamedTuple):
    """What a question takes for granted, and the unit that says otherwise."""

    unit: Unit
    finding: Finding


def false_premise(
    question: Question,
    candidates: Sequence[Candidate],
    metadata_of: Callable[[str], SourceMetadata],
    names: Names,
) -> Premise | None:
    """Find the nearest unit that denies what the question takes for granted.

    It gives a figure of the question to another arm or drug, or says otherwise.
    """
    units = [each.unit for each in candidates[:LOOKED_AT]]
    for unit in units if figures_in(question.text) else ():
        if finding := _finding(question, unit, metadata_of, names):
            return Premise(unit, finding)
    library = Library(metadata_of, names)
    named = _drugs(question.text, names)
    for taken in presupposed(question.text, named):
        if denied := _denied(taken.text, units, library):
            return denied
    return _other_target(question.text, units, library)


_ASKS_TARGET = re.compile(
    r"^\W*(?:why\s+|how\s+)?(?:is|are|was|does|do|did)\s+(?:[\w-]+\s+){1,4}?(?:an?\s|bind|target|directed|recogni|block|inhibit|attach|neutrali|antagoni)",
    re.IGNORECASE,
)
_ACTS_ON = re.compile(
    r"\b(?:block|inhibit|neutrali[sz]e|antagoni[sz]e)(?=\s+[\w-]+(?:\s+(?:ligand|receptor))?\W*$)",
    re.IGNORECASE,
)
"""What is blocked by itself is what is aimed at: "why does X block Y?"."""
_OR = re.compile(r"\bor\b", re.IGNORECASE)


def _drugs(text: str, names: Names) -> tuple[str, ...]:
    """Return the names of the drugs that a text is about."""
    agents = [agent.token for agent in agents_in(text, names) if not agent.ruled_out]
    return tuple(names.name_of(a) for a in dict.fromkeys(agents) if not is_comparator(a))


def _other_target(question: str, units: Sequence[Unit], library: Library) -> Premise | None:
    """Find the nearest unit that gives a drug another target than a question names for it.

    Only where that is what is asked: "is X an antagonist of A?".
    """
    if not _ASKS_TARGET.search(question) or _OR.search(question):
        return None
    drugs = _drugs(question, library.names)
    aimed = _ACTS_ON.sub("target", question)
    held = [hold_unit(question, unit, library) for unit in units]
    for unit, each in zip(units, held, strict=True):
        found = check_targets(aimed, each.grounds, library.names)
        if any(finding.check != "negation" for finding in found) or each.is_elsewhere:
            continue
        if drugs and not _says_target_of(drugs, unit, library.names):
            continue
        if found and not any(other.supports and other.told >= SUPPORTS for other in held):
            return Premise(unit, found[0])
    return None


_INSTEAD = re.compile(r"^the cited words (?:say otherwise|deny it): ")


def _says_target_of(drugs: Sequence[str], unit: Unit, names: Names) -> bool:
    """Whether a unit names a drug and its target by itself: a title's "anti-X" corrects nothing."""
    lowered = unit.text.lower()
    return any(drug.lower() in lowered for drug in drugs) and tells_target(unit.text, names)


def _denied(statement: str, units: Sequence[Unit], library: Library) -> Premise | None:
    """Find the nearest unit that says otherwise, none where a nearer one bears it out."""
    for unit in units:
        held = hold_unit(statement, unit, library)
        if held.supports:
            return None
        if findings := contradicts(held):
            return Premise(unit, findings[0])
    return None


def _finding(
    question: Question, unit: Unit, metadata_of: Callable[[str], SourceMetadata], names: Names
) -> Finding | None:
    metadata = metadata_of(unit.source_id)
    grounds = Grounds((citation(unit, metadata, 1),), {unit.source_id: metadata})
    for found in check_arms(question.text, grounds, names):
        in_row = unit.cells and found.text.startswith(_OTHER_COLUMN)
        if _asks_for_bound(found.said, question.text) or _DOSE.match(found.said):
            continue
        if not _is_same_figure(found.said, question.text, unit, names):
            continue
        if in_row or (found.text.startswith(_OTHER_ARM) and _are_arms(found.text, unit, names)):
            return found
    if names_several(question.text, names):
        return None
    asked, said = (_NAMED.sub(" ", text) for text in (question.text, unit.text))
    shared = figures_in(asked).keys() & figures_in(said).keys()
    if not any(_TELLING.search(figure) for figure in shared):
        return None
    others = mismatches(question, unit, metadata_of, names)
    return next((each for each in others if _RULES_OUT.search(each.text)), None)


_BOUND = (
    r"(?:(?:more|less|fewer|greater|higher|lower|better|larger|smaller)\s+than|at\s+(?:least|most)|up\s+to|over"
    r"|above|below|under|beyond|exceed\w*|(?:mini|maxi)mum\s+of|within|nearly|almost|[<>≥≤])"
)


def _asks_for_bound(figure: str, question: str) -> bool:
    """Whether a figure is only asked for as a bound ("by more than 20%"): no value is claimed."""
    return bool(
        re.search(
            rf"{_BOUND}\s*(?:an?\s+)?(?:(?:[\w-]+\s+){{1,3}}of\s+)?{re.escape(figure)}",
            question,
            re.IGNORECASE,
        )
    )


def _is_same_figure(figure: str, question: str, unit: Unit, names: Names) -> bool:
    """Whether a unit has a question's figure as such, and a row something that it speaks of.

    "7.4% of the patients" is not "7.4 points" of a row on mice.
    """
    percent = re.compile(rf"(?<![\d.]){re.escape(figure.rstrip(' %'))}\s?(?:%|\)|$)")
    if "%" in figure and not percent.search(unit.text):
        return False
    if not unit.cells:
        return True
    label, asked = (
        {token[:ROOT] for token in names.tokens(t)} for t in (unit.cells[0].text, question)
    )
    return bool(label & asked)


_ARMS = re.compile(r"the claim has (?P<ours>.*), the cited words (?P<theirs>.*)$")


def _are_arms(told: str, unit: Unit, names: Names) -> bool:
    """Whether a finding sets drugs, comparators, doses or columns against each other.

    A word that only stands where an arm could ("by the preset margin") is none.
    """
    sides = _ARMS.search(told)
    heads = names.tokens("\n".join(cell.head for cell in unit.cells))
    return sides is not None and all(
        any(_is_arm(each, names, heads) for each in (*side.split(", "), *names.tokens(side)))
        for side in sides.groups()
    )


def _is_arm(token: str, names: Names, heads: frozenset[str]) -> bool:
    return is_known_agent(token, names) or token in heads or bool(_DOSE_TOKEN.fullmatch(token))


_DOSE_TOKEN = re.compile(r"[\d.]+[kmunµ]?(?:g|iu|l)(?:/\w+)?")


def corrected(cited: Cited) -> Cited:
    """Let the first claim deny what was taken for granted."""
    first, *others = cited.claims
    return cited._replace(claims=(replace(first, text=f"No: {first.text}"), *others))


def premise_notice(premise: Premise) -> Notice:
    """Tell what the question takes for granted; the first citation says otherwise."""
    said, text = premise.finding.said, premise.finding.text.replace("the claim", "the question")
    if premise.finding.check == "negation":
        return Notice("premise", _TAKEN_FOR_GRANTED, (1,))
    if text.startswith(_OTHER_COLUMN):
        text = "another arm, as the cited row has it"
    told = f"belongs to {text}" if text.startswith(_OTHER_ARM) else text
    return Notice("premise", f"The question takes something for granted. {said}: {told}.", (1,))


_TAKEN_FOR_GRANTED = "The question takes for granted what the cited source denies."

_DENIES = re.compile(r"^no[:,.]", re.IGNORECASE)


def denying(answer: Answer, library: Library, find: Callable[[str], Sequence[Unit]]) -> Answer:
    """Let an answer lead with the words that deny what its question takes for granted.

    A notice of such a premise names them, or they are among what it cites, or are found for
    what the question mentions aside. An answer that leads with "No" is left as it is.

    Args:
        answer: With its notices.
        library: What claims are held against.
        find: Returns the units that come nearest to a statement.
    """
    if _leads_so(answer):
        return answer
    notice = next((each for each in answer.notices if each.kind == "premise"), None)
    if notice is None:
        answer, notice = _denied_by_words(answer, library, find)
    if notice is None or not notice.citations:
        return answer
    return _led_by(answer, notice.citations[0], library)


class _Noticed(NamedTuple):
    answer: Answer
    notice: Notice | None


def _denied_by_words(
    answer: Answer, library: Library, find: Callable[[str], Sequence[Unit]]
) -> _Noticed:
    """Hold what a question takes for granted against what is cited, or found for it."""
    question = answer.standalone_question
    statements = presupposed(question, _drugs(question, library.names))
    if unit := _refuted(question, statements, library, find):
        return _with_premise(answer, _cite(unit, answer, library))
    for taken in statements:
        cited = list(answer.citations[:LOOKED_AT])
        if taken.aside:
            cited = [_cite(unit, answer, library) for unit in find(taken.text)[:LOOKED_AT]]
        for each in cited:
            held = hold(taken.text, each, library)
            if held.supports:
                break
            if contradicts(held) and not _is_of_target(held, library.names):
                return _with_premise(answer, each)
    return _Noticed(answer, None)


def _is_of_target(held: Held, names: Names) -> bool:
    """Whether all that is amiss is the target, read from words around the unit alone."""
    amiss = any(_INSTEAD.search(each.text) for each in held.examined.findings)
    return amiss and not tells_target(held.citation.quote, names)


_ASKS_WHETHER = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|might)\b",
    re.IGNORECASE,
)


def _refuted(
    question: str,
    statements: Sequence[Taken],
    library: Library,
    find: Callable[[str], Sequence[Unit]],
) -> Unit | None:
    """Find words that deny what a question takes for granted in other words than its own."""
    asks_target = _ASKS_TARGET.search(question)
    near = find(question)[:UNITS_OF_A_DRUG] if asks_target else ()
    if premise := _other_target(question, near, library):
        return premise.unit
    if _ASKS_WHETHER.search(question):
        return None
    for taken in statements or (Taken(""),):
        asked = taken.text if taken.aside else question
        unit = _denied_here(asked, taken.text, library, find)
        if unit:
            return unit
    return None


def _denied_here(
    asked: str, statement: str, library: Library, find: Callable[[str], Sequence[Unit]]
) -> Unit | None:
    """Hold a statement against the units that come nearest, where it has a form to be denied."""
    built, assumed = builds_on(asked, statement), assumes(asked, statement)
    near = find(statement or asked) if built or assumed else ()
    found = refuting(asked, statement, near, library) if built else None
    return found or (denied(asked, statement, near, library) if assumed else None)


def _cite(unit: Unit, answer: Answer, library: Library) -> Citation:
    """Cite a unit behind what an answer cites, or by the number that it has there."""
    own = (c for c in answer.citations if (c.source_id, c.start) == (unit.source_id, unit.start))
    marker = 1 + max((each.marker for each in answer.citations), default=0)
    return next(own, None) or citation(unit, library.metadata_of(unit.source_id), marker)


def _with_premise(answer: Answer, cited: Citation) -> _Noticed:
    notice = Notice("premise", _TAKEN_FOR_GRANTED, (cited.marker,))
    known = cited.marker in {each.marker for each in answer.citations}
    citations = answer.citations if known else (*answer.citations, cited)
    notices = (notice, *answer.notices)
    return _Noticed(replace(answer, citations=citations, notices=notices), notice)


def _led_by(answer: Answer, marker: int, library: Library) -> Answer:
    """Put the claim of a citation first, behind "No"."""
    own = next((each for each in answer.claims if each.citations == (marker,)), None)
    first = own or _claim_of(next(c for c in answer.citations if c.marker == marker), library)
    others = (each for each in answer.claims if each is not own)
    said = (replace(first, text=f"No: {first.text}"), *others)
    return replace(answer, verdict="answered", opening="", claims=said)


def _claim_of(cited: Citation, library: Library) -> Claim:
    """Say a citation word for word, a row with its heads."""
    said = (row_text(cited.cells) if cited.cells else cited.quote).rstrip()
    text = said if said.endswith((".", "!", "?")) else f"{said}."
    sources = {cited.source_id: library.metadata_of(cited.source_id)}
    checks = check_claim(text, [cited], names=library.names, sources=sources)
    return Claim(text, (cited.marker,), checks)


def _leads_so(answer: Answer) -> bool:
    return bool(answer.claims and _DENIES.match(answer.claims[0].text))
