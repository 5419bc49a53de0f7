"""Tell a heading from a line that merely looks like one, whatever the format."""

from __future__ import annotations

import re

BOLD_HEADING_LEVEL = 8
"""Below every real level: a bold line opens a section inside the one that it lies in."""

_MOST_BOLD_WORDS = 12
_MOST_HEADING_CHARS = 250
"""The longest titles of papers; a longer "heading" is a paragraph set large or underlined."""

_RESULT = re.compile(r"\d\s*%|[=<>≤≥]|\d\.\d")
"""What a bold sentence that gives a result has, and a heading has not."""


def is_bold_heading(text: str) -> bool:
    """Tell whether a line that is bold as a whole names what follows rather than says it."""
    words = text.split()
    return (
        0 < len(words) <= _MOST_BOLD_WORDS
        and text[-1] not in ".,;:!"
        and any(char.isalpha() for char in text)
        and not _RESULT.search(text)
    )


def is_paragraph_in_disguise(text: str) -> bool:
    """Tell whether what is marked as a heading is too long to be one."""
    return len(text) > _MOST_HEADING_CHARS
