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
from pathlib import Path
from typing import NamedTuple

import bench_documents
from bench_child import EVAL, Child, Spent
from bench_report import OURS, TEXTBOOK, Aim, Report, Row, show
from bench_sides import Ours, Textbook

SEED = 1

COLD_RUNS = 3
"""Fresh processes a measurement, of which the median is told: one may meet a busy moment."""

WARM_UP = 5
"""Questions asked before the clock counts; the first one loads the encoder."""

WARM_QUESTIONS = 200
"""So that ten of them stand above the 95th percentile."""

SAMPLE = 500
"""Texts that are encoded on either side at the large size; the rest is scaled."""

SETTLED_S = 2.5
"""A file this much older than its indexing counts as unchanged without being read again: the
coarsest clock of a file system ticks every two seconds."""

STARTING, LARGE = "starting corpus", "generated"
UNREAD = "ask, warm, without the reader, p50"
CHECKS = "of it, checks and notices, p50"


class Size(NamedTuple):
    """A corpus, what is asked of it and what is added to it."""

    name: str
    ours: Ours
    textbook: Textbook
    questions: Sequence[str]
    additions: Sequence[Path]

    @property
    def scaled(self) -> tuple[str, ...]:
        """The sides that encode a sample only, ours first."""
        return () if self.ours.sample is None else (OURS, TEXTBOOK)


class Pair(NamedTuple):
    """The same step on both sides."""

    ours: Spent
    textbook: Spent


def in_turn(ours: Callable[[int], Spent], textbook: Callable[[int], Spent]) -> list[Pair]:
    """Run a numbered step on both sides alternately, so that a busy machine slows both."""
    return [Pair(ours(number), textbook(number)) for number in range(COLD_RUNS)]


def both(value: Callable[[Sequence[Spent]], float], pairs: Sequence[Pair]) -> tuple[float, float]:
    """Sum up the runs of either side."""
    return value([pair.ours for pair in pairs]), value([pair.textbook for pair in pairs])


def measure(size: Size) -> Iterator[Row]:
    """Take a size through its steps, from the first index to a rebuild."""
    say(size, "index")
    built = Pair(size.ours.build(), size.textbook.build())
    yield from measure_indexing(size, built)
    yield from measure_asking(size)
    yield from measure_adding(size)
    yield from measure_rebuilding(size, built)


def measure_indexing(size: Size, built: Pair) -> Iterator[Row]:
    """Tell of the first indexing, and index again with nothing changed."""
    ours, textbook = (all_encoded_s(spent) for spent in built)
    yield Row(size.name, "passages", "", *(spent.told["passages"] for spent in built))
    yield Row(size.name, "texts encoded, passages and units", "", *map(texts, built))
    yield Row(size.name, "index", "s", ours, textbook, size.scaled)
    if size.scaled:
        yield Row(size.name, "of it, encoding a text", "ms", *map(rate_ms, built))
    yield Row(size.name, "index, memory", "MB", *(spent.peak_mb for spent in built))
    yield Row(
        size.name, "index, on disk", "MB", *map(disk_mb, (size.ours.index, size.textbook.store))
    )
    say(size, "index again")
    again = seconds([size.ours.unchanged() for _ in range(COLD_RUNS)])
    yield Row(size.name, "index, nothing changed", "s", again, textbook, size.scaled[1:])


def measure_asking(size: Size) -> Iterator[Row]:
    """Ask in fresh processes, and then many questions in one."""
    say(size, "cold ask")
    asked = size.questions
    cold = in_turn(lambda n: size.ours.ask(asked[n]), lambda n: size.textbook.ask(asked[n]))
    yield Row(size.name, "ask, cold", "s", *both(seconds, cold))
    yield Row(size.name, "ask, cold, memory", "MB", *both(peak_mb, cold))
    say(size, "warm ask")
    warm = Pair(size.ours.ask_all(asked), size.textbook.ask_all(asked))
    took = [spent.told["took_ms"][WARM_UP:] for spent in warm]
    yield Row(size.name, "ask, warm, p50", "ms", *map(statistics.median, took))
    yield Row(size.name, "ask, warm, p95", "ms", *map(p95, took))
    unread = size.ours.ask_all(asked, reader=False).told["took_ms"][WARM_UP:]
    yield Row(size.name, UNREAD, "ms", statistics.median(unread), statistics.median(took[1]))
    checks = warm.ours.told["checks_ms"][WARM_UP:]
    yield Row(size.name, CHECKS, "ms", statistics.median(checks), None)
    share = 100 * sum(checks) / sum(took[0])
    yield Row(size.name, "their share of the time", "%", share, None)
    yield Row(size.name, "ask, warm, memory", "MB", *(spent.peak_mb for spent in warm))


