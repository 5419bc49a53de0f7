"""What the benchmark in the browser says of what it measured."""

from __future__ import annotations

from bench_chat import Waits, lines


def test_ours_stands_beside_the_echo_page_with_the_ratio_and_the_aim() -> None:
    ours = Waits(paint_ms=800, box_ms=900, answer_ms=400, answer_p95_ms=500)
    echo = Waits(paint_ms=400, box_ms=600, answer_ms=200, answer_p95_ms=250)
    _, paint, box, answer, p95 = lines({"ours": ours, "echo": echo})
    assert paint.split() == "first paint, p50 800 ms 400 ms 2 < 1,500 ms met".split()
    assert box.split() == "box ready, p50 900 ms 600 ms 1.5".split()
    assert answer.split() == "Enter to answer, p50 400 ms 200 ms 2 < 300 ms MISSED".split()
    assert p95.split() == "Enter to answer, p95 500 ms 250 ms 2".split()
