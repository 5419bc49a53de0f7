"""A run as lines of text: the headline with intervals, and the systems side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iscalimab_qa.evaluation.results import Document

COLUMNS = {
    "correct in 60 words": "correct",
    "citation precision": "cit. prec.",
    "citation recall": "cit. recall",
    "abstention precision": "abst. prec.",
    "abstention recall": "abst. recall",
    "recall@5": "recall@5",
    "nDCG@10": "nDCG@10",
}
"""What is told of every system, and how its column is headed."""

_DECIMAL_COUNTS = frozenset({"words"})


def lines(result: Document) -> Iterator[str]:
    """Yield the report for a terminal: under 80 columns where the names allow."""
    yield _title(result)
    yield ""
    yield from _headline(result)
    if len(result["systems"]) > 1:
        yield ""
        yield from _side_by_side(result["systems"])
    if "judge" in result:
        yield ""
        yield from _opinion(result["judge"])


def _opinion(judged: Mapping[str, Any]) -> Iterator[str]:
    yield f"The opinion of {judged['judge']}, no part of the measures ({judged['unread']} unread):"
    for name, value in judged["measures"].items():
        if value:
            yield f"{name:<24} {_estimate(value, counts=False)}"


def _title(result: Document) -> str:
    asked = result["questions"]
    return (
        f"{result['name']}: {asked['n']} questions, {asked['answerable']} answerable, "
        f"{asked['follow_ups']} follow-ups, {asked['attacks']} attacks"
    )


def _headline(result: Document) -> Iterator[str]:
    first, missing = result["systems"][0], result["not_yet"]
    yield f"{first['name']:<24} {'mean':>7}  {'95 % interval':<16} n"
    for name, value in first["measures"].items():
        if name in missing:
            yield f"{name:<24} not yet  ({missing[name]})"
        elif value is None:
            yield f"{name:<24} {'-':>7}  no question is eligible"
        else:
            yield f"{name:<24} {_estimate(value, counts=name in _DECIMAL_COUNTS)}"
    for name in missing.keys() - first["measures"].keys():
        yield f"{name:<24} not yet  ({missing[name]})"
    if first["calibration_error"] is not None:
        yield f"{'calibration error':<24} {first['calibration_error']:>7.3f}"
    for name, milliseconds in first["latency"].items():
        yield f"{name:<24} {milliseconds:>7.1f}"


def _estimate(value: Mapping[str, float], *, counts: bool) -> str:
    if counts:
        return (
            f"{value['mean']:>7.1f}  {value['low']:.1f} to {value['high']:.1f}{'':<5} {value['n']}"
        )
    return f"{value['mean']:>7.3f}  {value['low']:.3f} to {value['high']:.3f}   {value['n']}"


def _side_by_side(systems: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"{'':<24}" + "".join(f"{head:>13}" for head in COLUMNS.values())
    for system in systems:
        means = (system["measures"][name] for name in COLUMNS)
        yield f"{system['name']:<24}" + "".join(_cell(mean) for mean in means)
    yield ""
    yield "Difference in correct answers from the first, paired, 95 % interval:"
    for system in systems[1:]:
        gap = system["against_first"]["correct in 60 words"]
        if gap:
            told = f"{gap['mean']:+.3f}  {gap['low']:+.3f} to {gap['high']:+.3f}"
            yield f"{system['name']:<24} {told}   {system['what']}"


def _cell(mean: Mapping[str, float] | None) -> str:
    return f"{'-':>13}" if mean is None else f"{mean['mean']:>13.3f}"
