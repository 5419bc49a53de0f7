"""Ask every system every question, once: what was asked before is kept and not asked again.

An outcome is kept under a hash of all that made it: the code, the system, the library's state
and the question. A run that was broken off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from iscalimab_qa.evaluation.kept import Kept
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import LabelledQuestion, Library
from iscalimab_qa.evaluation.systems import Entry, System
from iscalimab_qa.index.generation import Generation
from iscalimab_qa.index.progress import SILENT, Progress
from iscalimab_qa.index.recipe import Recipe
from iscalimab_qa.settings import Settings
from iscalimab_qa.sources.values import Source


@dataclass(frozen=True, slots=True)
class Bench:
    """A library on which systems are measured."""

    settings: Settings
    recipe: Recipe
    generation: Generation

    @property
    def source(self) -> Callable[[str], Source]:
        """Return a source by its id."""
        return self.generation.source


@dataclass(frozen=True, slots=True)
class Run:
    """What one system said to every question, in the questions' order."""

    entry: Entry
    outcomes: Sequence[Outcome]


def run(
    entries: Sequence[Entry],
    questions: Sequence[LabelledQuestion],
    benches: Mapping[Library, Bench],
    *,
    kept: Path | None = None,
    progress: Progress = SILENT,
) -> list[Run]:
    """Ask every system every question.

    Args:
        entries: The systems.
        questions: Each asked of the library that it names.
        benches: The libraries.
        kept: A folder where outcomes are kept; None keeps nothing and asks everything anew.
        progress: Shows how far it is.

    Returns:
        One run a system, in the order of the entries.
    """
    runs = []
    for entry in entries:
        with progress.phase(entry.name, len(questions)) as step:
            runs.append(Run(entry, list(_asked(entry, questions, benches, kept, step))))
    return runs


def _asked(
    entry: Entry,
    questions: Sequence[LabelledQuestion],
    benches: Mapping[Library, Bench],
    kept: Path | None,
    step: Callable[[int], None],
) -> Iterator[Outcome]:
    systems: dict[Library, System] = {}
    with ExitStack() as stack:
        stores = {
            library: stack.enter_context(_store(kept, configuration(entry, bench)))
            for library, bench in benches.items()
        }
        for question in questions:
            store, bench = stores[question.library], benches[question.library]
            stored = store.find(_key(question))
            if stored is None:
                if question.library not in systems:
                    systems[question.library] = _warmed(entry, bench)
                outcome = systems[question.library].reply(question)
                store.keep(_key(question), outcome.as_json())
            else:
                outcome = Outcome.from_json(stored)
            step(1)
            yield outcome


def _store(folder: Path | None, made_by: Mapping[str, str]) -> Kept:
    """Return where the outcomes of one configuration are kept, nowhere if no folder is named."""
    return Kept(folder / f"{sha12(made_by)}.jsonl" if folder else None)


def _warmed(entry: Entry, bench: Bench) -> System:
    """Open a system and ask it something, so that no question pays for the loading."""
    system = entry.build(bench.settings, bench.recipe, bench.generation)
    system.reply(LabelledQuestion(id="warm", question="warm", expected="not_found"))
    return system


def configuration(entry: Entry, bench: Bench) -> Mapping[str, str]:
    """Return all that decides what a system says to a question."""
    return {
        "system": entry.name,
        "code": code_digest(),
        "library": bench.generation.manifest.state,
        "encoder": bench.recipe.made_by.encoder,
        "splitter": bench.recipe.made_by.splitter,
        "retrieval": bench.settings.retrieval.model_dump_json(),
        "answering": bench.settings.answering.model_dump_json(),
        "aliases": _digest_of(bench.settings.aliases),
    }


def _digest_of(path: Path | None) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


_NO_PART = ("cli/", "web/", "evaluation/")
_YET_PART = ("evaluation/systems.py", "evaluation/textbook.py", "evaluation/outcomes.py")


@cache
def code_digest() -> str:
    """Hash what decides an answer: code, fitted numbers, word lists; the faces do not."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        decides = not name.startswith(_NO_PART) or name in _YET_PART
        if decides and path.suffix in {".py", ".json", ".toml", ".onnx"} and path.is_file():
            digest.update(name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def sha12(value: object) -> str:
    """Name a configuration: the first twelve digits of the SHA-256 of its JSON."""
    text = json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _key(question: LabelledQuestion) -> str:
    """Name what is asked; a label that was corrected asks nothing anew."""
    return sha12(
        [question.id, question.question, [[turn.role, turn.content] for turn in question.history]]
    )


def _ends_whole(path: Path) -> bool:
    text = path.read_bytes()
    return not text or text.endswith(b"\n")
