"""Find the words of a Word document that its readers do not see, and take them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from iscalimab_qa.sources.docx_styles import Styles
from iscalimab_qa.sources.style import WHITE, Colour, colour
from iscalimab_qa.sources.visibility import SAME_COLOUR

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_SMALLEST_HALF_POINTS = 5
"""Two and a half points; the smallest print of a leaflet has six."""
_OFF = frozenset({"0", "false", "off", "none"})
_PAPER_THEME = frozenset({"background1", "light1"})
_PLAIN_TABLES = frozenset({"", "TableGrid", "TableNormal", "NormalTable"})
_PROPERTIES = ("title", "subject", "keywords", "comments", "category", "author")

Note = Callable[[str, str], None]
"""Told how words are hidden, and the words."""


def take_out_hidden(container: Any, styles: Styles, note: Note) -> None:
    """Remove the runs that nobody sees from a body or a note, and tell of them."""
    runs = [run for run in container.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    hidden = [(run, how) for run in runs if (how := _unseen(run, styles))]
    for (_, how), group in groupby(hidden, key=lambda one: (_paragraph_of(one[0]), one[1])):
        note(how, "".join(_words(run) for run, _ in group))
    for run, _ in hidden:
        run.getparent().remove(run)


def note_around(document: Any, note: Note) -> None:
    """Tell of comments, of the file's properties and of descriptions of its pictures."""
    properties = document.core_properties
    for name in _PROPERTIES:
        note("the file's properties", str(getattr(properties, name) or ""))
    for drawing in document.element.body.iter(f"{_WP}docPr"):
        note("a picture's description", f"{drawing.get('title', '')} {drawing.get('descr', '')}")
    for text in _comments(document):
        note("a comment", text)


def _comments(document: Any) -> Iterator[str]:
    from docx.oxml import parse_xml  # noqa: PLC0415 (a while to load)

    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == "comments" and not relation.is_external:
            for comment in parse_xml(relation.target_part.blob).iter(f"{_W}comment"):
                yield "".join(node.text or "" for node in comment.iter(f"{_W}t"))


def _unseen(run: Any, styles: Styles) -> str | None:
    chain = styles.text_properties(run)
    if (vanish := _first(chain, "vanish")) is not None and vanish not in _OFF:
        return "hidden letters"
    size = _first(chain, "sz")
    if size and size.isdecimal() and int(size) < _SMALLEST_HALF_POINTS:
        return "letters too small to read"
    ink = _ink(chain)
    if ink and ink.is_like(WHITE, SAME_COLOUR) and not _is_shaded(run, chain):
        return "letters in the colour of the page"
    return None


def _first(chain: list[Any], name: str) -> str | None:
    """Return the nearest value of a property; a switch without a value is on."""
    nodes = (properties.find(f"{_W}{name}") for properties in chain)
    return next((node.get(f"{_W}val", "1") for node in nodes if node is not None), None)


def _ink(chain: list[Any]) -> Colour | None:
    nodes = (properties.find(f"{_W}color") for properties in chain)
    node = next((node for node in nodes if node is not None), None)
    if node is None:
        return None
    if node.get(f"{_W}themeColor") in _PAPER_THEME and node.get(f"{_W}themeShade") is None:
        return WHITE
    return colour(f"#{node.get(f'{_W}val', '')}")


def _is_shaded(run: Any, chain: list[Any]) -> bool:
    """Tell whether white letters may stand on a ground of their own."""
    if any(properties.find(f"{_W}highlight") is not None for properties in chain):
        return True
    around = [*chain, *(node.find(f"{_W}{_properties_of(node)}") for node in run.iterancestors())]
    if any(_is_dark(node) for node in around if node is not None):
        return True
    tables = [node for node in run.iterancestors() if node.tag == f"{_W}tbl"]
    styled = (table.find(f"{_W}tblPr/{_W}tblStyle") for table in tables)
    page = run.getroottree().getroot().find(f"{_W}background")
    return page is not None or any(
        style is not None and style.get(f"{_W}val", "") not in _PLAIN_TABLES for style in styled
    )


def _properties_of(node: Any) -> str:
    name = node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""
    return {"p": "pPr", "tc": "tcPr", "tr": "trPr", "tbl": "tblPr"}.get(name, "none")


def _is_dark(properties: Any) -> bool:
    shade = properties.find(f"{_W}shd")
    if shade is None:
        return False
    fill = colour(f"#{shade.get(f'{_W}fill', '')}")
    themed = shade.get(f"{_W}themeFill") is not None
    return themed or (fill is not None and not fill.is_like(WHITE, SAME_COLOUR))


def _paragraph_of(run: Any) -> int:
    return next((id(node) for node in run.iterancestors() if node.tag == f"{_W}p"), 0)


def _words(run: Any) -> str:
    return "".join(node.text or "" for node in run.iter(f"{_W}t"))
