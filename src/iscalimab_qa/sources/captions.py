"""Recognise the line that names a table or a figure."""

from __future__ import annotations

import re

_NUMBER = r"(?:[A-Z]?-?\d+(?:\.\d+)*[A-Za-z]?|[IVX]{1,5})"
_PREFIX = r"(?:(?:Supplement(?:ary|al)|Supporting|Extended Data|Appendix|Online)\s+)?"
_TABLE = re.compile(rf"{_PREFIX}Table(?:\s+{_NUMBER}\b|\s*:|\.\s)", re.IGNORECASE)
_CAPTION = re.compile(
    rf"""{_PREFIX}(?:Table|Figure|Fig\.?|Scheme|Chart|Box|Panel|Exhibit)\s+{_NUMBER}
         (?:\s*[.:|]\s*|\s+[–—-]\s+)\S
       | (?:Table|Figure|Figure\ legend|Caption|Legend)\s*:\s*\S""",
    re.VERBOSE | re.IGNORECASE,
)
_PRINTED = re.compile(
    rf"(?i:{_PREFIX}(?:Table|Figure|Fig\.?|Scheme|Box)\s*{_NUMBER})\b(?:\s*$|\s+[^a-z\s])"
)
_LABEL = re.compile(
    rf"{_PREFIX}(?:Table|Figure|Fig\.?|Scheme|Box)\s*{_NUMBER}\s*[.:]?", re.IGNORECASE
)
_FEWEST_DESCRIBING_WORDS = 4


def is_caption(text: str) -> bool:
    """Tell a caption by its label and the stop after it; `Figure 1 shows` is a sentence."""
    return bool(_CAPTION.match(text))


def names_table(text: str) -> bool:
    """Tell whether the line begins with the label of a table, as words above a table do."""
    return bool(_TABLE.match(text))


def is_printed_caption(text: str) -> bool:
    """Tell a caption also where print sets its label apart instead of stopping after it."""
    return is_caption(text) or bool(_PRINTED.match(text))


def is_label(text: str) -> bool:
    """Tell the label of a caption alone, whose words follow on the next line."""
    return bool(_LABEL.fullmatch(text))


def describes_image(text: str) -> bool:
    """Tell a description of an image from the name of a logo, an icon or a file."""
    return len(text.split()) >= _FEWEST_DESCRIBING_WORDS
