"""Answer in the sources' own words: no model writes, so nothing can be invented.

Question -> scored units -> verdict -> chosen units -> cited claims. Each step is a function
of its own module and can be measured and bettered by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from iscalimab_qa.answering.citing import Cited, cite
from iscalimab_qa.answering.model import AnswerModel
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate, Retrieved, scored_units
from iscalimab_qa.answering.selection import choose
from iscalimab_qa.answering.terms import Terms, names_in, token_set
from iscalimab_qa.answering.values import Answer, Verdict
from iscalimab_qa.answering.verdict import graded, probability, signals
from iscalimab_qa.sources.values import Source, SourceMetadata

MAX_TRIALS_NAMED = 5
"""Trials on the topic that a `not_found` names: enough to see, few enough to read."""

TOPIC_COVERAGE = 0.4
"""A passage is on a question's topic when it holds this share of the question's weight."""

ORIGINAL_MARGIN = 1.5
"""How much less a paper's own unit may score than our summary's and still come first."""

NOTE_COVERAGE = 0.6
"""A curator's note about a gap is quoted when it holds this share of the question."""


@dataclass(frozen=True, slots=True)
class LibraryView:
    """What the answerer asks of the library: its sources, what it knows, how many there are.

    `mentions` says whether a source's text or metadata holds a name or one of its aliases;
    `known` returns those of some tokens that stand anywhere in the library.
    """

    source: Callable[[str], Source]
    mentions: Callable[[str, str], bool]
    known: Callable[[Sequence[str]], frozenset[str]]
    source_count: int


def extract(
    question: Question,
    terms: Terms,
    passages: Sequence[Retrieved],
    library: LibraryView,
    model: AnswerModel,
) -> Answer:
    """Answer a standalone question from the passages retrieved for it.

    Returns:
        An answer whose every claim is a unit of a source. `answered` says nothing but
        claims; `partial` and `not_found` open with a sentence about the library.
    """
    candidates = scored_units(question, terms, passages, model.scoring)
    evidence = [each for each in candidates if each.unit.kind in {"sentence", "row"}]
    evidence = originals_first(evidence, library)
    named = about_the_named(question, evidence, library)
    verdict = _verdict(named, terms, library, model)
    if verdict == "not_found":
        return _not_found(question, terms, candidates, library)
    cited = _cited(choose(question, terms, named), question, library)
    opening = PARTIAL_OPENING if verdict == "partial" else ""
    return _answer(question, verdict, cited, opening, passages)


PARTIAL_OPENING = "The sources do not answer this directly; these passages come closest."


def _verdict(
    candidates: Sequence[Candidate], terms: Terms, library: LibraryView, model: AnswerModel
) -> Verdict:
    if not candidates:
        return "not_found"
    known = library.known(tuple(terms.weights))
    found = signals(candidates, terms, known)
    return graded(probability(found, model.verdict), model.thresholds)


def about_the_named(
    question: Question, candidates: Sequence[Candidate], library: LibraryView
) -> list[Candidate]:
    """Keep the units whose source speaks of every drug, code and trial that is asked about.

    An answer about another drug or another trial is worse than none.
    """
    names = names_in(question.text)
    fitting: Mapping[str, bool] = {
        source_id: all(library.mentions(source_id, name) for name in names)
        for source_id in {each.unit.source_id for each in candidates}
    }
    return [each for each in candidates if fitting[each.unit.source_id]]


def originals_first(candidates: Sequence[Candidate], library: LibraryView) -> list[Candidate]:
    """Prefer the words of a paper to our summary of it, where they say about as much."""
    metadata = {
        each.unit.source_id: library.source(each.unit.source_id).metadata for each in candidates
    }
    originals = {
        key for meta in metadata.values() if meta.text_kind == "original" for key in _work(meta)
    }

    def is_superseded(candidate: Candidate) -> bool:
        meta = metadata[candidate.unit.source_id]
        return meta.text_kind == "digest" and not originals.isdisjoint(_work(meta))

    return sorted(
        candidates, key=lambda each: -(each.score - ORIGINAL_MARGIN * is_superseded(each))
    )


def _work(metadata: SourceMetadata) -> set[tuple[str, str]]:
    """Name the work behind a source: by DOI, by PMID, by both."""
    known = {"doi": metadata.doi, "pmid": metadata.pmid}
    return {(kind, value.lower()) for kind, value in known.items() if value}


def _cited(chosen: Sequence[Candidate], question: Question, library: LibraryView) -> Cited:
    metadata = [library.source(each.unit.source_id).metadata for each in chosen]
    return cite(chosen, metadata, question)


def _not_found(
    question: Question,
    terms: Terms,
    candidates: Sequence[Candidate],
    library: LibraryView,
) -> Answer:
    """Say what was searched, which trials on the topic are known, and a known gap if any."""
    gaps = [each for each in candidates if _is_gap(each, question, terms)]
    cited = _cited(gaps[:1], question, library)
    opening = f"Not in this library: none of its {library.source_count} sources states this."
    trials = _trials_on_topic(candidates, library)
    if trials:
        opening += f" Trials on the topic, without this value: {', '.join(trials)}."
    return _answer(question, "not_found", cited, opening, ())


def _is_gap(candidate: Candidate, question: Question, terms: Terms) -> bool:
    """Whether a unit is a curator's note about what is asked, and about the same names."""
    said = token_set(candidate.unit.words)
    return (
        candidate.unit.kind == "note"
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


def _answer(
    question: Question,
    verdict: Verdict,
    cited: Cited,
    opening: str,
    passages: Sequence[Retrieved],
) -> Answer:
    return Answer(
        question=question.text,
        standalone_question=question.text,
        verdict=verdict,
        claims=cited.claims,
        citations=cited.citations,
        opening=opening,
        evidence=tuple(str(passage.document.id) for passage in passages),
    )