def measure_adding(size: Size) -> Iterator[Row]:
    """Add documents one by one."""
    say(size, "add")
    files = size.additions
    added = in_turn(lambda n: size.ours.add(files[n]), lambda n: size.textbook.add(files[n]))
    yield Row(size.name, "add one document", "s", *both(seconds, added))
    yield Row(size.name, "add, memory", "MB", *both(peak_mb, added))


def measure_rebuilding(size: Size, built: Pair) -> Iterator[Row]:
    """Rebuild; what that is for the textbook has been measured."""
    say(size, "rebuild")
    rebuilt = size.ours.rebuild()
    ours = all_encoded_s(rebuilt, like=built.ours)
    yield Row(size.name, "index --rebuild", "s", ours, all_encoded_s(built.textbook), size.scaled)


def all_encoded_s(spent: Spent, *, like: Spent | None = None) -> float:
    """Return the seconds of an indexing as if every text had been encoded.

    What was not is added at the rate of the sample, its own or that of `like`.
    """
    if "encoded_for_real" not in spent.told:
        return spent.seconds
    left = texts(spent) - spent.told["encoded_for_real"]
    return spent.seconds + left * rate_ms(like or spent) / 1000


def texts(spent: Spent) -> int:
    """Return how many texts an indexing had to encode; the textbook's are its passages."""
    count: int = spent.told.get("embedded", spent.told["passages"])
    return count


def disk_mb(folder: Path) -> float:
    """Return the size of all files under a folder, in millions of bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def rate_ms(spent: Spent) -> float:
    """Return how long encoding one text of the sample took, in milliseconds."""
    rate: float = 1000 * spent.told["encoding_s"] / spent.told["encoded_for_real"]
    return rate


def seconds(runs: Sequence[Spent]) -> float:
    """Return the median time."""
    return statistics.median(spent.seconds for spent in runs)


def peak_mb(runs: Sequence[Spent]) -> float:
    """Return the largest peak."""
    return max(spent.peak_mb for spent in runs)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def aims(rows: Sequence[Row], help_s: float) -> list[Aim]:
    """Set the results beside what was aimed at, at the large size where none is named."""
    small = {row.what: row.ours for row in rows if row.size == STARTING}
    large = {row.what: row.ours for row in rows if row.size != STARTING}
    times = large["index --rebuild"] / large["add one document"]
    return [
        Aim(UNREAD, large[UNREAD], 50, "ms"),
        Aim(f"{UNREAD}, starting corpus", small[UNREAD], 50, "ms"),
        Aim("checks and notices, starting corpus", small[CHECKS], 10, "ms"),
        Aim("add one document", large["add one document"], 3, "s"),
        Aim("index --rebuild / add one document", times, 50, "", least=True),
        Aim("index, nothing changed", large["index, nothing changed"], 2, "s"),
        Aim("ask, cold", large["ask, cold"], 3, "s"),
        Aim("ask, cold, starting corpus", small["ask, cold"], 3, "s"),
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
    new = bench_documents.documents(COLD_RUNS, seed=SEED + 1)
    renamed = (each._replace(name=f"new-{each.name}") for each in new)
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
    f"* Encoding is measured on {SAMPLE} texts and scaled to all; reading, cutting and "
    "publishing are measured whole. The other texts have seeded random vectors. We encode each "
    "passage and each unit that can be cited, the textbook its passages.",
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
