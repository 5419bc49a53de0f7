"""The page's header as HTML: what is asked, how old it is, and how the programme stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.web.escape import inline

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

TITLE = "Ask the iscalimab literature"

WARMING = "Warming up: the first answer takes a few seconds longer."


class Standing(NamedTuple):
    """What the header tells of a library; `programme` is None where it is not known."""

    date: str
    sources: int
    programme: str | None = None
    is_warm: bool = True


def standing(assistant: Assistant) -> Standing:
    """Look how a library stands, but for its programme, which takes reading all of it."""
    return Standing(assistant.library_date, assistant.source_count)


def with_programme(assistant: Assistant) -> Standing:
    """Look how a library and its programme stand."""
    return standing(assistant)._replace(programme=assistant.programme)


def header_html(told: Standing) -> str:
    """Return the header."""
    sources = "1 source" if told.sources == 1 else f"{told.sources:,} sources"
    programme = f'<p class="programme">{inline(told.programme)}</p>' if told.programme else ""
    warming = "" if told.is_warm else f'<p class="warming" role="status">{WARMING}</p>'
    return (
        f"<header><h1>{TITLE}</h1>"
        f"<p>Library as of {inline(told.date)}, {sources}. "
        f"<em>A reading aid, not medical advice.</em></p>{programme}{warming}</header>"
    )
