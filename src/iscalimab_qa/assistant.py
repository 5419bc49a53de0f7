"""The one public object: open a library, ask it, search it.

>>> from iscalimab_qa import Assistant
>>> assistant = Assistant.open()
>>> print(assistant.ask("What is iscalimab?").text)
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from iscalimab_qa.answering.pipeline import Pipeline
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.errors import IndexMissingError, QuestionError
from iscalimab_qa.evidence.trials.programme import programme_beside, programme_line
from iscalimab_qa.index.corpora import corpora
from iscalimab_qa.index.generation import Generation, open_generation
from iscalimab_qa.index.maintenance import update_library
from iscalimab_qa.index.progress import SILENT, Progress
from iscalimab_qa.index.recipe import Recipe, recipe_of
from iscalimab_qa.index.stale import stale_files
from iscalimab_qa.settings import Settings, index_folder, load_settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from iscalimab_qa.answering.checking import CheckedClaim
    from iscalimab_qa.evidence.outcomes.library import OutcomeLibrary
    from iscalimab_qa.evidence.trials.build import TrialRegistry
    from iscalimab_qa.index.report import IndexReport
    from iscalimab_qa.sources.values import Source


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source as `sources` lists it. `tier` None is unclassified."""

    source_id: str
    title: str
    kind: str
    trials: tuple[str, ...]
    tier: int | None
    text_kind: str
    published: str | None
    passages: int
    path: str
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the object of `sources --json`."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return fields | {"trials": list(self.trials), "warnings": list(self.warnings)}


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A passage that was found; `rank` counts from 1, a higher `score` is better."""

    rank: int
    source_id: str
    passage_id: str
    score: float
    text: str
    start: int
    end: int
    section: str

    def as_json(self) -> dict[str, Any]:
        """Return the object of `search --json`."""
        keys = ("rank", "source_id", "passage_id", "score", "text", "start", "end")
        return {name: getattr(self, name) for name in keys}


class Assistant:
    """Answers questions about a library; safe to share between threads.

    It reads the generation that is live when a question comes: what `index`, `add` or
    `remove` published meanwhile shows in the next answer, without opening anew.
    """

    def __init__(self, settings: Settings, recipe: Recipe, generation: Generation) -> None:
        """Wrap an open generation; `Assistant.open` is the way in."""
        self.settings = settings
        self.built: IndexReport | None = None
        """What came of the index that `open` had to build, None if there was one."""
        self._recipe = recipe
        self._lock = threading.Lock()
        self._pipeline = Pipeline(settings, recipe, generation)

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        build: bool = True,
        progress: Progress = SILENT,
        **named: Any,
    ) -> Self:
        """Open the library that the settings name.

        Args:
            settings: What to open; the defaults, configuration file and environment if None.
            build: Whether to build an index where there is none.
            progress: Shows how far the building is.
            **named: Single settings where no `settings` are given, as in
                `Assistant.open(corpus=["papers"])`.

        Raises:
            SettingsError: A setting is unknown or out of bounds.
            IndexMissingError: There is no index, and `build` is False.
            IndexMismatchError: It was made by another encoder or splitter.
            IndexDamagedError: It cannot be read.
            CorpusNotFoundError: It has to be built, and a corpus folder is missing.
        """
        settings = settings or load_settings(**named)
        recipe, folder = recipe_of(settings), index_folder(settings)
        report = None
        try:
            generation = open_generation(folder, made_by=recipe.made_by)
        except IndexMissingError:
            if not build:
                raise
            report = update_library(settings, progress=progress)
            generation = open_generation(folder, made_by=recipe.made_by)
        assistant = cls(settings, recipe, generation)
        assistant.built = report
        return assistant

    def close(self) -> None:
        """Let the library go."""
        self._pipeline.generation.close()

    def __enter__(self) -> Self:
        """Close on leaving the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the library go."""
        self.close()

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
        """Answer a question from the library.

        Args:
            question: At most `settings.answering.max_question_chars` characters.
            history: Earlier turns, oldest first, as `{"role", "content"}`.

        Returns:
            A cited answer; the verdict says whether the library answers at all.

        Raises:
            QuestionError: The question is empty or too long.
        """
        limit = self.settings.answering.max_question_chars
        if not question.strip():
            raise QuestionError("The question is empty. Type one, for example: What is CD40?")
        if len(question) > limit:
            raise QuestionError(f"The question has {len(question)} characters, at most {limit} fit")
        return self._current().ask(question, history)

    def check(self, claim: str) -> CheckedClaim:
        """Hold a statement that somebody else wrote against the library.

        Args:
            claim: One statement, at most `settings.answering.max_question_chars` characters.

        Returns:
            Whether the library supports it, with the words that do or that say otherwise.

        Raises:
            QuestionError: The claim is empty or too long.
        """
        limit = self.settings.answering.max_question_chars
        if not claim.strip():
            raise QuestionError("The claim is empty. Type a sentence to check")
        if len(claim) > limit:
            raise QuestionError(f"The claim has {len(claim)} characters, at most {limit} fit")
        return self._current().check(claim)

    def search(self, query: str, *, k: int = 10) -> list[SearchResult]:
        """Return the `k` best passages, best first; no language model runs."""
        found = self.retriever.invoke(query, k=k)
        return [
            SearchResult(
                rank=rank,
                source_id=document.metadata["source_id"],
                passage_id=str(document.id),
                score=round(float(document.metadata["score"]), 6),
                text=document.page_content,
                start=document.metadata["start"],
                end=document.metadata["end"],
                section=document.metadata["section"],
            )
            for rank, document in enumerate(found, start=1)
        ]

    @property
    def retriever(self) -> BaseRetriever:
        """The hybrid retriever over the live library, for use in any LangChain chain."""
        return self._current().retriever

    def sources(self) -> list[SourceSummary]:
        """List what is in the library, in order of id."""
        return [
            SourceSummary(
                source_id=record.source_id,
                title=record.metadata.title,
                kind=record.metadata.kind,
                trials=tuple(trial.trial_id for trial in record.metadata.trials),
                tier=record.metadata.tier,
                text_kind=record.metadata.text_kind,
                published=record.metadata.published,
                passages=record.passages,
                path=record.path,
                warnings=record.warnings,
            )
            for record in self._current().generation.sources()
        ]

    def source(self, source_id: str) -> Source:
        """Return a source with its full text.

        Raises:
            SourceNotFoundError: There is none of that id.
        """
        return self._current().generation.source(source_id)

    def changed_files(self) -> int:
        """Count the corpus files that changed since they were indexed."""
        return len(stale_files(index_folder(self.settings), corpora(self.settings)))

    @property
    def generation(self) -> str:
        """The name of the library state that is live; every publication has another."""
        return self._current().generation.name

    @property
    def library_date(self) -> str:
        """The day on which the library was last published, ISO 8601."""
        return self._current().generation.manifest.created[:10]

    @property
    def trials(self) -> TrialRegistry:
        """The library's trials and how they ended."""
        return self._current().registry

    @property
    def outcomes(self) -> OutcomeLibrary:
        """The library's outcomes by arm, and where its sources conflict."""
        return self._current().outcomes

    @property
    def programme(self) -> str | None:
        """How the development that the library is about stands, in one line; None if unknown."""
        line = programme_line(self.trials)
        return line.text if line else None

    def programme_beside(self, answers: Iterable[Answer]) -> str | None:
        """How the development that answers are about stands, in one line; None if unknown."""
        for answer in answers:
            question = answer.standalone_question
            if line := programme_beside(question, answer.citations, self.trials):
                return line.text
        return None

    @property
    def source_count(self) -> int:
        """How many sources the library holds."""
        return self._current().generation.manifest.sources

    @property
    def passage_count(self) -> int:
        """How many passages the library holds."""
        return self._current().generation.manifest.passages

    def warm(self) -> None:
        """Load what the first question needs, so that it need not wait."""
        self.retriever.invoke("warm", k=1)
        self._current().warm()

    def _current(self) -> Pipeline:
        """Return a pipeline over the live generation, opening it if a new one was published.

        The one before is not closed: whoever still reads it, in another thread, holds it,
        and it goes with its last reader.
        """
        with self._lock:
            if not self._pipeline.generation.is_current():
                folder = index_folder(self.settings)
                fresh = open_generation(folder, made_by=self._recipe.made_by)
                self._pipeline = Pipeline(self.settings, self._recipe, fresh)
            return self._pipeline
