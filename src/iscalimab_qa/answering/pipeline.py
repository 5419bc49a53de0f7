"""From a standalone question to a cited answer, over one open generation."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from iscalimab_qa.answering.extractive import LibraryView, extract
from iscalimab_qa.answering.model import shipped_model
from iscalimab_qa.answering.question import Question, analyse
from iscalimab_qa.answering.scoring import Retrieved
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.index.generation import Generation
from iscalimab_qa.index.recipe import Recipe
from iscalimab_qa.lexicon import (
    Lexicon,
    learn_abbreviations,
    read_aliases,
    shipped_aliases,
    tokenize,
)
from iscalimab_qa.retrieval import Filters, build_retriever
from iscalimab_qa.settings import Settings
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.sources.values import Source

_CACHED_SOURCES = 512
"""Sources kept in memory: a starting corpus ten times over, or the ones asked about."""


class Pipeline:
    """Retrieval and answering over one generation; safe to share between threads."""

    def __init__(self, settings: Settings, recipe: Recipe, generation: Generation) -> None:
        """Load nothing yet; each part is loaded when it is first asked for."""
        self.generation = generation
        self._settings = settings
        self._recipe = recipe
        self._source = lru_cache(maxsize=_CACHED_SOURCES)(generation.source)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Curated aliases, the user's own, and the abbreviations that the corpus defines."""
        user = self._settings.aliases
        aliases = [*shipped_aliases(), *(read_aliases(user) if user else ())]
        return Lexicon(aliases, learn_abbreviations(self._documents()))

    def _documents(self) -> Iterator[str]:
        """Yield each source's indexed text, its passages joined."""
        passages = self.generation.passages()
        for _, of_source in groupby(passages, key=lambda each: each.metadata["source_id"]):
            yield "\n".join(passage.page_content for passage in of_source)

    @cached_property
    def retriever(self) -> BaseRetriever:
        """The retriever over the generation that the settings describe."""
        embeddings = self._recipe.encoder.embeddings
        return build_retriever(self.generation, embeddings, self.lexicon, self._settings)

    def retrieve(self, question: str, *, filters: Filters | None = None) -> list[Retrieved]:
        """Return the passages that an answer may rest on, best first, with their units."""
        documents = self.retriever.invoke(question, filters=filters)
        return [self._retrieved(document) for document in documents]

    def answer(self, question: str, passages: Sequence[Retrieved]) -> Answer:
        """Answer a standalone question from the passages retrieved for it."""
        asked = analyse(question)
        return extract(asked, self.terms(asked), passages, self.view, shipped_model())

    @cached_property
    def view(self) -> LibraryView:
        """What the answerer may ask of the library."""
        return LibraryView(
            source=self._source,
            mentions=self._mentions,
            known=lambda tokens: frozenset(tokens) & self._document_frequency.keys(),
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
        }

    def _retrieved(self, document: Document) -> Retrieved:
        meta = document.metadata
        around = f"{meta['title']}. {meta['section']}. {document.page_content}"
        units = self.generation.units_for([str(document.id)])
        return Retrieved(document, meta["similarity"], units, around)

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


@lru_cache(maxsize=_CACHED_SOURCES)
def _searchable(source: Source) -> str:
    """Return a source's text with its title and its trials' names, spelt one way."""
    trials = (name for trial in source.metadata.trials for name in (trial.trial_id, *trial.aliases))
    return matching_key("\n".join([source.metadata.title, *trials, source.text]))


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
