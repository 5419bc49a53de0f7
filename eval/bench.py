"""Time and memory beside the textbook LangChain pipeline, in one run: `make bench`.

    python eval/bench.py [--json FILE] [--passages 10000]

Every step runs in a process of its own, ours and the textbook's in turn, on the starting
corpus and on a folder of generated documents. All files lie in a temporary folder; only the
exported encoder is kept, in the platform's cache folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import bench_documents
from bench_child import EVAL, Child, Spent
from bench_report import OURS, TEXTBOOK, Aim, Report, Row, show

SEED = 1

COLD_RUNS = 3
"""Fresh processes a measurement, of which the median is told: one may meet a busy moment."""

WARM_UP = 5
"""Questions asked before the clock counts; the first one loads the encoder."""

WARM_QUESTIONS = 200
"""So that ten of them stand above the 95th percentile."""

SAMPLE = 500
"""Passages that are encoded on either side at the large size; the rest is scaled."""

SETTLED_S = 2.5
"""A file this much older than its indexing counts as unchanged without being read again: the
coarsest clock of a file system ticks every two seconds."""

STARTING, LARGE = "starting corpus", "generated"

BOTH = (OURS, TEXTBOOK)


@dataclass(frozen=True, slots=True)
class Ours:
    """Our side: the command line wherever it can do the step."""

    child: Child
    corpus: Path
    index: Path
    sample: int | None

    def build(self) -> Spent:
        """Index the corpus."""
        return self._cli("index") if self.sample is None else self._sampled(self.sample)

    def rebuild(self) -> Spent:
        """Index everything anew, without a vector kept; of a large corpus nothing is encoded."""
        if self.sample is None:
            return self._cli("index", "--rebuild")
        return self._sampled(0, "--rebuild")

    def unchanged(self) -> Spent:
        """Index again."""
        return self._cli("index")

    def add(self, file: Path) -> Spent:
        """Add a document."""
        return self._cli("add", file)

    def ask(self, question: str) -> Spent:
        """Ask one question in a fresh process."""
        return self._cli("ask", question)

    def ask_all(self, questions: Sequence[str]) -> Spent:
        """Ask one assistant all questions."""
        return self.child.script("bench_ours.py", "ask", self.corpus, self.index, *questions)

    def _sampled(self, sample: int, *flags: str) -> Spent:
        where = [self.corpus, self.index, "--sample", sample]
        return self.child.script("bench_ours.py", "index", *where, *flags)

    def _cli(self, *arguments: object) -> Spent:
        where = ["--corpus", self.corpus, "--index", self.index]
        return self.child.cli(*where, *arguments, "--json")


@dataclass(frozen=True, slots=True)
class Textbook:
    """The other side; its retrieval of four passages stands beside our whole answer."""

    child: Child
    corpus: Path
    store: Path
    sample: int | None

    def build(self) -> Spent:
        """Index the corpus."""
        sample = [] if self.sample is None else ["--sample", self.sample]
        return self._step("index", self.corpus, self.store, *sample)

    def add(self, file: Path) -> Spent:
        """Add a document."""
        return self._step("add", file, self.store)

    def ask(self, question: str) -> Spent:
        """Retrieve for one question in a fresh process."""
        return self._step("ask", self.store, question)

    def ask_all(self, questions: Sequence[str]) -> Spent:
        """Retrieve for all questions in one process."""
        return self._step("ask", self.store, *questions)

    def _step(self, *arguments: object) -> Spent:
        return self.child.script("textbook.py", *arguments)


class Size(NamedTuple):
    """A corpus, what is asked of it and what is added to it."""

    name: str
    ours: Ours
    textbook: Textbook
    questions: Sequence[str]
    additions: Sequence[Path]


class Turns(NamedTuple):
    """The same step on both sides, several times in turn."""

    ours: Sequence[Spent]
    textbook: Sequence[Spent]


def in_turn(count: int, ours: Callable[[int], Spent], textbook: Callable[[int], Spent]) -> Turns:
    """Run a step on both sides alternately, so that a busy machine slows both."""
    pairs = [(ours(number), textbook(number)) for number in range(count)]
    return Turns([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def measure(size: Size) -> Iterator[Row]:
    """Take a size through its steps, from the first index to a rebuild."""
    say(size, "index")
    built = Turns([size.ours.build()], [size.textbook.build()])
    yield from measure_indexing(size, built)
    yield from measure_asking(size)
    yield from measure_adding(size)
    yield from measure_rebuilding(size, built)


def measure_indexing(size: Size, built: Turns) -> Iterator[Row]:
    """Tell of the first indexing, and index again with nothing changed."""
    (ours,), (theirs,) = built
    sampled = size.ours.sample is not None
    yield Row(size.name, "passages", "", ours.told["passages"], theirs.told["passages"])
    yield Row(size.name, "index", "s", *whole(built), BOTH if sampled else ())
    if sampled:
        yield Row(size.name, "of it, encoding a passage", "ms", rate_ms(ours), rate_ms(theirs))
    yield Row(size.name, "index, memory", "MB", ours.peak_mb, theirs.peak_mb)
    say(size, "index again")
    again = seconds([size.ours.unchanged() for _ in range(COLD_RUNS)])
    scaled = (TEXTBOOK,) if sampled else ()
    yield Row(size.name, "index, nothing changed", "s", again, whole(built).textbook, scaled)


def measure_asking(size: Size) -> Iterator[Row]:
    """Ask in fresh processes, and then many questions in one."""
    say(size, "cold ask")
    asked = size.questions
    cold = in_turn(
        COLD_RUNS, lambda n: size.ours.ask(asked[n]), lambda n: size.textbook.ask(asked[n])
    )
    yield Row(size.name, "ask, cold", "s", seconds(cold.ours), seconds(cold.textbook))
    yield Row(size.name, "ask, cold, memory", "MB", peak(cold.ours), peak(cold.textbook))
    say(size, "warm ask")
    ours, theirs = size.ours.ask_all(asked), size.textbook.ask_all(asked)
    for name, part in (("p50", statistics.median), ("p95", p95)):
        found = [part(spent.told["took_ms"][WARM_UP:]) for spent in (ours, theirs)]
        yield Row(size.name, f"ask, warm, {name}", "ms", *found)
    yield Row(size.name, "ask, warm, memory", "MB", ours.peak_mb, theirs.peak_mb)


def measure_adding(size: Size) -> Iterator[Row]:
    """Add documents one by one."""
    say(size, "add")
    files = size.additions
    added = in_turn(
        COLD_RUNS, lambda n: size.ours.add(files[n]), lambda n: size.textbook.add(files[n])
    )
    yield Row(size.name, "add one document", "s", seconds(added.ours), seconds(added.textbook))
    yield Row(size.name, "add, memory", "MB", peak(added.ours), peak(added.textbook))


def measure_rebuilding(size: Size, built: Turns) -> Iterator[Row]:
    """Rebuild; what that is for the textbook has been measured."""
    say(size, "rebuild")
    rebuilt = size.ours.rebuild()
    sampled = size.ours.sample is not None
    ours = with_all_encoded(rebuilt, rate_ms(built.ours[0])) if sampled else rebuilt.seconds
    scaled = BOTH if sampled else ()
    yield Row(size.name, "index --rebuild", "s", ours, whole(built).textbook, scaled)


class Whole(NamedTuple):
    """How long a first indexing takes on each side, in seconds."""

    ours: float
    textbook: float


def whole(built: Turns) -> Whole:
    """Return the time of the first indexing as if every passage had been encoded."""
    (ours,), (theirs,) = built
    if "encoding_s" not in ours.told:
        return Whole(ours.seconds, theirs.seconds)
    return Whole(*(with_all_encoded(spent, rate_ms(spent)) for spent in (ours, theirs)))


def with_all_encoded(spent: Spent, rate: float) -> float:
    """Add the time that the passages without a real vector would have taken, in seconds."""
    return spent.seconds + (spent.told["asked"] - spent.told["encoded"]) * rate / 1000


def rate_ms(spent: Spent) -> float:
    """Return how long encoding one passage of the sample took, in milliseconds."""
    rate: float = 1000 * spent.told["encoding_s"] / spent.told["encoded"]
    return rate


def seconds(runs: Sequence[Spent]) -> float:
    """Return the median time."""
    return statistics.median(spent.seconds for spent in runs)


def peak(runs: Sequence[Spent]) -> float:
    """Return the largest peak."""
    return max(spent.peak_mb for spent in runs)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def aims(rows: Sequence[Row], help_s: float) -> list[Aim]:
    """Set the results beside what was aimed at, at the large size."""
    found = {row.what: row.ours for row in rows if row.size != STARTING}
    added, rebuilt = found["add one document"], found["index --rebuild"]
    return [
        Aim("warm ask, p50", found["ask, warm, p50"], 50, "ms"),
        Aim("add one document", added, 3, "s"),
        Aim("index --rebuild / add one document", rebuilt / added, 50, "", least=True),
        Aim("index, nothing changed", found["index, nothing changed"], 2, "s"),
        Aim("cold ask", found["ask, cold"], 3, "s"),
        Aim(
            "cold ask, starting corpus",
            next(row.ours for row in rows if (row.size, row.what) == (STARTING, "ask, cold")),
            3,
            "s",
        ),
        Aim("--help", help_s, 0.5, "s"),
    ]


def starting(child: Child) -> Size:
    """Copy the starting corpus, and the questions about it, repeated as often as it takes."""
    corpus = child.workspace / "starting"
    shutil.copytree(EVAL.parent / "corpus", corpus)
    lines = (EVAL / "bench_questions.txt").read_text(encoding="utf-8").splitlines()
    asked = [lines[n % len(lines)] for n in range(WARM_UP + WARM_QUESTIONS)]
    return sized(child, STARTING, corpus, asked, sample=None)


def generated(child: Child, passages: int) -> Size:
    """Generate the large corpus."""
    corpus = child.workspace / "generated"
    count = passages // bench_documents.SECTIONS
    bench_documents.write(corpus, bench_documents.documents(count, seed=SEED))
    asked = bench_documents.questions(WARM_UP + WARM_QUESTIONS, seed=SEED)
    return sized(child, f"{LARGE}, {count:,} documents", corpus, asked, sample=SAMPLE)


def sized(
    child: Child, name: str, corpus: Path, asked: Sequence[str], *, sample: int | None
) -> Size:
    """Give a corpus an index and a store, and the same new documents to each."""
    folder = child.workspace / corpus.name
    spare = islice(bench_documents.documents(COLD_RUNS, seed=SEED + 1), COLD_RUNS)
    renamed = (each._replace(name=f"new-{each.name}") for each in spare)
    additions = bench_documents.write(folder.with_suffix(".new"), renamed)
    ours = Ours(child, corpus, folder.with_suffix(".index"), sample)
    textbook = Textbook(child, corpus, folder.with_suffix(".store"), sample)
    return Size(name, ours, textbook, asked, additions)


def read_disk(child: Child) -> None:
    """Have both sides index one document: the libraries are read, the encoder is exported."""
    folder = child.workspace / "one"
    bench_documents.write(folder, bench_documents.documents(1, seed=SEED))
    Ours(child, folder, folder.with_suffix(".index"), None).build()
    Textbook(child, folder, folder.with_suffix(".store"), None).build()


def machine(load_before: float) -> str:
    """Say what the figures were taken on; other work on the machine slows both sides."""
    load = f"{load_before:.1f} before, {os.getloadavg()[0]:.1f} after"
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load {load}"
    )


NOTES = (
    "The textbook pipeline: recursive splitter 1000/200, the same weights through "
    "langchain-huggingface, Chroma, 4 passages. It answers nothing: its ask is retrieval alone, "
    "ours is the cited answer. It keeps no account of files: for it, nothing changed and a "
    "rebuild are both a new index.",
    f"* Encoding is measured on {SAMPLE} passages and scaled to all; reading, cutting and "
    "publishing are measured whole. The other passages have seeded random vectors.",
    "Cold is a fresh process whose files the system has read before; the median of "
    f"{COLD_RUNS}. Warm is one process after {WARM_UP} questions, {WARM_QUESTIONS} questions. "
    "Memory is the peak of the largest process; ours runs Chroma in a second one when it indexes.",
)


def say(size: Size, step: str) -> None:
    """Tell on stderr what is being measured."""
    print(f"{time.strftime('%H:%M:%S')} {size.name}: {step}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, and print or write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results here")
    parser.add_argument("--passages", type=int, default=10_000, help="of the large corpus")
    given = parser.parse_args()
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="iscalimab-qa-bench-") as folder:
        child = Child(Path(folder))
        read_disk(child)
        sizes = [starting(child), generated(child, given.passages)]
        time.sleep(SETTLED_S)
        help_s = seconds([child.cli("--help") for _ in range(COLD_RUNS)])
        rows = [row for size in sizes for row in measure(size)]
    report = Report(machine(load_before), rows, aims(rows, help_s), NOTES)
    show(report)
    if given.json:
        given.json.write_text(json.dumps(report.as_json(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
