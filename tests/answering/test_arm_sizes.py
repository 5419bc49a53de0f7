"""How many patients each arm had, wherever that stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opening import assistant_over

from iscalimab_qa import Assistant
from iscalimab_qa.answering.sought.arms import ASKS_SIZES, ASKS_TWO_SIZES

HEADS = """# LARK-7: tolimab in gout

LARK-7 was a trial of tolimab in gout at 12 clinics.

Table 1. Pain at week 8

| Measure | Tolimab (n=40) | Placebo (n=19) |
|---|---|---|
| Pain | 2.1 | 4.0 |

Table 2. Baseline characteristics

| Measure | Tolimab (n=41) | Placebo (n=20) |
|---|---|---|
| Age | 50 | 51 |
"""

ROW = """# WREN-2: orbelimab in asthma

WREN-2 ran at 9 clinics.

| | Orbelimab 10 mg | Placebo |
|---|---|---|
| Randomised | 51 | 49 |
| Completed | 44 | 39 |
"""

ROWS = """# TERN-3: sotrelimab in eczema

| Arm | Participants |
|---|---|
| Sotrelimab | 58 |
| Placebo | 30 |
"""

PROSE = """# ROOK-4: dalozumab in hives

ROOK-4 lasted 12 weeks. Of 402 patients who were screened, 318 were randomised: 210 to dalozumab
and 108 to placebo.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(
        tmp_path_factory.mktemp("sizes"), {"lark": HEADS, "wren": ROW, "tern": ROWS, "rook": PROSE}
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many patients were in each arm of LARK-7?", ["Tolimab (n=41); Placebo (n=20)"]),
        ("How big were the groups in WREN-2?", ["Orbelimab 10 mg 51; Placebo 49"]),
        ("What were the arm sizes in TERN-3?", ["Sotrelimab: Participants 58", "Participants 30"]),
        ("How was ROOK-4 split between the arms?", ["210 to dalozumab and 108 to placebo"]),
        (
            "How many got dalozumab and how many placebo in ROOK-4?",
            ["210 to dalozumab and 108 to placebo"],
        ),
    ],
)
def test_the_sizes_of_all_arms_are_told(library: Assistant, question: str, told: list[str]) -> None:
    answer = library.ask(question)
    assert answer.verdict == "answered"
    assert len(answer.claims) == len(told)
    for claim, words in zip(answer.claims, told, strict=True):
        assert words in " ".join(claim.text.split())
        assert claim.checks.figures == "ok"


@pytest.mark.parametrize(
    "question",
    [
        "How many patients in each arm of WREN-2 completed the trial?",
        "How many patients in each group had an infection?",
        "How did the arms differ in pain?",
        "How many patients were in remission in each arm?",
        "How many weeks did each arm of ROOK-4 last?",
    ],
)
def test_another_figure_of_the_arms_is_not_their_size(question: str) -> None:
    assert not ASKS_SIZES.search(question)
    assert not ASKS_TWO_SIZES.search(question)


def test_a_trial_that_no_source_names_has_no_sizes(library: Assistant) -> None:
    answer = library.ask("How many patients were in each arm of CRANE-9?")
    assert answer.verdict != "answered"
