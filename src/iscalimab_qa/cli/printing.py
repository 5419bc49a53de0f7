"""Print for people and for machines; colours only where a terminal wants them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from iscalimab_qa.errors import printable

if TYPE_CHECKING:
    from rich.console import Console

    from iscalimab_qa.answering.values import Answer
    from iscalimab_qa.evidence.values import Citation

_STYLES = {"answered": "bold green", "partial": "bold yellow", "not_found": "bold red"}


def print_json(value: Any) -> None:
    """Print one compact object on a line of stdout, at once."""
    print(json.dumps(value, ensure_ascii=False, separators=(",", ":")), flush=True)  # noqa: T201


def say(text: str) -> None:
    """Print a line of a report for people on stdout."""
    print(lines(text), flush=True)  # noqa: T201


def warn(text: str) -> None:
    """Print a line on stderr."""
    print(lines(text), file=sys.stderr, flush=True)  # noqa: T201


def lines(text: str) -> str:
    """Show a text's control characters, so that a document cannot drive a terminal."""
    return "\n".join(map(printable, text.split("\n")))


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415 (50 ms that --help does not need)

    return Console(soft_wrap=not sys.stdout.isatty(), markup=False, highlight=False, emoji=False)


def print_asked(question_id: str | int | None, question: str) -> None:
    """Print one question of several above its answer, with its id where it has one."""
    head = question if question_id is None else f"{question_id}: {question}"
    _console().print(f"\n{printable(head)}", style="bold")


def print_answer(answer: Answer, library_date: str) -> None:
    """Print the verdict, the answer, and its numbered citations with title, place and link."""
    from iscalimab_qa.answering.values import VERDICT_LABELS  # noqa: PLC0415

    console = _console()
    if answer.standalone_question != answer.question:
        console.print(printable(answer.standalone_question), style="dim")
    console.print(VERDICT_LABELS[answer.verdict], style=_STYLES[answer.verdict])
    for notice in answer.notices:
        markers = "".join(f"[{marker}]" for marker in notice.citations)
        console.print(printable(f"{notice.text} {markers}".rstrip()), style="yellow")
    console.print(lines(answer.text))
    for citation in answer.citations:
        console.print()
        for line in citation_lines(citation):
            console.print(printable(line))
    console.print(f"\nLibrary as of {library_date}", style="dim")


def citation_lines(citation: Citation) -> Iterator[str]:
    """Yield the lines of a numbered citation.

    A digest is our summary: it is named as such and nothing in it is set in quotation marks.
    """
    year = f" ({citation.published[:4]})" if citation.published else ""
    place = f"page {citation.page}" if citation.page else citation.section
    if citation.text_kind == "digest":
        read = f"; read from: {citation.read_from}" if citation.read_from else ""
        yield f"[{citation.marker}] Our summary of: {citation.title}{year}{read}"
        quoted = citation.quote
    else:
        yield f"[{citation.marker}] {citation.title}{year}"
        quoted = f"“{citation.quote}”"
    yield f"    {quoted}"
    facts = [citation.source_id, place, ", ".join(citation.trials), link_of(citation)]
    yield f"    {' · '.join(fact for fact in facts if fact)}"


def link_of(citation: Citation) -> str:
    """Return the most lasting address of a source, empty if none is known."""
    if citation.doi:
        return f"https://doi.org/{citation.doi}"
    if citation.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{citation.pmid}/"
    return citation.url or ""


class Bars:
    """Draws the phases of long work as bars on stderr; silent when that is no terminal."""

    @contextmanager
    def phase(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show one bar of `total` steps and yield what moves it."""
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress  # noqa: PLC0415

        console = Console(stderr=True)
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task(name, total=total)
            yield lambda steps: progress.advance(task, steps)
