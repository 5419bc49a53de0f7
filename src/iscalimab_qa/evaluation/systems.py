"""The systems that are measured: ours, ours without each of its parts, and the alternatives.

Every one answers the same questions over the same generation, so that a difference is a
difference of method. None of them sees a label.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray

from iscalimab_qa.answering.model import shipped_model
from iscalimab_qa.answering.pipeline import Pipeline
from iscalimab_qa.answering.scoring import Retrieved
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.answering.verdict import Thresholds
from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.outcomes import Cited, Outcome, Place, Said
from iscalimab_qa.evaluation.questions import LabelledQuestion, history_of
from iscalimab_qa.evaluation.textbook import Textbook
from iscalimab_qa.index.generation import Generation
from iscalimab_qa.index.recipe import Recipe
from iscalimab_qa.lexicon import Lexicon
from iscalimab_qa.retrieval.retrievers import HybridRetriever, Request, Scored
from iscalimab_qa.settings import Settings
from iscalimab_qa.units import Unit

FULL = "full system"


class System(Protocol):
    """Something that answers questions."""

    def reply(self, question: LabelledQuestion) -> Outcome:
        """Answer one question."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A system under test: what reports call it, what it is, and how to open it."""

    name: str
    what: str
    build: Callable[[Settings, Recipe, Generation], System]


@dataclass(frozen=True, slots=True)
class Ours:
    """Our pipeline, or a variant of it."""

    pipeline: Pipeline

    def reply(self, question: LabelledQuestion) -> Outcome:
        """Answer one question, its earlier turns included."""
        return outcome_of(question.id, self.pipeline.ask(question.question, history_of(question)))


def outcome_of(question_id: str, answer: Answer) -> Outcome:
    """Keep of an answer what the measures look at."""
    return Outcome(
        question_id=question_id,
        verdict=answer.verdict,
        text=answer.text,
        claims=tuple(
            Said(claim.text, claim.citations, claim.checks.figures == "derived")
            for claim in answer.claims
        ),
        citations=tuple(
            Cited(each.marker, Place(each.source_id, each.start, each.end), each.quote, each.words)
            for each in answer.citations
        ),
        notices=tuple(notice.kind for notice in answer.notices),
        found=tuple(map(_place, answer.evidence)),
        standalone=answer.standalone_question,
        probability=answer.probability,
        milliseconds=answer.timings.total_ms,
    )


def _place(passage_id: str) -> Place:
    source_id, _, offsets = passage_id.rpartition("#")
    start, end = offsets.split("-")
    return Place(source_id, int(start), int(end))


# --- our pipeline, with one thing changed ---------------------------------------------


class WithoutAliases(Pipeline):
    """Looks for the question's own words only."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """No other names, curated or learnt."""
        return Lexicon()


class WholePassages(Pipeline):
    """Quotes passages: a passage is one unit, however many statements it makes."""

    def _retrieved(self, document: Document, asked: NDArray[np.float32]) -> Retrieved:
        found = super()._retrieved(document, asked)
        meta, text = document.metadata, document.page_content
        kinds = {unit.kind for unit in found.units}
        kind = next(iter(kinds)) if len(kinds) == 1 else "sentence"
        whole = Unit(meta["source_id"], meta["start"], meta["end"], text, text, kind)
        return found._replace(units=[whole], unit_similarities=[found.similarity])

    def _leading(self, question: str) -> Sequence[Unit]:  # noqa: ARG002 (fixed signature)
        return ()


RANK_DAMPING = 60
"""k of reciprocal rank fusion, as in its paper."""


class ReciprocalRanks(HybridRetriever):
    """Fuses ranks instead of scores (Cormack et al., SIGIR 2009)."""

    def _scored(self, request: Request) -> Scored:
        scored = super()._scored(request)
        lexical = scored.parts["lexical"]
        # A passage without a word of the question has no place in the ranking by words; among
        # those the order of their ids would decide.
        by_words = np.where(lexical > 0, _reciprocal_ranks(lexical), 0.0)
        fused = _reciprocal_ranks(scored.parts["similarity"]) + by_words
        return Scored(scored.rows, fused, scored.parts)


def _reciprocal_ranks(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return 1 / (k + rank) of each score, the best at rank 1; of equal ones the first first."""
    ranks = 1 + np.argsort(np.argsort(-scores, kind="stable"))
    return np.asarray(1.0 / (RANK_DAMPING + ranks))


