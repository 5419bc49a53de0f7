"""With the reader switched on, what is told in other words is found, and one answer stays one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opening import assistant_over

from iscalimab_qa import Assistant

TRIAL = """# Pelvanimab in gout: the STONE-1 trial

## Results

Flares were 0.8 per patient with pelvanimab and 1.9 with placebo by week 24.
Serum urate fell by 4% with pelvanimab and by 3% with placebo.

## Conduct

Nine of the 60 patients given pelvanimab left the trial early, mostly because they had moved away.
The sponsor paid for the travel of all patients.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ISCALIMAB_QA_ANSWERING__READER", "true")
        with assistant_over(tmp_path_factory.mktemp("reading"), {"stone": TRIAL}) as opened:
            opened.warm()
            yield opened


def test_what_is_told_in_other_words_is_found(library: Assistant) -> None:
    answer = library.ask("Why did people on pelvanimab drop out?")
    assert answer.claims[0].text.startswith("Nine of the 60 patients")


def test_the_same_question_has_the_same_answer(library: Assistant) -> None:
    first, second = (library.ask("How many gout attacks were there with placebo?") for _ in "ab")
    assert (first.text, first.probability) == (second.text, second.probability)


def test_an_answer_says_whether_it_was_read_for(library: Assistant) -> None:
    answer = library.ask("How far did serum urate fall?")
    assert '"reader":true' in answer.provenance["answering"]
