"""The index under `kill -9`: what was live stays live and whole, and the next run completes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from index_support import make_recipe

from iscalimab_qa.index.generation import open_generation
from iscalimab_qa.index.layout import Layout
from iscalimab_qa.index.update import update_index

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from conftest import Shelf
    from iscalimab_qa.encoder import Encoder

STEPS = [
    "library-written",
    "embedded",
    "generation-written",
    "verified",
    "before-switch",
    "after-switch",
]
QUESTIONS = ("Did the score fall?", "Which finding is number 7?")
WORDS = ["find", "7", "score"]


class Answers(NamedTuple):
    """All that a question can get out of an index: ids and scores of each of its parts."""

    sources: tuple[str, ...]
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    exact: tuple[tuple[float, ...], ...]
    lexical: tuple[float, ...]
    chroma: tuple[tuple[str, ...], ...]


def answers(index_dir: Path, embeddings: Embeddings) -> Answers:
    with open_generation(index_dir) as generation:
        vectors = [embeddings.embed_query(question) for question in QUESTIONS]
        assert generation.bm25 is not None
        store = generation.chroma(embeddings)
        return Answers(
            sources=tuple(source.source_id for source in generation.sources()),
            ids=generation.ids,
            texts=tuple(passage.page_content for passage in generation.passages()),
            exact=tuple(tuple((generation.vectors @ vector).tolist()) for vector in vectors),
            lexical=tuple(generation.bm25.get_scores(WORDS).tolist()),
            chroma=tuple(
                tuple(str(hit.id) for hit in store.similarity_search_by_vector(vector, k=5))
                for vector in vectors
            ),
        )


def assert_is_one_of(found: Answers, *states: Answers) -> None:
    """Say which part of an index is of neither state, where a whole comparison would not."""
    differing = [
        [part for part in found._fields if getattr(found, part) != getattr(state, part)]
        for state in states
    ]
    assert [] in differing, f"the index differs from each known state in {differing}"


def start_child(shelf: Shelf, encoder: str, step: str = "-") -> subprocess.Popen[bytes]:
    support = Path(__file__).parent
    child = subprocess.Popen(
        [
            sys.executable,
            str(support / "kill_child.py"),
            str(shelf.index_dir),
            str(shelf.corpus.folder),
            encoder,
            step,
        ],
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"go\n"
    return child


def end(child: subprocess.Popen[bytes]) -> int:
    child.communicate()
    return child.returncode


def edit(shelf: Shelf, turn: int) -> None:
    """Add a document, change one and remove one, so that everything has to move."""
    shelf.write(f"added{turn}.md", f"Finding number {turn} came late.", "The score fell again.")
    shelf.write("changed.md", f"The score fell by {turn} points.")
    (shelf.corpus.folder / f"added{turn - 1}.md").unlink()


def assert_nothing_is_left_over(shelf: Shelf, generation: str) -> None:
    layout = Layout(shelf.index_dir)
    assert [path.name for path in layout.generations.iterdir()] == [generation]
    assert {path.name for path in layout.root.iterdir()} <= {
        "library.sqlite",
        "cache.sqlite",
        "current",
        "generations",
        "writer.lock",
        "readers.lock",
    }


@dataclass
class Trial:
    """A live index, a corpus that has moved on, and the answers before and after."""

    shelf: Shelf
    encoder: Encoder
    before: Answers = field(init=False)
    after: Answers = field(init=False)

    def __post_init__(self) -> None:
        for number in range(12):
            self.shelf.write(f"doc{number:02d}.md", f"Finding number {number}.", "It was mild.")
        self.shelf.write("added0.md", "Finding number 0 came first.")
        self.complete()
        self.after = answers(self.shelf.index_dir, self.encoder.embeddings)
        self.move_on(1)

    def move_on(self, turn: int) -> None:
        """Edit the corpus, and learn from an index made elsewhere what to expect of it."""
        self.before = self.after
        edit(self.shelf, turn)
        elsewhere = self.shelf.folder / f"elsewhere{turn}"
        update_index(elsewhere, self.shelf.corpora, make_recipe(self.encoder))
        self.after = answers(elsewhere, self.encoder.embeddings)
        assert self.after != self.before

    def found(self) -> Answers:
        return answers(self.shelf.index_dir, self.encoder.embeddings)

    def complete(self) -> None:
        report = update_index(self.shelf.index_dir, self.shelf.corpora, make_recipe(self.encoder))
        assert_nothing_is_left_over(self.shelf, report.generation)


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_the_index_is_the_old_one_or_the_new_one(shelf: Shelf, step: str) -> None:
    trial = Trial(shelf, shelf.encoder)
    assert end(start_child(shelf, "fake", step)) == -signal.SIGKILL
    assert_is_one_of(trial.found(), trial.after if step == "after-switch" else trial.before)
    trial.complete()
    assert_is_one_of(trial.found(), trial.after)


@pytest.mark.parametrize("seed", range(5))
def test_killed_at_any_moment_the_index_is_the_old_one_or_the_new_one(
    shelf: Shelf, seed: int
) -> None:
    trial = Trial(shelf, shelf.encoder)
    # An update of this size takes one to two seconds: one moment in each fifth of that.
    moment = (seed + random.Random(seed).random()) * 0.3
    child = start_child(shelf, "fake")
    time.sleep(moment)
    child.kill()
    end(child)
    assert_is_one_of(trial.found(), trial.before, trial.after)
    trial.complete()
    assert_is_one_of(trial.found(), trial.after)


KILLS = 50


@pytest.mark.kill
@pytest.mark.timeout(3600)
def test_fifty_kills_with_the_real_encoder(
    shelf: Shelf, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    if "kill" not in request.config.option.markexpr:
        pytest.skip("takes minutes; run it with: make test-kill")
    from iscalimab_qa.encoder import open_encoder
    from iscalimab_qa.settings import load_settings

    trial = Trial(shelf, open_encoder(load_settings()))
    started = time.monotonic()
    assert end(start_child(shelf, "real")) == 0
    duration = time.monotonic() - started
    rng, old, new = random.Random(2), 0, 0
    for turn in range(2, KILLS + 2):
        trial.move_on(turn)
        # Every fourth kill at a named step, the others anywhere in the run.
        step = STEPS[turn // 4 % len(STEPS)] if turn % 4 == 0 else "-"
        child = start_child(shelf, "real", step)
        if step == "-":
            time.sleep(rng.uniform(0, duration))
            child.kill()
        assert end(child) in (-signal.SIGKILL, 0)
        found = trial.found()
        assert_is_one_of(found, trial.before, trial.after)
        old, new = old + (found == trial.before), new + (found == trial.after)
        trial.complete()
        assert_is_one_of(trial.found(), trial.after)
    with capsys.disabled():
        print(  # noqa: T201 (the line that the closing note quotes)
            f"\n{KILLS} kills of `index` with the real encoder: the live index answered exactly as "
            f"before {old} times and as the new one {new} times; all {KILLS} next runs completed, "
            "no source lost, nothing left over"
        )
