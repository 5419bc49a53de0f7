"""Read COVID-QA: its articles, its questions, and where in the articles the answers stand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from iscalimab_qa.settings import load_settings
from iscalimab_qa.sources import Source, read_source

CONTEXTS = (120, 60, 30, 15, 0)
"""Characters on either side by which an answer is found again in the text as read."""

_REFERENCE_MARKER = re.compile(r"\[[\d,\s–-]+\]")


class Span(NamedTuple):
    """Half-open range."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the article that answers it, and the answers' half-open ranges in it."""

    id: str
    text: str
    article: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DevData:
    """Article texts by id, as stored, and the questions about them."""

    articles: Mapping[str, str]
    questions: tuple[Asked, ...]


def read_devdata(folder: Path) -> DevData:
    """Read the articles and the questions.

    Raises:
        FileNotFoundError: The folder holds no `questions.jsonl`.
    """
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    paths = sorted((folder / "articles").glob("*.txt"))
    return DevData(
        {path.stem: path.read_text(encoding="utf-8") for path in paths},
        tuple(_asked(json.loads(line)) for line in lines),
    )


def _asked(line: Mapping[str, object]) -> Asked:
    answers: list[dict[str, int]] = line["answers"]  # type: ignore[assignment]
    spans = tuple(Span(answer["start"], answer["end"]) for answer in answers)
    return Asked(str(line["id"]), str(line["question"]), str(line["source_id"]), spans)


def read_articles(data: DevData, folder: Path) -> dict[str, Source]:
    """Read each article's file as the product does."""
    reading = load_settings().reading
    paths = {name: folder / "articles" / f"{name}.txt" for name in data.articles}
    return {name: read_source(path, path.read_bytes(), reading) for name, path in paths.items()}


def answers_as_read(asked: Asked, data: DevData, sources: Mapping[str, Source]) -> list[Span]:
    """Return the ranges of the answers in their article as the product reads it.

    A reader drops reference markers and the like, so an answer has another place there; one
    that is not found again is left out.
    """
    stored, read = data.articles[asked.article], sources[asked.article].text
    found = (_found_again(stored, span, read) for span in asked.spans)
    return [span for span in found if span]


def _found_again(stored: str, span: Span, read: str) -> Span | None:
    """Find a range of the stored text in the text as read, by its letters and digits."""
    letters, places = _letters(read)
    answer, _ = _letters(stored[span.start : span.end])
    for context in CONTEXTS:
        before, _ = _letters(stored[max(0, span.start - context) : span.start])
        after, _ = _letters(stored[span.end : span.end + context])
        at = letters.find(before + answer + after)
        if at >= 0 and answer:
            first = at + len(before)
            return Span(places[first], places[first + len(answer) - 1] + 1)
    return None


def _letters(text: str) -> tuple[str, list[int]]:
    """Return a text's letters and digits, and where they stand; reference markers are none."""
    masked = _REFERENCE_MARKER.sub(lambda match: " " * len(match[0]), text)
    places = [place for place, char in enumerate(masked) if char.isalnum()]
    return "".join(masked[place].lower()[0] for place in places), places
