"""What the reader learns from: documents, and questions that a unit of theirs answers, or seems to.

Three sources: COVID-QA's own questions and answers, and two kinds of lines that were written for
this purpose (`questions/*.tsv`), over COVID-QA's articles and over invented documents
(`documents/`, `../fitting/corpus`). A line names a document, where the units in question begin in
its text as read, whether they answer (A) or only seem to (N), and the question.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).parents[1]))

from devdata import answers_as_read, read_articles, read_devdata

from iscalimab_qa.reader import Statement
from iscalimab_qa.settings import load_settings
from iscalimab_qa.sources import Source, read_source
from iscalimab_qa.units import Unit, units_of

HERE = Path(__file__).parent
INVENTED = (HERE / "documents", HERE.parent / "fitting" / "corpus")
QUESTIONS = HERE / "questions"
FOLDS = 3
"""Every third article of COVID-QA is never trained on: the first fold of `fit_answering.py`."""

OVERLAP = 0.5
"""Share of the shorter of an answer and a unit that they have in common where the unit answers."""


@dataclass(frozen=True)
class Document:
    """A document's citable units, in the order of its text."""

    name: str
    title: str
    units: tuple[Unit, ...]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The units as the reader sees them, each with the sentence before it."""
        before = {
            unit.start: earlier.text
            for earlier, unit in pairwise(self.units)
            if earlier.kind == unit.kind == "sentence" and earlier.section == unit.section
        }
        return tuple(
            Statement.of(unit, title=self.title, before=before.get(unit.start, ""))
            for unit in self.units
        )

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where each unit begins in the text -> its number."""
        return {unit.start: number for number, unit in enumerate(self.units)}


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the numbers of the units that answer it or seem to.

    Where none answers, `right` is empty. `seen` are the units that the writer of the question had
    before them: another one may answer as well.
    """

    question: str
    document: Document
    right: frozenset[int]
    near: frozenset[int]
    seen: frozenset[int]


def training_examples(devdata: Path) -> list[Example]:
    """Return all examples but those of the articles that are held out.

    Raises:
        FileNotFoundError: `devdata` does not hold COVID-QA.
    """
    data = read_devdata(devdata)
    sources = read_articles(data, devdata)
    kept = {name for i, name in enumerate(sorted(sources)) if i % FOLDS}
    articles = {name: _document(name, sources[name]) for name in sorted(kept)}
    documents = {**articles, **invented_documents()}
    asked = (one for one in data.questions if one.article in kept)
    experts = (
        _example(one.text, articles[one.article], answers_as_read(one, data, sources))
        for one in asked
    )
    return [*(one for one in experts if one.right), *written_examples(documents)]


def invented_documents() -> dict[str, Document]:
    """Read the invented documents, by the stem of their file."""
    reading = load_settings().reading
    paths = sorted(path for folder in INVENTED for path in folder.iterdir() if path.is_file())
    sources = {path.stem: read_source(path, path.read_bytes(), reading) for path in paths}
    return {name: _document(name, source) for name, source in sources.items()}


class Line(NamedTuple):
    """A written question: its document, where the units in question begin, whether they answer."""

    document: str
    starts: tuple[int, ...]
    answered: bool
    question: str


def read_lines(path: Path) -> list[Line]:
    """Read a file of `questions/`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Line(name, tuple(map(int, starts.split(","))), kind == "A", question)
            for name, starts, kind, question in rows
        ]


def written_examples(documents: Mapping[str, Document]) -> Iterator[Example]:
    """Read the lines of `questions/*.tsv` about documents that are to hand."""
    for path in sorted(QUESTIONS.glob("*.tsv")):
        lines = read_lines(path)
        seen = _asked_about(lines)
        for line in lines:
            if line.document in documents:
                yield _written(line, documents[line.document], seen[line.document])


def _asked_about(lines: Iterable[Line]) -> dict[str, tuple[int, int]]:
    """Return the first and the last place that a document's lines name."""
    ends: dict[str, tuple[int, int]] = {}
    for line in lines:
        low, high = ends.get(line.document, (line.starts[0], line.starts[0]))
        ends[line.document] = (min(low, *line.starts), max(high, *line.starts))
    return ends


def _written(line: Line, document: Document, seen: tuple[int, int]) -> Example:
    named = frozenset(document.places[start] for start in line.starts)
    low, high = seen
    within = frozenset(n for place, n in document.places.items() if low <= place <= high)
    right, near = (named, frozenset[int]()) if line.answered else (frozenset[int](), named)
    return Example(line.question, document, right, near, within)


def _example(question: str, document: Document, spans: Iterable[tuple[int, int]]) -> Example:
    spans = list(spans)
    right = frozenset(n for n, unit in enumerate(document.units) if _answers(unit, spans))
    return Example(question, document, right, frozenset(), frozenset(range(len(document.units))))


def _answers(unit: Unit, spans: Iterable[tuple[int, int]]) -> bool:
    return any(
        min(end, unit.end) - max(start, unit.start)
        > OVERLAP * min(end - start, unit.end - unit.start)
        for start, end in spans
    )


def _document(name: str, source: Source) -> Document:
    units = tuple(each for each in units_of(source) if each.kind in {"sentence", "row"})
    return Document(name, source.metadata.title, units)
