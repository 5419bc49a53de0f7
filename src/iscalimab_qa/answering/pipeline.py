"""From a standalone question to a cited answer, over one open generation."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray

from iscalimab_qa.answering.advice import asks_for_advice, without_advice
from iscalimab_qa.answering.agreement import with_agreement
from iscalimab_qa.answering.arm_sizes import arm_sizes
from iscalimab_qa.answering.beside import Sides
from iscalimab_qa.answering.checking import CheckedClaim, check_units
from iscalimab_qa.answering.computing import compared_or_computed, naming_what_is_missing
from iscalimab_qa.answering.extractive import Asked, LibraryView, extract
from iscalimab_qa.answering.holding import Library
from iscalimab_qa.answering.imprint import with_imprints
from iscalimab_qa.answering.listing import listed
from iscalimab_qa.answering.model import AnswerModel, shipped_model
from iscalimab_qa.answering.named import own_sources, passages_of_named, spoken, tokens_about
from iscalimab_qa.answering.noticing import with_notices
from iscalimab_qa.answering.ordering import is_task, refused, told_of_order
from iscalimab_qa.answering.parts import parts_of
from iscalimab_qa.answering.premise import denying
from iscalimab_qa.answering.question import Question, analyse
from iscalimab_qa.answering.remarking import with_remarks
from iscalimab_qa.answering.scoring import Retrieved, scored_units
from iscalimab_qa.answering.set_aside import SetAside, set_aside_in, with_set_aside
from iscalimab_qa.answering.sought import sought_in
from iscalimab_qa.answering.spelling import Speller, WordLists, with_spelling
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.answering.topic import topic_of
from iscalimab_qa.answering.values import Answer, Timings
from iscalimab_qa.evidence.naming.learnt_drugs import learnt_drugs
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.outcomes.conflicts import Conflict
from iscalimab_qa.evidence.outcomes.library import OutcomeLibrary, outcome_library
from iscalimab_qa.evidence.trials.build import TrialRegistry, build_registry
from iscalimab_qa.evidence.trials.ended import status_units
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.index.generation import Generation
from iscalimab_qa.index.recipe import Recipe
from iscalimab_qa.lexicon import AliasGroup, Lexicon, read_aliases, shipped_aliases, tokenize
from iscalimab_qa.lexicon.aliases import EXACT_KINDS
from iscalimab_qa.reader import Statement
from iscalimab_qa.retrieval import Filters, build_retriever
from iscalimab_qa.settings import Settings
from iscalimab_qa.sources.bare_question import without_orders
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.sources.orders import order_in
from iscalimab_qa.sources.suspicion import believable_text
from iscalimab_qa.sources.values import Source
from iscalimab_qa.standalone import standalone_question
from iscalimab_qa.units import Unit

ON_STATUS = frozenset({"status"})
"""Topics whose answers lead with how it ended."""

_CACHED_SOURCES = 512
"""Sources kept in memory: a starting corpus ten times over, or the ones asked about."""

_CACHED_TURNS = 256
"""Turns whose nearest units are kept: a conversation's earlier turns are read anew at each."""


