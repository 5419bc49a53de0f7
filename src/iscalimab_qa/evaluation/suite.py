"""One run of the suite: questions and settings -> libraries, systems, one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.experiment import Bench, configuration, run
from iscalimab_qa.evaluation.questions import (
    LabelledQuestion,
    Library,
    Split,
    problems,
    read_questions,
)
from iscalimab_qa.evaluation.results import Document, document
from iscalimab_qa.evaluation.summary import judge
from iscalimab_qa.evaluation.systems import Entry, chosen
from iscalimab_qa.index.generation import open_generation
from iscalimab_qa.index.maintenance import update_library
from iscalimab_qa.index.progress import SILENT, Progress
from iscalimab_qa.index.recipe import recipe_of
from iscalimab_qa.settings import Settings, corpus_folders, index_folder, shipped_corpus
from iscalimab_qa.sources.values import Source

QUESTIONS_NAME = "questions.jsonl"
ATTACKS_NAME = "attacks"
"""The folder of hostile documents that lies beside a file of questions."""

SHOWN_PROBLEMS = 5


def shipped_evaluation() -> Path:
    """Return the shipped questions and floors: beside the checkout's, else inside the wheel."""
    checkout = Path(__file__).parents[3] / "eval"
    packaged = Path(__file__).parents[1] / "shipped_eval"
    return checkout if (checkout / QUESTIONS_NAME).is_file() else packaged


def of_split(questions: Sequence[LabelledQuestion], split: Split | None) -> list[LabelledQuestion]:
    """Keep the questions of a split, all of them if None.

    Raises:
        EvaluationError: None is left.
    """
    kept = [question for question in questions if split in (None, question.split)]
    if not kept:
        raise EvaluationError(f"No question is of the split {split!r}. Name another: --split all")
    return kept


@contextmanager
def benches(
    settings: Settings, attacks: Path | None, progress: Progress = SILENT
) -> Iterator[Mapping[Library, Bench]]:
    """Bring the libraries up to date and hold them open.

    Args:
        settings: Of the library that is asked.
        attacks: Hostile documents to put into a second library beside it; None for none.
        progress: Shows the indexing.
    """
    wanted: dict[Library, Settings] = {"plain": settings}
    if attacks is not None:
        wanted["planted"] = _with_planted(settings, attacks)
    with ExitStack() as stack:
        opened: dict[Library, Bench] = {}
        for library, chosen in wanted.items():
            update_library(chosen, progress=progress)
            opened[library] = _opened(chosen, stack)
        yield opened


def _with_planted(settings: Settings, attacks: Path) -> Settings:
    index = settings.index
    return settings.model_copy(
        update={
            "corpus": (*corpus_folders(settings), attacks),
            "index": index.with_name(f"{index.name}-planted") if index else None,
        }
    )


def _opened(settings: Settings, stack: ExitStack) -> Bench:
    recipe = recipe_of(settings)
    generation = open_generation(index_folder(settings), made_by=recipe.made_by)
    return Bench(settings, recipe, stack.enter_context(generation))


def evaluate(
    name: str,
    questions: Sequence[LabelledQuestion],
    entries: Sequence[Entry],
    opened: Mapping[Library, Bench],
    *,
    kept: Path | None = None,
    progress: Progress = SILENT,
) -> Document:
    """Ask, measure, and put everything into one document.

    Args:
        name: What is run, for the file's name.
        questions: What is asked.
        entries: The systems; the first is the one that users have.
        opened: The libraries; see `benches`.
        kept: Where outcomes are kept, so that none is asked for twice; None keeps none.
        progress: Shows how far it is.
    """
    runs = run(entries, questions, opened, kept=kept, progress=progress)
    results = [judge(each, questions, source_of(opened)) for each in runs]
    made_by = [configuration(entry, bench) for entry in entries for bench in opened.values()]
    return document(name, questions, results, made_by)


def source_of(
    opened: Mapping[Library, Bench],
) -> Callable[[LabelledQuestion], Callable[[str], Source]]:
    """Return how to read the sources that a question is asked of."""
    return lambda question: opened[question.library].source


def checked_questions(
    path: Path, split: Split | None, opened: Mapping[Library, Bench]
) -> list[LabelledQuestion]:
    """Read questions and prove their labels.

    Raises:
        EvaluationError: A label does not hold; the message names the first few.
    """
    questions = read_questions(path)
    for question in questions:
        if question.library not in opened:
            raise EvaluationError(
                f"{path.name}, {question.id}: asked of a {question.library!r} library, which needs "
                f"a folder {ATTACKS_NAME!r} of documents beside the questions"
            )
    found = list(problems(questions, source_of(opened)))
    if found:
        shown = "; ".join(f"{each.question_id}: {each.text}" for each in found[:SHOWN_PROBLEMS])
        raise EvaluationError(f"{len(found)} labels in {path.name} do not hold: {shown}")
    return of_split(questions, split)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: questions on a library, by some systems.

    `questions` None means the shipped ones, over the shipped corpus where none is named.
    `systems` empty means all. `kept` is where outcomes are kept; None asks everything anew.
    """

    settings: Settings
    questions: Path | None = None
    split: Split | None = "test"
    systems: Sequence[str] = ()
    kept: Path | None = None

    @property
    def questions_file(self) -> Path:
        """The file of questions, the shipped one if none is named."""
        return self.questions or shipped_evaluation() / QUESTIONS_NAME

    @property
    def name(self) -> str:
        """What is run, for the names of its files."""
        stem = self.questions_file.stem if self.questions else "starting-corpus"
        return f"{stem}-{self.split or 'all'}"

    def carry_out(self, progress: Progress = SILENT) -> Document:
        """Index, prove the labels, ask, measure.

        Raises:
            EvaluationError: The questions cannot be used, or a system does not exist.
        """
        attacks = self.questions_file.parent / ATTACKS_NAME
        entries = chosen(self.systems)
        with benches(
            self._settings(), attacks if attacks.is_dir() else None, progress=progress
        ) as opened:
            questions = checked_questions(self.questions_file, self.split, opened)
            return evaluate(
                self.name, questions, entries, opened, kept=self.kept, progress=progress
            )

    def _settings(self) -> Settings:
        """Name the shipped corpus for the shipped questions; an index of ours may be rebuilt."""
        changed: dict[str, Any] = {}
        if self.questions is None and not self.settings.corpus:
            changed["corpus"] = (shipped_corpus(),)
        if self.settings.index is None:
            changed["on_mismatch"] = "rebuild"
        return self.settings.model_copy(update=changed)
