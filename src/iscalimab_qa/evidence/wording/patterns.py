"""Regular expressions for English wordings: written with room, matched in either case."""

from __future__ import annotations

import re


def pattern(text: str) -> re.Pattern[str]:
    r"""Compile a wording; space in it is for the reader only, and `\s` is a space of the text."""
    return re.compile(text, re.IGNORECASE | re.VERBOSE)
