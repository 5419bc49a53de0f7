"""Sources are admitted by id, trial, kind and date."""

from __future__ import annotations

import pytest

from iscalimab_qa.lexicon import AliasGroup, Lexicon
from iscalimab_qa.retrieval import Filters
from iscalimab_qa.sources.values import SourceMetadata, TrialRecord

TRIAL = SourceMetadata(
    "A trial",
    kind="randomised_trial",
    published="2024-05",
    trials=(TrialRecord("NCT00000001", aliases=("ALPHA-1",)),),
)


def admits(filters: Filters, metadata: SourceMetadata = TRIAL) -> bool:
    return filters.admits("alpha", metadata)


def test_no_condition_admits_everything() -> None:
    assert Filters().admit_all
    assert admits(Filters())
    assert not Filters(kinds=frozenset({"review"})).admit_all


def test_all_conditions_must_hold() -> None:
    both = Filters(sources=frozenset({"alpha"}), kinds=frozenset({"randomised_trial"}))
    assert admits(both)
    assert not both.admits("beta", TRIAL)
    assert not admits(Filters(sources=frozenset({"alpha"}), kinds=frozenset({"review"})))


@pytest.mark.parametrize("name", ["NCT00000001", "nct00000001", "alpha-1", "ALPHA–1"])
def test_a_trial_is_known_by_each_of_its_names(name: str) -> None:
    assert admits(Filters(trials=frozenset({name})))


def test_a_trial_is_known_by_a_name_that_only_the_lexicon_has() -> None:
    names = ("NCT00000001", "2020-000001-01")
    lexicon = Lexicon([AliasGroup("trial", names, names)])
    asked = Filters(trials=frozenset({"2020-000001-01"}))
    assert not admits(asked)
    assert admits(asked.with_other_names(lexicon))


@pytest.mark.parametrize(
    ("published", "start", "end", "admitted"),
    [
        ("2024-05", "2024", None, True),
        ("2024-05", "2024-06", None, False),
        ("2024-05", None, "2024-05-10", True),  # some day of May: it may be
        ("2024", "2024-06", None, True),  # some month of 2024: it may be
        ("2023", "2024-06", None, False),
        ("2024-05", "2020", "2024", True),  # both ends count
        ("2025-01-01", None, "2024", False),
        (None, "2020", None, False),
        (None, None, None, True),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(
    published: str | None, start: str | None, end: str | None, admitted: bool
) -> None:
    source = SourceMetadata("A source", published=published)
    assert admits(Filters(published_from=start, published_to=end), source) is admitted
