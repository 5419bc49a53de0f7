"""Does a stretch of text that a system used cover what was labelled?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.evaluation.questions import Label, LabelledQuestion
from iscalimab_qa.sources.values import Source

SHARE = 0.5
"""Two stretches are about the same when they share half of the shorter one: a sentence quoted
from within a labelled paragraph, or a passage that holds the labelled row."""


class Labels:
    """A question's labels as places in the sources."""

    def __init__(self, question: LabelledQuestion, source: Callable[[str], Source]) -> None:
        """Find every label in its source, at each place where it stands."""
        self.needs: Sequence[Sequence[Place]] = [
            [place for label in need for place in _places(label, source)] for need in question.needs
        ]
        self.fair: Sequence[Place] = [
            place for label in question.labels for place in _places(label, source)
        ]


def _places(label: Label, source: Callable[[str], Source]) -> Iterator[Place]:
    text, start = source(label.source_id).text, -1
    while (start := text.find(label.quote, start + 1)) >= 0:
        yield Place(label.source_id, start, start + len(label.quote))


def covers(place: Place, label: Place, share: float = SHARE) -> bool:
    """Whether two places share at least `share` of the shorter one.

    >>> covers(Place("a", 0, 10), Place("a", 8, 100))
    False
    >>> covers(Place("a", 0, 10), Place("a", 5, 100))
    True
    """
    if place.source_id != label.source_id:
        return False
    shared = min(place.end, label.end) - max(place.start, label.start)
    shorter = min(place.end - place.start, label.end - label.start)
    return shared > 0 and shared >= share * shorter


def covers_any(place: Place, labels: Iterable[Place]) -> bool:
    """Whether a place covers one of the labels."""
    return any(covers(place, label) for label in labels)
