"""Find words by how they begin, several times as fast as an expression alone.

Python's `re` tries each alternative at each word of a text. Looking for their first letters
one after the other takes a fraction of that, and the expression is tried where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


class Stems:
    """An expression that ignores case, and the letters with one of which all its matches begin."""

    def __init__(self, pattern: str, stems: str) -> None:
        """Prepare the search.

        Args:
            pattern: Matches from the beginning of a word on, in any case.
            stems: In lower case, a stroke between them; each match begins with one of them.
        """
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._stems = stems.split("|")

    def places(self, text: str) -> Iterator[int]:
        """Yield where the expression matches, stem by stem."""
        lowered = text.lower()
        if len(lowered) != len(text):  # "İ" becomes two letters, and all places move
            yield from (match.start() for match in self._pattern.finditer(text))
            return
        for stem in self._stems:
            place = lowered.find(stem)
            while place >= 0:
                if self._pattern.match(text, place):
                    yield place
                place = lowered.find(stem, place + 1)

    def stand_in(self, text: str) -> bool:
        """Whether the expression matches anywhere."""
        return next(self.places(text), None) is not None
