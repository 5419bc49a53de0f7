"""What notices are made of: the question's topic, and a text with what it rests on."""

from __future__ import annotations

from typing import Literal, NamedTuple

from iscalimab_qa.evidence.tiers import tier_label, tier_of
from iscalimab_qa.evidence.trials.registry import Quoted
from iscalimab_qa.evidence.trials.values import Said
from iscalimab_qa.evidence.values import NoticeKind
from iscalimab_qa.sources.values import SourceMetadata

Topic = Literal[
    "outcome",
    "status",
    "availability",
    "indication",
    "safety",
    "mechanism",
    "definition",
    "protocol",
    "other",
]
"""What a question is about."""

ON_ENDS: frozenset[Topic] = frozenset({"outcome", "status", "availability", "indication"})
"""Topics whose answers carry how their trials ended."""

ON_DEVELOPMENT: frozenset[Topic] = frozenset({"status", "availability"})
"""Topics on which a drug's development as a whole may be what is asked about."""

ON_FIGURES: frozenset[Topic] = frozenset({"outcome", "safety"})
"""Topics whose figures need evidence that someone has reviewed."""


class Draft(NamedTuple):
    """A notice whose citations are not numbered yet.

    `said` is who says what it tells; `beside` are words that the answer itself cites and that
    it is about.
    """

    kind: NoticeKind
    text: str
    said: tuple[Said, ...]
    beside: tuple[Quoted, ...] = ()


def told_kind(source: SourceMetadata) -> str:
    """Name what kind of source it is, with its article: `a news report`."""
    if source.read_from == "secondary":
        return "a source that was read second-hand"
    label = tier_label(tier_of(source))
    label = "news report" if label == "news" else label
    if label in {"preclinical", "registry results"}:
        return label
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
