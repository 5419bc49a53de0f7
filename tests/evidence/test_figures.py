from __future__ import annotations

import pytest

from iscalimab_qa.evidence.checks.present import figures_in, missing_figures


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("It fell by 63.1 %.", "a fall of 63.1%"),
        ("from −2.8 points", "change: -2.8"),
        ("in 1,204 people", "n=1204"),
        ("0.5 mg", "0,5 mg"),
        ("weeks 24 to 48", "weeks 24–48"),
        ("trial NCT00000001", "nct00000001"),
    ],
)
def test_one_figure_in_two_spellings_is_found(claim: str, words: str) -> None:
    assert missing_figures(claim, words) == ()


@pytest.mark.parametrize(
    ("claim", "words", "missing"),
    [
        ("8.1 %", "18.1 %", ("8.1",)),
        ("8.1 %", "8.15 %", ("8.1",)),
        ("NCT00000001", "NCT00000011", ("nct00000001",)),
        ("2.8 points", "-2.8 points", ("2.8",)),
        ("in 6 of 39", "6 patients", ("39",)),
        ("IL-6 rose", "IL-16 rose", ("il-6",)),
    ],
)
def test_a_figure_is_never_found_inside_another(
    claim: str, words: str, missing: tuple[str, ...]
) -> None:
    assert missing_figures(claim, words) == missing


def test_the_dash_of_a_range_is_no_minus_sign() -> None:
    # 0.96 to 9.46: two figures, neither of them negative
    assert figures_in("95% CI 0.96-9.46").keys() == {"95", "0.96", "9.46"}


def test_the_figures_of_a_claim_that_the_words_lack_are_listed() -> None:
    assert missing_figures("It was 3 of 5.", "3 of 5 patients") == ()
    assert missing_figures("It was 3 of 6.", "3 of 5 patients") == ("6",)