class FusedByRank(Pipeline):
    """Retrieves by reciprocal ranks."""

    @cached_property
    def retriever(self) -> BaseRetriever:
        """The same two rankings, put together by rank."""
        ours = super().retriever
        if not isinstance(ours, HybridRetriever):  # a reranker stands before it
            return ours
        return ReciprocalRanks(**{name: getattr(ours, name) for name in type(ours).model_fields})


def _weighing(dense_weight: float) -> Callable[[Settings, Recipe, Generation], System]:
    def build(settings: Settings, recipe: Recipe, generation: Generation) -> System:
        changed = settings.retrieval.model_copy(update={"dense_weight": dense_weight})
        chosen = settings.model_copy(update={"retrieval": changed})
        return Ours(Pipeline(chosen, recipe, generation))

    return build


def _without_reader(settings: Settings, recipe: Recipe, generation: Generation) -> System:
    changed = settings.answering.model_copy(update={"reader": False})
    return Ours(Pipeline(settings.model_copy(update={"answering": changed}), recipe, generation))


def _of(kind: type[Pipeline]) -> Callable[[Settings, Recipe, Generation], System]:
    return lambda settings, recipe, generation: Ours(kind(settings, recipe, generation))


def _never_refusing(settings: Settings, recipe: Recipe, generation: Generation) -> System:
    thresholds = Thresholds(answered=0.0, partial=0.0)
    shipped = shipped_model(reads=settings.answering.reader)
    model = replace(shipped, thresholds=thresholds, demands_form=False)
    return Ours(Pipeline(settings, recipe, generation, model=model))


# --- the alternatives -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextbookReply:
    """The textbook pipeline, which says what it finds and never refuses."""

    textbook: Textbook
    sentences: bool

    def reply(self, question: LabelledQuestion) -> Outcome:
        """Say the nearest chunk, or the nearest sentence of the nearest chunks."""
        answer = self.textbook.answer(question.question, sentence=self.sentences)
        cited = Cited(1, answer.place, answer.text, answer.text)
        return Outcome(
            question_id=question.id,
            verdict="answered",
            text=answer.text,
            claims=(Said(answer.text, (1,)),),
            citations=(cited,),
            found=tuple(answer.found),
            standalone=question.question,
            milliseconds=answer.milliseconds,
        )


def _textbook(*, sentences: bool) -> Callable[[Settings, Recipe, Generation], System]:
    def build(_: Settings, recipe: Recipe, generation: Generation) -> System:
        ids = [each.source_id for each in generation.sources()]
        texts = {source_id: generation.source(source_id).text for source_id in ids}
        return TextbookReply(Textbook(texts, recipe.encoder.embeddings), sentences)

    return build


ENTRIES: Sequence[Entry] = (
    Entry(FULL, "what `ask` does", _of(Pipeline)),
    Entry("BM25 alone", "our answerer over words only", _weighing(0.0)),
    Entry("dense alone", "our answerer over vectors only", _weighing(1.0)),
    Entry("textbook, top chunk", "LangChain: 1000/200 chunks, dense", _textbook(sentences=False)),
    Entry(
        "textbook, best sentence", "the nearest sentence of its chunks", _textbook(sentences=True)
    ),
    Entry("without aliases", "no other names, curated or learnt", _of(WithoutAliases)),
    Entry("fusion by rank", "reciprocal ranks for stretched scores", _of(FusedByRank)),
    Entry("without reader", "rules and likeness alone weigh the units", _without_reader),
    Entry("without units", "whole passages are quoted", _of(WholePassages)),
    Entry("without abstention", "whatever is found counts as answer", _never_refusing),
)
"""In the order of reports; the first is the one that users have."""


def chosen(names: Sequence[str]) -> Sequence[Entry]:
    """Return the entries of these names, all of them if none is named.

    Raises:
        EvaluationError: There is no system of a name.
    """
    known: Mapping[str, Entry] = {entry.name: entry for entry in ENTRIES}
    for name in names:
        if name not in known:
            raise EvaluationError(f"There is no system {name!r}. Known: {', '.join(known)}")
    return [known[name] for name in names] if names else ENTRIES