class Pipeline:
    """Retrieval and answering over one generation; safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        recipe: Recipe,
        generation: Generation,
        *,
        model: AnswerModel | None = None,
    ) -> None:
        """Load nothing yet; each part is loaded when it is first asked for.

        Args:
            settings: Read for `retrieval`, `answering`, `aliases` and `offline`.
            recipe: Names the encoder that made the generation.
            generation: What is asked.
            model: The fitted numbers; the shipped ones by default.
        """
        self.generation = generation
        self._model = model or shipped_model(reads=settings.answering.reader)
        self._settings = settings
        self._recipe = recipe
        self._source = lru_cache(maxsize=_CACHED_SOURCES)(generation.source)
        self._about = lru_cache(maxsize=_CACHED_SOURCES)(self._tokens_about)

    @cached_property
    def _aliases(self) -> tuple[AliasGroup, ...]:
        """The curated aliases, the user's own, and the codes and brands that the corpus tells."""
        user = self._settings.aliases
        known = (*shipped_aliases(), *(read_aliases(user) if user else ()))
        return (*known, *learnt_drugs(known, (source.text for source in self._sources)))

    @cached_property
    def lexicon(self) -> Lexicon:
        """Curated aliases, the user's own, and the abbreviations that the corpus defines."""
        return Lexicon(self._aliases, self.generation.abbreviations)

    @cached_property
    def names(self) -> Names:
        """The aliases by which claims are held against what they cite."""
        return Names(self._aliases)

    @cached_property
    def registry(self) -> TrialRegistry:
        """The library's trials and how they ended."""
        return build_registry(self._sources, aliases=self._aliases)

    @cached_property
    def outcomes(self) -> OutcomeLibrary:
        """The library's outcomes by arm, and where its sources conflict."""
        return outcome_library(self._sources, self.registry, self._aliases)

    def _conflicts(self, citations: Sequence[Citation]) -> Sequence[Conflict]:
        """Find what conflicts about the trials that an answer cites.

        Only their sources are read: reading the whole library for it takes seconds at ten
        thousand passages.
        """
        trials = (trial for cited in citations for trial in self.registry.trials_of(cited))
        sources = (self._sources_of_trial.get(trial.trial_id, ()) for trial in trials)
        return self._conflicts_among(frozenset(chain.from_iterable(sources)))

    @cached_property
    def _sources_of_trial(self) -> Mapping[str, Sequence[str]]:
        """Which sources each trial stands in, by its id."""
        found: dict[str, list[str]] = {}
        for record in self.generation.sources():
            for trial in self.registry.of_source(record.source_id):
                found.setdefault(trial.trial_id, []).append(record.source_id)
        return found

    @cached_property
    def _conflicts_among(self) -> Callable[[frozenset[str]], Sequence[Conflict]]:
        def among(source_ids: frozenset[str]) -> Sequence[Conflict]:
            sources = [_believable(self._source(each)) for each in sorted(source_ids)]
            return outcome_library(sources, self.registry, self._aliases).conflicts

        return lru_cache(maxsize=_CACHED_SOURCES)(among)

    @cached_property
    def _sources(self) -> list[Source]:
        return [_believable(self._source(each.source_id)) for each in self.generation.sources()]

    def _leading(self, question: str) -> Sequence[Unit]:
        """Return what is said of a status, for questions that ask for one."""
        if topic_of(question) not in ON_STATUS:
            return ()
        return status_units(question, self.registry)

    @cached_property
    def retriever(self) -> BaseRetriever:
        """The retriever over the generation that the settings describe."""
        embeddings = self._recipe.encoder.embeddings
        return build_retriever(self.generation, embeddings, self.lexicon, self._settings)

    def warm(self) -> None:
        """Load the reader, if there is one, so that the first question need not wait."""
        if self._model.reader:
            self._model.reader.log_odds("warm", [Statement("warm", "warm")])

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
        """Make the question stand alone, retrieve for it, answer it, and take the time."""
        started = time.perf_counter()
        limit = self._settings.answering.max_question_chars
        order = order_in(question)
        bare = "" if is_task(question) else without_orders(question) if order else question
        completed = standalone_question(bare, history, self._units_near) if bare.strip() else ""
        spelt = self.speller.mended(completed[:limit])
        standalone = spelt.text
        passages = self.retrieve(standalone) if standalone.strip() else []
        retrieved = time.perf_counter()
        answer = with_spelling(self.answer(standalone, passages), spelt)
        if asks_for_advice(standalone):
            answer = without_advice(answer)
        if not bare.strip() and question.strip():
            answer = refused(question)
        elif order:
            answer = told_of_order(answer)
        done = time.perf_counter()
        timings = Timings(
            retrieve_ms=1000 * (retrieved - started),
            answer_ms=1000 * (done - retrieved),
            total_ms=1000 * (done - started),
        )
        return replace(
            answer,
            question=question,
            standalone_question=standalone or question,
            timings=timings,
            provenance=self.provenance,
        )

    @cached_property
    def _units_near(self) -> Callable[[str], Sequence[Unit]]:
        """What a follow-up's words stand beside; the turns of a conversation ask it anew."""

        def near(question: str) -> Sequence[Unit]:
            return [unit for passage in self.retrieve(question) for unit in passage.units]

        return lru_cache(maxsize=_CACHED_TURNS)(near)

    @cached_property
    def speller(self) -> Speller:
        """What writes a question in the library's words."""
        said = [group for group in self._aliases if group.kind not in EXACT_KINDS]
        return Speller(
            WordLists(
                known=self._document_frequency.keys(),
                counts=lambda: self.generation.word_counts,
                names=lambda: (*self.lexicon.names("drug"), *self.lexicon.names("trial")),
                phrases=lambda: [name for group in said for name in (*group.says, *group.means)],
                common=self._recipe.encoder.common_words,
            )
        )

    def retrieve(self, question: str, *, filters: Filters | None = None) -> list[Retrieved]:
        """Return the passages that an answer may rest on, best first, with their units."""
        analysed = analyse(question)
        sought = sought_in(analysed)
        query = f"{question} {sought.query}" if sought else question
        documents = self.retriever.invoke(query, filters=filters)
        if filters is None:
            own = own_sources(question, self.registry)
            documents += passages_of_named(query, own, documents, self.retriever)
        vector = self._recipe.encoder.embeddings.embed_query(spoken(query))
        asked = np.array(vector, dtype=np.float32)
        found = [self._retrieved(document, asked) for document in documents]

        def similarities(texts: Sequence[str]) -> NDArray[np.float32]:
            vectors = self._recipe.encoder.embeddings.embed_documents(list(texts))
            return np.array(vectors, dtype=np.float32) @ asked

        return with_imprints(analysed, found, self._source, similarities)

    def answer(self, question: str, passages: Sequence[Retrieved]) -> Answer:
        """Answer a standalone question from the passages retrieved for it."""
        whole = self._asked(question, passages)
        listing = listed(whole, self._sides)
        sized = listing or arm_sizes(whole, self._sides)
        answer = sized or compared_or_computed(whole, self._sides) or self._extracted(whole)
        answer = naming_what_is_missing(answer, self._sides)
        answer = with_remarks(answer, self.view.metadata, self.names)
        answer = with_notices(answer, self.registry, self._conflicts, self.view.metadata)
        answer = denying(answer, self._library, self._nearest)
        answer = answer if listing else with_agreement(answer, whole, self._sides)
        return with_set_aside(answer, whole.terms, self._set_aside)

    @cached_property
    def _set_aside(self) -> tuple[SetAside, ...]:
        """What was quarantined; only sources that were warned of can hold such a passage."""
        warned = (each.source_id for each in self.generation.sources() if each.warnings)
        return set_aside_in(self.generation.source(source_id) for source_id in warned)

    def _extracted(self, whole: Asked) -> Answer:
        parts = parts_of(whole.question.text)
        asked = [self._asked(part, self.retrieve(part)) for part in parts if len(parts) > 1]
        return extract(whole, asked, self.view, self._model)

    @cached_property
    def _sides(self) -> Sides:
        """What finds the evidence for one side of a comparison."""

        def ask(question: str, query: str) -> Asked:
            return self._asked(question, self.retrieve(query))

        return Sides(self.view, self.registry, self._model, ask)

    def check(self, claim: str) -> CheckedClaim:
        """Hold a claim against the units that come nearest to it."""
        return check_units(claim, self._nearest(claim), self._library)

    def _nearest(self, statement: str) -> list[Unit]:
        """Return the units that come nearest to a statement, best first."""
        asked = self._asked(statement, self.retrieve(statement))
        found = scored_units(asked.question, asked.terms, asked.passages, self._model.scoring)
        return [each.unit for each in found]

    @cached_property
    def _library(self) -> Library:
        """What statements are held against."""
        return Library(self.view.metadata, self.names, self.registry)

    def _asked(self, question: str, passages: Sequence[Retrieved]) -> Asked:
        analysed = analyse(question)
        return Asked(analysed, self.terms(analysed), passages)

    @cached_property
    def view(self) -> LibraryView:
        """What the answerer may ask of the library."""
        return LibraryView(
            source=self._source,
            mentions=self._mentions,
            known=lambda tokens: frozenset(tokens) & self._document_frequency.keys(),
            leading=self._leading,
            names=self.names,
            source_count=self.generation.manifest.sources,
        )

    @cached_property
    def provenance(self) -> dict[str, str]:
        """What an answer was made with: generation, library state, encoder, settings."""
        made_by = self.generation.manifest.made_by
        return {
            "generation": self.generation.name,
            "library_state": self.generation.manifest.state,
            "library_date": self.generation.manifest.created[:10],
            "encoder": made_by.encoder,
            "splitter": made_by.splitter,
            "tokenizer": made_by.tokenizer,
            "retrieval": self._settings.retrieval.model_dump_json(),
            "answering": self._settings.answering.model_dump_json(),
        }

    def _retrieved(self, document: Document, asked: NDArray[np.float32]) -> Retrieved:
        meta = document.metadata
        around = f"{meta['title']}. {meta['section']}. {document.page_content}"
        units = self.generation.units_for([str(document.id)])
        similarities = self.generation.unit_vectors(units) @ asked
        about = self._about(meta["source_id"])
        return Retrieved(document, meta["similarity"], units, around, similarities.tolist(), about)

    def _tokens_about(self, source_id: str) -> frozenset[str]:
        return tokens_about(self.view.metadata(source_id), source_id, self.registry)

    def terms(self, question: Question) -> Terms:
        """Weigh a question's tokens by their rarity, and note their other names."""
        aliases: dict[str, list[frozenset[str]]] = {}
        for concept in self.lexicon.expand(question.text).concepts:
            others = [frozenset(tokenize(other.term)) for other in concept.alternatives]
            for token in tokenize(concept.written):
                aliases.setdefault(token, []).extend(filter(None, others))
        weights = {term: self._weight(term) for term in question.terms}
        return Terms(weights, {token: tuple(names) for token, names in aliases.items()})

    def _weight(self, token: str) -> float:
        """Return a token's inverse document frequency over passages (Robertson, 2004)."""
        n, df = len(self.generation.ids), self._document_frequency.get(token, 0)
        return math.log(1 + (n - df + 0.5) / (df + 0.5))

    @cached_property
    def _document_frequency(self) -> dict[str, int]:
        """In how many passages each token stands, read off the lexical index."""
        index = self.generation.bm25
        if index is None:
            return {}
        starts = index.scores["indptr"]
        return {
            token: int(starts[column + 1] - starts[column])
            for token, column in index.vocab_dict.items()
            if column + 1 < len(starts)
        }

    def _mentions(self, source_id: str, name: str) -> bool:
        """Whether a source's text or metadata holds a name or another name of the same."""
        names = {name, *(other.term for other in self.lexicon.expand(name).added)}
        keyed = _searchable(self._source(source_id))
        return any(_stands_in(matching_key(each), keyed) for each in names)


def _believable(source: Source) -> Source:
    """Blank what was quarantined; every offset stays."""
    return replace(source, text=believable_text(source))


@lru_cache(maxsize=_CACHED_SOURCES)
def _searchable(source: Source) -> str:
    """Return a source's text with its title and its trials' names, spelt one way."""
    trials = (name for trial in source.metadata.trials for name in (trial.trial_id, *trial.aliases))
    return matching_key("\n".join([source.metadata.title, *trials, believable_text(source)]))


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
