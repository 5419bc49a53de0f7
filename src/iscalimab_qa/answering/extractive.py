"""Answer in the sources' own words: no model writes, so nothing can be invented.

Question -> scored units -> verdict -> chosen units -> cited claims. Each step is a function
of its own module and can be measured and bettered by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from iscalimab_qa.answering.announcing import answering_first, with_replies
from iscalimab_qa.answering.bringing import brings, must_bring, says_absent
from iscalimab_qa.answering.by_part import Told, with_parts
from iscalimab_qa.answering.causes import with_cause
from iscalimab_qa.answering.citing import Cited, cite
from iscalimab_qa.answering.conditions import is_told_otherwise
from iscalimab_qa.answering.model import AnswerModel
from iscalimab_qa.answering.premise import Premise, corrected, false_premise, premise_notice
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.rereading import reread
from iscalimab_qa.answering.scoring import Candidate, Retrieved, scored_units
from iscalimab_qa.answering.selection import MAX_CLAIMS, choose
from iscalimab_qa.answering.sought import demands_telling, is_of_document
from iscalimab_qa.answering.strength import strongest_of_equals, works_of
from iscalimab_qa.answering.subject import to_the_point
from iscalimab_qa.answering.terms import Terms, by_kind, names_in, token_set
from iscalimab_qa.answering.values import Answer, Verdict
from iscalimab_qa.answering.verdict import OUTRIGHT, graded, is_told_outright, probability, signals
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.lexicon import tokenize
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit, is_question

MAX_TRIALS_NAMED = 5
"""Trials on the topic that a `not_found` names: enough to see, few enough to read."""

TOPIC_COVERAGE = 0.4
"""A passage is on a question's topic when it holds this share of the question's weight."""

ORIGINAL_MARGIN = 1.5
"""How much less a paper's own unit may score than our summary's and still come first."""

ABSENT_MARGIN = 0.5
"""How much less a unit with the form asked for may score than one that says it is missing."""

NOTE_COVERAGE = 0.6
"""A curator's note about a gap is quoted when it holds this share of the question."""


@dataclass(frozen=True, slots=True)
class LibraryView:
    """What the answerer asks of the library: its sources, what it knows, how many there are.

    `mentions` says whether a source's text or metadata holds a name or one of its aliases;
    `known` returns those of some tokens that stand anywhere in the library. `leading` returns
    the units that a question on a status is answered with first, none for other questions.
    `names` are the aliases by which claims are checked.
    """

    source: Callable[[str], Source]
    mentions: Callable[[str, str], bool]
    known: Callable[[Sequence[str]], frozenset[str]]
    leading: Callable[[str], Sequence[Unit]]
    names: Names
    source_count: int

    def metadata(self, source_id: str) -> SourceMetadata:
        """Return a source's bibliographic data."""
        return self.source(source_id).metadata


class Asked(NamedTuple):
    """A question, or a part of one, with the passages that were retrieved for it."""

    question: Question
    terms: Terms
    passages: Sequence[Retrieved]


class Reading(NamedTuple):
    """What the passages hold for a question.

    `candidates` are all units, best first, notes included; `evidence` those that may answer;
    `chance` is the probability that the best of them does. `premise` is what the question
    wrongly takes for granted, None if nothing was found.
    """

    candidates: Sequence[Candidate]
    evidence: Sequence[Candidate]
    chance: float
    premise: Premise | None = None


def extract(
    whole: Asked, parts: Sequence[Asked], library: LibraryView, model: AnswerModel
) -> Answer:
    """Answer a standalone question from the passages retrieved for it and for its parts.

    Args:
        whole: The question.
        parts: What it asks one by one; none where it asks one thing only.
        library: The sources.
        model: The fitted numbers.

    Returns:
        An answer whose every claim is a unit of a source. `answered` says nothing but
        claims; `partial` and `not_found` open with a sentence about the library.
    """
    reading = read(whole, library, model)
    parted = [read(part, library, model) for part in parts]
    chance = max(reading.chance, min((each.chance for each in parted), default=0.0))
    if reading.premise:
        return _correction(whole, reading.premise, library, chance)
    leading = library.leading(whole.question.text)
    verdict: Verdict = "answered" if leading else graded(chance, model.thresholds)
    if verdict == "not_found":
        cited, opening = _not_found(whole.question, whole.terms, reading.candidates, library)
        return _answer([whole, *parts], verdict, cited, chance, opening)
    chosen = _chosen(whole, reading, list(zip(parts, parted, strict=True)), model)
    found = [each.unit for each in chosen]
    if model.demands_form and not leading and not _fits_in_form(whole, chosen, library):
        verdict = "partial"
    is_sure = chance >= model.thresholds.answered
    cited = _cited(_led(whole.question, leading, found, sure=is_sure), whole.question, library)
    opening = PARTIAL_OPENING if verdict == "partial" else ""
    return _answer([whole, *parts], verdict, cited, chance, opening)


