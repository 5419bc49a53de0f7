"""A paragraph of WordprocessingML -> the words a reader of the printed page sees.

What was deleted, moved away or hidden is left out; what was inserted is in. Raised and
lowered runs come as `<sup>` and `<sub>`, which `clean_text` resolves as in any format.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from iscalimab_qa.sources.symbol_font import from_symbol_font, symbol_at

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

SKIPPED = frozenset(
    {
        # Tracked changes: the text that is no longer there.
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}delText",
        # Not words: field codes, properties, the readings above East Asian characters.
        f"{_W}instrText",
        f"{_W}pPr",
        f"{_W}rPr",
        f"{_W}rt",
        # A text box stands for itself, see `text_boxes`; the fallback repeats the choice.
        f"{_W}txbxContent",
        f"{_MC}Fallback",
    }
)
"""Elements whose content is not part of the running text."""

_PLAIN = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}

_OFF = frozenset({"0", "false", "off", "none"})


class _Piece(NamedTuple):
    """Text of one run; `level` is `sup`, `sub` or empty."""

    text: str
    level: str
    bold: bool


def paragraph_text(paragraph: Any) -> str:
    """Return the visible text of a `w:p`, with raised and lowered runs in `<sup>`, `<sub>`."""
    pieces = _pieces(paragraph)
    return "".join(
        _marked("".join(piece.text for piece in run), level)
        for level, run in groupby(pieces, key=lambda piece: piece.level)
    )


def is_bold(paragraph: Any) -> bool:
    """Tell whether a `w:p` has words and all of them are set in bold."""
    pieces = [piece for piece in _pieces(paragraph) if piece.text.strip()]
    return bool(pieces) and all(piece.bold for piece in pieces)


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """Yield the content of the text boxes that are anchored in a `w:p`, each once."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
            yield box


def is_on(properties: Any, name: str) -> bool:
    """Tell whether a switch such as `w:vanish` is set; without a value it is."""
    switch = None if properties is None else properties.find(f"{_W}{name}")
    return switch is not None and switch.get(f"{_W}val", "1") not in _OFF


def _marked(text: str, level: str) -> str:
    return f"<{level}>{text}</{level}>" if level and text.strip() else text


def _pieces(node: Any) -> Iterator[_Piece]:
    for child in node:
        # Comments, instructions and entities that were not resolved have no name.
        if not isinstance(child.tag, str) or child.tag in SKIPPED:
            continue
        if child.tag == f"{_W}r":
            yield from _run_pieces(child)
        elif child.tag == f"{_M}t":
            yield _Piece(child.text or "", "", bold=False)
        else:
            yield from _pieces(child)


def _run_pieces(run: Any) -> Iterator[_Piece]:
    properties = run.find(f"{_W}rPr")
    if is_on(properties, "vanish"):
        return
    level, bold = _level(properties), is_on(properties, "b")
    for node in run.iter():
        if isinstance(node.tag, str) and not _is_skipped(node, run):
            text = _own_text(node)
            if text:
                yield _Piece(text, level, bold)


def _is_skipped(node: Any, run: Any) -> bool:
    while node is not run:
        if node.tag in SKIPPED:
            return True
        node = node.getparent()
    return False


def _own_text(node: Any) -> str:
    if node.tag == f"{_W}t":
        return from_symbol_font(node.text or "")
    if node.tag == f"{_W}sym" and node.get(f"{_W}font") == "Symbol":
        return symbol_at(int(node.get(f"{_W}char", "0"), 16))
    return _PLAIN.get(node.tag, "")


def _level(properties: Any) -> str:
    mark = None if properties is None else properties.find(f"{_W}vertAlign")
    value = "" if mark is None else mark.get(f"{_W}val", "")
    return {"superscript": "sup", "subscript": "sub"}.get(value, "")
