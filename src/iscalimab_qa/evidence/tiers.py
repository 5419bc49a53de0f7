"""How strong a source is, and for which questions that counts.

The hierarchy, strongest first (`corpus/README.md` tells librarians the same):

| Tier | Source |
|---|---|
| 1 | Randomised trial in a journal |
| 2 | Results in a trial registry |
| 3 | Open-label trial, post hoc analysis |
| 4 | Conference abstract |
| 5 | Preclinical study |
| 6 | Review |
| 7 | Press release |
| 8 | News |
| 9 | Undated web page |
| 10 | Vendor page |

A digest is never stronger than what its writer had read: at best 2 from an abstract or a
registry, at best 8 from a secondary source (`sources/frontmatter.py` sees to it; `tier_of`
holds it for sources that come another way). A source that does not say its tier has the one
of its kind; a user's document of no kind has none.

The tier orders evidence that says equally much, and nothing else. Two questions have another
order: how a trial stands is known best to its registry and its sponsor, newest first
(`status_rank`); and preclinical work is not weaker evidence about patients but none
(`axis_of`), whatever its tier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeVar

from iscalimab_qa.sources.values import SourceKind, SourceMetadata

Axis = Literal["clinical", "preclinical", "background"]
"""`clinical`: seen in people; `preclinical`: in animals or tissue; `background`: told of either."""

Item = TypeVar("Item")

TIER_LABELS: Mapping[int, str] = {
    1: "randomised trial",
    2: "registry results",
    3: "open-label or post hoc",
    4: "conference abstract",
    5: "preclinical",
    6: "review",
    7: "press release",
    8: "news",
    9: "undated web page",
    10: "vendor page",
}
"""What a badge shows."""

UNCLASSIFIED = 99
"""Sorts a source without a tier behind all that have one."""

WEAK_FROM = 7
"""Tier from which a clinical figure rests on weak evidence: nobody has reviewed it."""

_TIER_OF_KIND: Mapping[SourceKind, int] = {
    "randomised_trial": 1,
    "registry_record": 2,
    "open_label_trial": 3,
    "post_hoc_analysis": 3,
    "conference_abstract": 4,
    "preclinical_study": 5,
    "review": 6,
    "press_release": 7,
    "news": 8,
    "web_page": 9,
    "vendor_page": 10,
}
_CAP: Mapping[str, int] = {"full text": 1, "abstract": 2, "registry": 2, "secondary": 8}
"""The best tier of a digest, by what its writer had before them."""

_STATUS_RANK: Mapping[SourceKind, int] = {
    "registry_record": 0,
    "press_release": 0,
    "randomised_trial": 1,
    "open_label_trial": 1,
    "post_hoc_analysis": 1,
    "conference_abstract": 2,
    "news": 3,
    "review": 4,
    "document": 5,
    "preclinical_study": 5,
    "web_page": 6,
    "vendor_page": 7,
    "note": 8,
}


def tier_of(source: SourceMetadata) -> int | None:
    """Return a source's tier, 1 the strongest, or None if nothing classifies it.

    A digest's is capped by what was read.
    """
    tier = source.tier if source.tier is not None else _TIER_OF_KIND.get(source.kind)
    if tier is None or source.text_kind != "digest" or source.read_from is None:
        return tier
    return max(tier, _CAP[source.read_from])


def tier_label(tier: int | None) -> str:
    """Return the words of a badge."""
    return TIER_LABELS.get(tier or 0, "unclassified")


def axis_of(source: SourceMetadata) -> Axis:
    """Say whether a source speaks of people, of animals and tissue, or of others' work."""
    if source.kind == "preclinical_study":
        return "preclinical"
    return "background" if source.kind in {"review", "note", "document"} else "clinical"


def status_rank(source: SourceMetadata) -> int:
    """Return how well a source knows how a trial stands, 0 the best: registry and sponsor."""
    return _STATUS_RANK[source.kind]


def is_weak(source: SourceMetadata) -> bool:
    """Whether a clinical figure from here alone needs a word of caution."""
    tier = tier_of(source)
    return tier is not None and tier >= WEAK_FROM


def strongest_first(
    items: Iterable[Item],
    source_of: Callable[[Item], SourceMetadata],
    says: Callable[[Item], float],
) -> list[Item]:
    """Order evidence by what it says; of what says equally much, the stronger comes first.

    Args:
        items: The evidence.
        source_of: Each one's source.
        says: How much each one says, higher is better.

    Returns:
        A new list; newer before older where tiers are equal, else the given order is kept.
    """
    newest_first = sorted(items, key=lambda item: source_of(item).published or "", reverse=True)
    return sorted(
        newest_first, key=lambda item: (-says(item), tier_of(source_of(item)) or UNCLASSIFIED)
    )
