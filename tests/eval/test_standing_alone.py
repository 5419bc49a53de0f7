"""Which questions make sense without their article."""

from __future__ import annotations

import math

import pytest
from standing_alone import Articles, stands_alone

# One article of forty is about hepcidin, all forty speak of patients.
ARTICLES = Articles.of(["Hepcidin in patients.", *["Patients were included."] * 39])


def test_a_word_of_few_articles_narrows_them_down() -> None:
    # hepcidin: ln(40 / 1); patients: ln(40 / 40)
    assert ARTICLES.narrowed_by("Hepcidin in patients?") == pytest.approx(math.log(40))


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("What is hepcidin?", True),
        ("Which patients were included?", False),
        ("What did the authors say about hepcidin?", False),
        ("What is the review of hepcidin about?", True),
        ("Why does this matter for hepcidin?", False),
    ],
)
def test_a_question_stands_alone_that_says_enough_and_points_at_nothing(
    question: str, alone: bool
) -> None:
    assert stands_alone(question, ARTICLES) is alone
