from __future__ import annotations

import pytest
from cited import Citation, cite, grounds, row

from iscalimab_qa.evidence.checks.figures import check_claim_figures
from iscalimab_qa.evidence.naming.names import shipped_names


def missing(claim: str, *cited: Citation | str) -> list[str]:
    report = check_claim_figures(claim, grounds(*cited), shipped_names())
    return [finding.said for finding in report.findings]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("63.1 % improved", "63.1% improved"),
        ("in 6/39", "in six of 39 patients"),
        ("6 of 39 patients", "6 patients (15.4%) of those with n = 39"),
        ("It fell by 2.8 points.", "The change was −2.8 points."),
        ("at least 5 points", "≥ 5 points"),
        ("0.4 µg/mL", "0.4 mcg/ml"),
        ("p = 0.009", "p=0.0090"),
        ("n = 39", "39 patients"),
        ("24 weeks", "to week 24"),
        ("on 6 June 2023", "2023-06-06"),
        ("in June 2023", "on 6 June 2023"),
        ("95% CI 0.96-9.46", "(95% CI, 0.96 to 9.46)"),
        ("None of the 7 died, 0 of 7.", "none of seven"),
        ("IL6 rose", "IL-6 rose"),
    ],
)
def test_a_figure_is_found_in_another_spelling(claim: str, words: str) -> None:
    assert missing(claim, words) == []


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("8.1 %", "18.1 %"),
        ("p < 0.05", "p = 0.05"),
        ("p = 0.12", "p = 0.012"),
        ("0.4 mg/mL", "0.4 µg/mL"),
        ("10 mg", "10 mg/kg"),
        ("24 patients", "at week 24"),
        ("24%", "24 patients"),
        ("at most 5 points", "at least 5 points"),
        ("NCT00000001", "NCT00000011"),
        ("phase 2b", "phase 2a"),
        ("on 6 June 2023", "in June 2023"),
        ("6 of 18 patients", "6 of 39 patients; n = 18 on placebo"),
        ("3 of 39", "n = 39: 6 (15.4%); n = 18: 3 (16.7%)"),
    ],
)
def test_a_false_friend_is_not_the_figure(claim: str, words: str) -> None:
    assert missing(claim, words) != []


def test_a_cell_takes_its_unit_from_the_head_or_the_label() -> None:
    cited = row(["Endpoint", "Drug (n = 20)"], ["Change in thickness, µm", "-148"])
    assert missing("Thickness fell by 148 µm in 20 patients on the drug.", cited) == []


def test_a_p_value_may_stand_in_a_column_of_its_own() -> None:
    cited = row(["Endpoint", "Drug", "p value"], ["Deaths", "13", "0.85"])
    assert missing("13 deaths (p = 0.85)", cited) == []


def test_a_name_but_no_figure_may_come_from_title_or_trials() -> None:
    cited = cite("It fell by 3 points.", title="Phase 2 at week 12", trials=("NCT00000001",))
    assert missing("In NCT00000001 it fell by 3 points.", cited) == []
    assert missing("At week 12 it had fallen by 3 points.", cited) == ["week 12"]


@pytest.mark.parametrize(
    ("claim", "words", "operands"),
    [
        # 63.1 - 36.3 = 26.8
        ("a difference of 26.8%", "63.1% with X and 36.3% with Y", ("63.1", "36.3")),
        # 6 / 39 = 15.38 %
        ("15.4% of them", "6 of 39 patients", ("6", "39")),
        # 15.4 % of 39 = 6.0
        ("6 patients", "15.4% (n = 39)", ("15.4%", "39")),
    ],
)
def test_a_derived_figure_shows_its_operands_and_stands_only_when_asked_for(
    claim: str, words: str, operands: tuple[str, ...]
) -> None:
    asked = check_claim_figures(claim, grounds(words), shipped_names(), allow_derived=True)
    assert asked.findings == ()
    assert asked.derived[0].operands == operands
    assert missing(claim, words) != []