def _chosen(
    whole: Asked, reading: Reading, parts: Sequence[tuple[Asked, Reading]], model: AnswerModel
) -> list[Candidate]:
    """Choose what answers the whole question, and first each of its parts that is told."""
    direct = choose(whole.question, whole.terms, reading.evidence, reading.candidates)
    direct = with_cause(whole.question, direct, reading.evidence)
    told = [
        Told(part.question, part.terms, read_of_it.evidence)
        for part, read_of_it in parts
        if read_of_it.chance >= model.thresholds.answered
    ]
    return with_parts(direct, told, all_told=len(told) == len(parts))


def _fits_in_form(asked: Asked, chosen: Sequence[Candidate], library: LibraryView) -> bool:
    units = [each.unit for each in chosen]
    return is_told(asked, units, library) and _has_form(asked.question, chosen)


def _answer(
    asked: Sequence[Asked], verdict: Verdict, cited: Cited, chance: float, opening: str = ""
) -> Answer:
    """Answer the first of what was asked from the passages of all."""
    question = asked[0].question.text
    return Answer(
        question=question,
        standalone_question=question,
        verdict=verdict,
        claims=cited.claims,
        citations=cited.citations,
        opening=opening,
        evidence=_passages_read(asked),
        probability=chance,
    )


def read(asked: Asked, library: LibraryView, model: AnswerModel) -> Reading:
    """Score the units of the passages, and say how likely the best of them answers."""
    scored = with_replies(scored_units(asked.question, asked.terms, asked.passages, model.scoring))
    candidates = _reread(asked, scored, library, model) if model.reader else scored
    evidence = [each for each in candidates if is_evidence(asked.question, each.unit)]
    named = about_the_named(asked.question, originals_first(evidence, library), library)
    if is_of_document(asked.question):
        # "Cat. no. 12" denies nothing, and "for research only" rules no drug out.
        return Reading(candidates, named, _chance(asked, named, library, model))
    premise = false_premise(asked.question, named, library.metadata, library.names)
    fitting = answering_first(
        asked.question, to_the_point(asked.question, named, library.source, library.names)
    )
    missing = _is_said_to_be_missing(asked.question, candidates, fitting)
    chance = 0.0 if missing else _chance(asked, fitting, library, model)
    if is_told_otherwise(asked.question, named, fitting, library.source, library.names):
        chance, fitting = min(chance, model.thresholds.partial), named
    ordered = strongest_of_equals(asked.question, fitting, library.metadata)
    return Reading(candidates, ordered, chance, premise)


def _reread(
    asked: Asked, scored: Sequence[Candidate], library: LibraryView, model: AnswerModel
) -> list[Candidate]:
    """Have those read that are about what is named: no other takes a place among the read."""
    eligible = about_the_named(asked.question, scored, library)
    return reread(asked.question, scored, eligible, asked.passages, model)


def _is_said_to_be_missing(
    question: Question, candidates: Sequence[Candidate], fitting: Sequence[Candidate]
) -> bool:
    """Whether what fits best says that the value is missing, and nothing that fits as well has it.

    What is missing of one drug may be told of the one that is asked about.
    """
    if not candidates or not says_absent(question, candidates[0].unit.text):
        return False
    near = candidates[0].score - ABSENT_MARGIN
    return not any(each.score >= near and brings(question, each.unit.text) for each in fitting[:1])


def _correction(asked: Asked, premise: Premise, library: LibraryView, chance: float) -> Answer:
    """Answer with the words that say otherwise."""
    both_arms = replace(asked.question, compares=True)
    cited = corrected(_cited([premise.unit], both_arms, library))
    answer = _answer([asked], "answered", cited, chance)
    return replace(answer, notices=(premise_notice(premise),))


def is_evidence(question: Question, unit: Unit) -> bool:
    """Whether a unit may answer: no note, reference or question, not that a value is missing."""
    may = unit.kind in {"sentence", "row"} and not is_question(unit)
    return may and not says_absent(question, unit.text)


_ACRONYM = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Za-z][\w-]{3,}(?![\w-])")
"""A name of four letters or more, two of them capitals: HiSCR, UPCR."""


def is_told(asked: Asked, units: Sequence[Unit], library: LibraryView) -> bool:
    """Whether what is named in the question is told at all: its measure, and its kind of figure.

    A percentage is not answered by a statement without one, however near it is; nor is a score
    that no source names.
    """
    names = _ACRONYM.findall(asked.question.text)
    unknown = [name for name in names if not _is_known(name, asked.terms, library)]
    told = (unit.words if unit.cells else unit.text for unit in units)
    return not unknown and any(must_bring(asked.question, each) for each in told)


def _has_form(question: Question, chosen: Sequence[Candidate]) -> bool:
    """Whether a route, a sponsor or a country is told, where one is asked for."""
    return not demands_telling(question) or any(each.features.tells for each in chosen)


def _is_known(name: str, terms: Terms, library: LibraryView) -> bool:
    tokens = tokenize(name)
    others = [token for each in tokens for names in terms.aliases.get(each, ()) for token in names]
    return bool(library.known((*tokens, *others)))


