"""A run as one page to look at: numbers with intervals, plots, and every failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iscalimab_qa.evaluation.failures import causes_table, failures, failures_html
from iscalimab_qa.evaluation.intervals import Estimate
from iscalimab_qa.evaluation.markup import (
    UNBOUNDED,
    difference_html,
    measure_html,
    number,
    readable,
    row,
    section,
    shell,
    shown,
    table,
)
from iscalimab_qa.evaluation.plots import bars, histogram, reliability, verdict_grid, whisker
from iscalimab_qa.evaluation.reread import system_of
from iscalimab_qa.evaluation.results import Document
from iscalimab_qa.evaluation.summary import LATENCIES

BESIDE = ("arm errors", "abstention precision", "abstention recall")
"""Measures that stand beside the compared ones in the table of systems, without a difference."""


def page(result: Document) -> str:
    """Return a run's document as one HTML page, which asks for nothing from outside.

    Every failure of the first system is in it, so it holds words of the sources and questions.

    Raises:
        EvaluationError: The document has no system, or its parts do not fit.
    """
    first = system_of(result)
    failed = failures(first)
    sections = {
        "measures": ("Measures", _measures(result)),
        "systems": ("Systems side by side", _systems(result["systems"])),
        "plots": ("Plots", _plots(result["systems"][0])),
        "causes": ("Causes of failure", causes_table(failed)),
        "failures": ("Failures", failures_html(failed)),
        "made-by": ("Made by", _made_by(result["configurations"])),
    }
    links = "".join(
        f'<li><a href="#{key}">{shown(title)}</a></li>' for key, (title, _) in sections.items()
    )
    body = "".join(section(key, title, held) for key, (title, held) in sections.items())
    head = _head(result, f"{len(failed)} of {len(first.judged)} failed")
    return shell(
        f"Evaluation: {result['name']}",
        f'{head}<nav aria-label="On this page"><ul>{links}</ul></nav>{body}',
    )


def _head(result: Document, failed: str) -> str:
    asked, first = result["questions"], result["systems"][0]
    counts = [
        f"{asked['n']} questions",
        f"{asked['answerable']} answerable",
        f"{asked['follow_ups']} follow-ups",
        f"{asked['attacks']} attacks",
        failed,
    ]
    made = [f"{first['name']}: {first['what']}", result["created"], result["sha"]]
    return (
        f"<header><h1>Evaluation: {shown(result['name'])}</h1>"
        f"<p>{shown(' · '.join(counts))}</p><p>{shown(' · '.join(made))}</p></header>"
    )


# --- the headline ---------------------------------------------------------------------


def _measures(result: Document) -> str:
    first = result["systems"][0]
    heads = ["measure", "mean", "95 % interval", "n", '<span class="unseen">plot</span>']
    rows = [*_measured(first["measures"], result["not_yet"]), *_plain_rows(first)]
    return table(f"{first['name']}: means with intervals", heads, rows)


def _measured(
    measures: Mapping[str, Mapping[str, float] | None], missing: Mapping[str, str]
) -> Iterator[str]:
    """Yield a row a measure; what is not done yet comes in its place, or last."""
    for name, value in measures.items():
        if name in missing:
            yield _without(name, f"not yet: {missing[name]}")
        elif value is None:
            yield _without(name, "no question is eligible")
        else:
            yield row(measure_html(name), _cells(name, _estimate(value)))
    for name in missing:
        if name not in measures:
            yield _without(name, f"not yet: {missing[name]}")


def _without(name: str, reason: str) -> str:
    return (
        f'<tr class="without"><th scope="row">{shown(name)}</th>'
        f'<td colspan="4">{shown(reason)}</td></tr>'
    )


def _cells(name: str, value: Estimate) -> list[str]:
    drawn = "" if name in UNBOUNDED else whisker(value.mean, value.low, value.high)
    return [number(value.mean, name), _interval(name, value), f"{value.n:.0f}", drawn]


def _interval(name: str, value: Estimate) -> str:
    return f"{number(value.low, name)} to {number(value.high, name)}"


def _estimate(stored: Mapping[str, float]) -> Estimate:
    return Estimate(stored["mean"], stored["low"], stored["high"], int(stored["n"]))


def _plain_rows(first: Mapping[str, Any]) -> Iterator[str]:
    """Yield what has no interval."""
    error = first["calibration_error"]
    plain = ({} if error is None else {"calibration error": error}) | dict(first["latency"])
    for name, value in plain.items():
        yield row(measure_html(name), [number(value, name), "", "", ""])


# --- the systems ----------------------------------------------------------------------


def _systems(systems: Sequence[Mapping[str, Any]]) -> str:
    compared = list(dict.fromkeys(name for each in systems for name in each["against_first"]))
    names = [*compared, *(name for name in BESIDE if name not in compared)]
    caption = "Each system's mean; below it the paired difference from the first, 95 % interval"
    heads = ["system", *map(measure_html, names), *map(shown, LATENCIES)]
    note = "<p>A difference whose interval leaves out zero is set in bold.</p>"
    return table(caption, heads, [_system(each, names) for each in systems]) + note


def _system(system: Mapping[str, Any], names: Sequence[str]) -> str:
    head = f"{shown(system['name'])} <small>{shown(system['what'])}</small>"
    compared = [_compared(system, name) for name in names]
    times = [number(system["latency"][name], name) for name in LATENCIES]
    return row(head, [*compared, *times])


def _compared(system: Mapping[str, Any], name: str) -> str:
    value, gap = system["measures"].get(name), system["against_first"].get(name)
    mean = number(value["mean"], name) if value else "–"
    return mean + (f"<small>{difference_html(name, _estimate(gap))}</small>" if gap else "")


# --- the plots ------------------------------------------------------------------------


def _plots(first: Mapping[str, Any]) -> str:
    means = {readable(name): _estimate(value) for name, value in first["by_type"].items()}
    taken = [each["outcome"]["milliseconds"] for each in first["outcomes"]]
    marks = {short: first["latency"][name] for name, short in _QUANTILES.items()}
    drawn = {
        "Right, by type": bars("Share of right answers by type", means),
        "Calibration": reliability("Calibration of the probability", first["calibration"]),
        "Latency": histogram("Time an answer took", taken, marks),
        "Verdicts": verdict_grid("Verdicts by kind of question", first["verdicts"]),
    }
    return '<div class="plots">' + "".join(map(_figure, drawn, drawn.values())) + "</div>"


_QUANTILES = {name: name.removeprefix("latency ").removesuffix(" (ms)") for name in LATENCIES}

_CAPTIONS = {
    "Right, by type": "Share of the questions of a type with the answer one would want.",
    "Calibration": "How likely the system held an answer to be in the library, against how often "
    "there is one; below, how many questions.",
    "Latency": "How long an answer took, retrieval included.",
    "Verdicts": "What was said to questions with an answer in the library, and to the others.",
}


def _figure(title: str, plot: str) -> str:
    return (
        f"<figure><h3>{shown(title)}</h3>{plot}"
        f"<figcaption>{shown(_CAPTIONS[title])}</figcaption></figure>"
    )


# --- the configuration ----------------------------------------------------------------


def _made_by(configurations: Sequence[Mapping[str, str]]) -> str:
    names = list(dict.fromkeys(name for each in configurations for name in each))
    rows = [
        row(shown(each.get("system", "")), [f"<code>{shown(each.get(n, ''))}</code>" for n in rest])
        for rest in [[name for name in names if name != "system"]]
        for each in configurations
    ]
    heads = ["system", *(shown(name) for name in names if name != "system")]
    return table("All that decides what a system says", heads, rows)
