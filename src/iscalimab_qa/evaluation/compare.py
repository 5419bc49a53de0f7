"""What changed between two runs, question by question.

The runs may differ in anything: the code, the library, the labels. So this is also the answer
diff after the corpus changed; which of these differ is said beside what changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from iscalimab_qa.evaluation.comparison import Change, Comparison, Differing, Kind, Moved, Side
from iscalimab_qa.evaluation.comparison_page import page
from iscalimab_qa.evaluation.comparison_text import lines
from iscalimab_qa.evaluation.reread import system_of
from iscalimab_qa.evaluation.results import Document
from iscalimab_qa.evaluation.summary import Judged, SystemResult

__all__ = ["as_json", "compare", "lines", "page"]

as_json = Comparison.as_json


def compare(before: Document, after: Document, system: str | None = None) -> Comparison:
    """Compare what a system said in two runs.

    Args:
        before: The earlier run's document.
        after: The later run's document.
        system: The system's name; by default the first one of each run.

    Returns:
        Changes and measures cover the questions whose id is in both runs, in the order of the
        later one. Intervals draw clusters by the later labels.

    Raises:
        EvaluationError: A document has no such system, or its parts do not fit.
    """
    older, newer = system_of(before, system), system_of(after, system)
    old, new = ({each.question.id: each for each in one.judged} for one in (older, newer))
    shared = [question_id for question_id in new if question_id in old]
    differing = [one for one in shared if before["asked"][one] != after["asked"][one]]
    rephrased = [one for one in differing if _wording(old[one]) != _wording(new[one])]
    return Comparison(
        before=_side(before, older),
        after=_side(after, newer),
        configuration=_differing(_configuration(before, older), _configuration(after, newer)),
        shared=len(shared),
        relabelled=[one for one in differing if one not in rephrased],
        rephrased=rephrased,
        only_before=[each.question for one, each in old.items() if one not in new],
        only_after=[each.question for one, each in new.items() if one not in old],
        measures=list(_measures([old[one] for one in shared], [new[one] for one in shared])),
        changes=[each for one in shared for each in _change(old[one], new[one])],
    )


def _side(result: Document, system: SystemResult) -> Side:
    return Side(result["name"], result["sha"], result["created"], system.name)


def _wording(judged: Judged) -> object:
    return judged.question.question, judged.question.history, judged.question.library


def _change(before: Judged, after: Judged) -> Iterator[Change]:
    kinds = _kinds(before, after)
    if kinds:
        yield Change(kinds, before, after)


def _kinds(before: Judged, after: Judged) -> list[Kind]:
    right = _right(after) - _right(before)
    answers = _answers(after) - _answers(before)
    found = [
        kind
        for kind, holds in {
            Kind.WRONG: right < 0,
            Kind.RIGHT: right > 0,
            Kind.ABSTAINING: answers < 0,
            Kind.ANSWERING: answers > 0,
        }.items()
        if holds
    ]
    return found or ([] if _said(before) == _said(after) else [Kind.REWORDED])


def _right(judged: Judged) -> int:
    return int(judged.scores.get("right") == 1)


def _answers(judged: Judged) -> int:
    return int(judged.outcome.verdict == "answered")


def _said(judged: Judged) -> object:
    return judged.outcome.verdict, judged.outcome.text


def _measures(before: Sequence[Judged], after: Sequence[Judged]) -> Iterator[Moved]:
    """Yield every measure that both runs have, over the questions eligible in both."""
    names = list(after[0].scores) if after else []
    older, newer = SystemResult("", "", before), SystemResult("", "", after)
    for name in names:
        if any(name not in each.scores for each in (*before, *after)):
            continue
        difference = newer.against(older, name)
        if difference:
            eligible = [
                (a, b)
                for a, b in zip(older.values(name), newer.values(name), strict=True)
                if a is not None and b is not None
            ]
            old, new = (sum(side) / len(eligible) for side in zip(*eligible, strict=True))
            yield Moved(name, old, new, difference)


def _configuration(result: Document, system: SystemResult) -> Mapping[str, str]:
    """Return what made a system's answers; a run over two libraries may have two values."""
    values: dict[str, dict[str, None]] = {}
    for each in result["configurations"]:
        if each.get("system") == system.name:
            for name, value in _flat(each):
                values.setdefault(name, {})[value] = None
    return {name: ", ".join(found) for name, found in values.items()}


def _flat(configuration: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names and values; those of settings that are kept as a JSON object one by one."""
    for name, value in configuration.items():
        settings = _object(value)
        if settings is None:
            yield name, value
        else:
            yield from ((f"{name}.{each}", json.dumps(v)) for each, v in settings.items())


def _object(value: str) -> Mapping[str, object] | None:
    try:
        read = json.loads(value)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[Differing]:
    names = dict.fromkeys([*before, *after])
    found = [Differing(name, before.get(name, ""), after.get(name, "")) for name in names]
    return [each for each in found if each.before != each.after]
