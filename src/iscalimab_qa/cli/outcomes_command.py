"""`iscalimab-qa outcomes`: the table of outcomes for people, for spreadsheets, for programs."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from iscalimab_qa.cli.printing import print_json, say
from iscalimab_qa.errors import TopicNotFoundError

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.evidence.outcomes.conflicts import Conflict
    from iscalimab_qa.evidence.outcomes.values import Outcome

NARROWEST = 40
"""Columns of the narrowest terminal that is written for."""
_INDENT = 4


def print_outcomes(
    assistant: Assistant, topic: str | None, form: Literal["people", "csv", "json"]
) -> None:
    """Print the outcomes of a trial, an indication, or the whole library.

    Raises:
        TopicNotFoundError: The topic is no trial that the library knows, and no indication.
    """
    library = assistant.outcomes
    trials = library.trials_about(topic) if topic else ()
    if topic and not trials:
        known = {each.indication for each in library.outcomes if each.indication}
        raise TopicNotFoundError(topic, known=tuple(sorted(known)))
    outcomes = library.of_trials(trials) if topic else library.outcomes
    date = assistant.library_date
    if form == "json":
        for outcome in outcomes:
            print_json(outcome.as_json() | {"library_date": date})
    elif form == "csv":
        from iscalimab_qa.exports.tables import outcomes_csv  # noqa: PLC0415

        sys.stdout.write(outcomes_csv(outcomes, date))
    else:
        for line in table_lines(outcomes, library.conflicts, _width(), trials):
            say(line)
        say(f"Library as of {date}")


def _width() -> int:
    return max(NARROWEST, shutil.get_terminal_size().columns)


def table_lines(
    outcomes: Sequence[Outcome],
    conflicts: Sequence[Conflict],
    width: int,
    trials: Sequence[str] = (),
) -> Iterator[str]:
    """Yield the table for people: a block a trial and endpoint, a line an arm.

    No line is longer than `width`, and no cell is broken but one that is longer by itself. Of
    `trials`, those without an outcome are named as such.
    """
    by_trial: dict[str, list[Outcome]] = {trial: [] for trial in trials}
    for each in sorted(outcomes, key=lambda each: (not each.trial, each.indication, each.trial)):
        by_trial.setdefault(each.trial, []).append(each)
    for trial, told in by_trial.items():
        about = f" ({told[0].indication})" if told and told[0].indication else ""
        yield f"{trial or 'No trial named'}{about}{'' if told else ': no outcome in the library'}"
        for block in _blocks(told):
            yield from _block_lines(block, width)
        for conflict in conflicts:
            if trial and conflict.trial == trial:
                yield from _wrapped(conflict.text, width, indent=2)
        yield ""


def _blocks(outcomes: Sequence[Outcome]) -> Iterator[list[Outcome]]:
    ordered = sorted(outcomes, key=lambda each: (each.source.tier or 99, each.source_id))
    for _, block in groupby(ordered, key=_place_of):
        yield list(block)


def _place_of(outcome: Outcome) -> tuple[str, str, str, int]:
    """Return what the figures of one block share: each stands in the words that it cites."""
    return outcome.source_id, outcome.endpoint, outcome.time, outcome.place.start


def _block_lines(block: Sequence[Outcome], width: int) -> Iterator[str]:
    from iscalimab_qa.evidence.tiers import tier_of  # noqa: PLC0415

    first = block[0]
    time = "" if first.time.lower() in first.endpoint.lower() else first.time
    marked = "preclinical" if first.preclinical else ""
    yield from _wrapped(" · ".join(filter(None, [first.endpoint, time, marked])), width, indent=2)
    sizes = [f"n={each.arm_n}" if each.arm_n is not None else "" for each in block]
    arm_width = min(max(len(each.arm) for each in block), width // 2)
    size_width = max(map(len, sizes))
    for each, size in zip(block, sizes, strict=True):
        sized = f"{size:<{size_width}}  {each.figures}" if size_width else each.figures
        yield from _arm_lines(each.arm, sized, arm_width, width)
    notes = dict.fromkeys(each.note for each in block if each.note)
    for note in notes:
        yield from _wrapped(f"Note: {note}", width, indent=_INDENT)
    place = f"{first.source_id} {first.place.start}-{first.place.end}"
    tier = tier_of(first.source)
    told = [first.source.kind.replace("_", " "), f"tier {tier}" if tier else "unclassified"]
    if first.source.read_from not in {None, "full text", "registry"}:
        told.append(f"read from: {first.source.read_from}")
    yield from _wrapped(f"[{place}, {', '.join(told)}]", width, _INDENT)


def _arm_lines(arm: str, figures: str, arm_width: int, width: int) -> Iterator[str]:
    """Yield an arm beside its figures, or above them where both do not fit on a line."""
    line = f"{' ' * _INDENT}{arm:<{arm_width}}  {figures}"
    if len(arm) <= arm_width and len(line.rstrip()) <= width:
        yield line.rstrip()
    else:
        yield from _wrapped(arm, width, indent=_INDENT)
        yield from _wrapped(figures.strip(), width, indent=_INDENT + 2)


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_on_hyphens=False,
    )
