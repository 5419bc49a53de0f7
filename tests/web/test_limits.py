"""A visitor may ask so often, and is told when the next question is welcome."""

from __future__ import annotations

from iscalimab_qa.web.limits import Rate, too_often


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_then_one_question_at_a_time() -> None:
    clock = Clock()
    rate = Rate(6, clock=clock)  # one token in ten seconds
    assert [rate.wait_s("ann") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    clock.now = 4.0
    assert rate.wait_s("ann") == 6
    clock.now = 10.0
    assert rate.wait_s("ann") == 0
    assert rate.wait_s("ann") == 10


def test_one_visitor_does_not_use_up_anothers_questions() -> None:
    rate = Rate(1, clock=Clock())
    assert rate.wait_s("ann") == 0
    assert rate.wait_s("ann") == 60
    assert rate.wait_s("ben") == 0


def test_a_pause_never_saves_up_more_than_a_full_bucket() -> None:
    clock = Clock()
    rate = Rate(2, clock=clock)
    rate.wait_s("ann")
    clock.now = 3_600.0
    assert [rate.wait_s("ann") for _ in range(3)] == [0, 0, 30]


def test_the_message_says_when_to_ask_again() -> None:
    assert too_often(1).endswith("Ask again in 1 second.")
    assert too_often(12).endswith("Ask again in 12 seconds.")
