from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.tiers import (
    TIER_LABELS,
    axis_of,
    is_weak,
    status_rank,
    strongest_first,
    tier_label,
    tier_of,
)
from iscalimab_qa.sources.values import SourceMetadata

README = Path(__file__).parents[2] / "corpus" / "README.md"


def test_the_tiers_are_those_that_librarians_are_told() -> None:
    row = next(
        line for line in README.read_text("utf-8").splitlines() if line.startswith("| `tier`")
    )
    for tier, label in TIER_LABELS.items():
        assert f"{tier} {label.split(' or ')[0]}" in row


def test_a_digest_is_never_stronger_than_what_its_writer_had_read() -> None:
    digest = SourceMetadata(title="D", tier=1, text_kind="digest", read_from="abstract")
    second_hand = SourceMetadata(title="D", tier=1, text_kind="digest", read_from="secondary")
    assert (tier_of(digest), tier_of(second_hand)) == (2, 8)


def test_a_source_without_a_tier_has_that_of_its_kind_and_a_users_document_none() -> None:
    assert tier_of(SourceMetadata(title="N", kind="news")) == 8
    assert tier_of(SourceMetadata(title="D")) is None
    assert tier_label(None) == "unclassified"
    assert not is_weak(SourceMetadata(title="D"))


def test_status_questions_have_their_own_order() -> None:
    kinds = ("registry_record", "press_release", "randomised_trial", "news", "vendor_page")
    ranks = [status_rank(SourceMetadata(title="S", kind=kind)) for kind in kinds]
    assert ranks == sorted(ranks)
    assert ranks[0] == ranks[1]


def test_preclinical_is_an_axis_and_no_rank() -> None:
    assert axis_of(SourceMetadata(title="S", kind="preclinical_study", tier=1)) == "preclinical"
    assert axis_of(SourceMetadata(title="S", kind="news")) == "clinical"


def test_the_tier_orders_only_what_says_equally_much() -> None:
    trial = SourceMetadata(title="Trial", tier=1)
    page = SourceMetadata(title="Page", tier=9)
    news = SourceMetadata(title="News", tier=8, published="2020")
    newer = SourceMetadata(title="Newer", tier=8, published="2021")
    items = [(news, 1.0), (newer, 1.0), (trial, 1.0), (page, 2.0)]
    ordered = strongest_first(items, lambda item: item[0], lambda item: item[1])
    assert [item[0].title for item in ordered] == ["Page", "Trial", "Newer", "News"]


@given(st.lists(st.tuples(st.integers(1, 10), st.sampled_from([0.0, 1.0]))))
def test_ordering_loses_no_evidence(items: list[tuple[int, float]]) -> None:
    ordered = strongest_first(
        items, lambda item: SourceMetadata(title="S", tier=item[0]), lambda item: item[1]
    )
    assert sorted(ordered) == sorted(items)


@pytest.mark.parametrize("tier", [7, 8, 9, 10])
def test_what_nobody_reviewed_is_weak(tier: int) -> None:
    assert is_weak(SourceMetadata(title="S", tier=tier))