def _led(
    question: Question, leading: Sequence[Unit], chosen: Sequence[Unit], *, sure: bool
) -> list[Unit]:
    """Put how it ended before what was found; what was found for sure keeps a place.

    Where it is asked why, a cause comes before an end without one.
    """
    if not leading:
        return list(chosen)
    direct = chosen[:1] if sure else ()
    led = leading[: MAX_CLAIMS - len(direct)]
    tells_why = any(brings(question, each.text) for each in direct)
    if question.expects == "reason" and tells_why and not brings(question, led[0].text):
        led, direct = direct, led
    units = [*led, *direct]
    return list({(each.source_id, each.start): each for each in units}.values())


def _passages_read(asked: Sequence[Asked]) -> tuple[str, ...]:
    ids = (str(passage.document.id) for each in asked for passage in each.passages)
    return tuple(dict.fromkeys(ids))


PARTIAL_OPENING = "The sources do not answer this directly; these passages come closest."


def _chance(
    asked: Asked, candidates: Sequence[Candidate], library: LibraryView, model: AnswerModel
) -> float:
    """Return the probability that the best unit answers; 0 where there is none."""
    if not candidates:
        return 0.0
    known = library.known(tuple(asked.terms.weights))
    found = signals(asked.question, candidates, asked.terms, known)
    least = OUTRIGHT if is_told_outright(candidates[0]) else 0.0
    return max(least, probability(found, model.verdict))


def about_the_named(
    question: Question, candidates: Sequence[Candidate], library: LibraryView
) -> list[Candidate]:
    """Keep the units whose source speaks of every drug, code and trial that is asked about.

    An answer about another drug or another trial is worse than none. Where no source speaks
    of all drugs, or of all trials ("how many were in A and how many in B?"), those that speak
    of one are kept, if each of the names is spoken of somewhere; so are they where two are
    compared.
    """
    kept = list(candidates)
    for names in by_kind(names_in(question.text)):
        sources = {each.unit.source_id for each in kept}
        fitting = _speaking_of(names, sources, library, compares=question.compares)
        kept = [each for each in kept if each.unit.source_id in fitting]
    return kept


def _speaking_of(
    names: Sequence[str], sources: Set[str], library: LibraryView, *, compares: bool
) -> Set[str]:
    by_name = [{each for each in sources if library.mentions(each, name)} for name in names]
    of_all = set.intersection(*by_name)
    apart = compares and all(by_name)
    return of_all if (of_all and not apart) or not all(by_name) else set.union(*by_name)


def originals_first(candidates: Sequence[Candidate], library: LibraryView) -> list[Candidate]:
    """Prefer the words of a paper to our summary of it, where they say about as much."""
    metadata = {
        each.unit.source_id: library.source(each.unit.source_id).metadata for each in candidates
    }
    originals = {
        key for meta in metadata.values() if meta.text_kind == "original" for key in works_of(meta)
    }

    def is_superseded(candidate: Candidate) -> bool:
        meta = metadata[candidate.unit.source_id]
        return meta.text_kind == "digest" and not originals.isdisjoint(works_of(meta))

    return sorted(
        candidates, key=lambda each: -(each.score - ORIGINAL_MARGIN * is_superseded(each))
    )


def _cited(chosen: Sequence[Unit], question: Question, library: LibraryView) -> Cited:
    return cite(chosen, library.metadata, question, library.names)


def _not_found(
    question: Question,
    terms: Terms,
    candidates: Sequence[Candidate],
    library: LibraryView,
) -> tuple[Cited, str]:
    """Say what was searched, which trials on the topic are known, and a known gap if any."""
    gaps = [each for each in candidates if _is_gap(each, question, terms)]
    opening = f"Not in this library: none of its {library.source_count} sources states this."
    trials = _trials_on_topic(candidates, library)
    if trials:
        opening += f" Trials on the topic, without this value: {', '.join(trials)}."
    return _cited([each.unit for each in gaps[:1]], question, library), opening


def _is_gap(candidate: Candidate, question: Question, terms: Terms) -> bool:
    """Whether a unit says that what is asked is not there, about the same names."""
    said = token_set(candidate.unit.words)
    return (
        (candidate.unit.kind == "note" or says_absent(question, candidate.unit.text))
        and candidate.features.coverage >= NOTE_COVERAGE
        and all(
            terms.holds(said, part) for name in names_in(question.text) for part in token_set(name)
        )
    )


def _trials_on_topic(candidates: Sequence[Candidate], library: LibraryView) -> list[str]:
    """List the trials of the sources that come closest, nearest first."""
    sources = dict.fromkeys(
        each.unit.source_id
        for each in candidates
        if each.features.passage_coverage >= TOPIC_COVERAGE
    )
    trials = (
        trial.trial_id
        for source_id in sources
        for trial in library.source(source_id).metadata.trials
    )
    return list(dict.fromkeys(trials))[:MAX_TRIALS_NAMED]
