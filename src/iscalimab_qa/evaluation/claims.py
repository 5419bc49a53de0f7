"""How well the checks tell supported claims from corrupted ones: pure measuring, and its table.

One JSON object a line: `{"id", "split", "claim", "source_id", "quote", "verdict", "kind", "why"}`.
`kind` says what was changed in a corrupted claim; each kind is one check's to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evidence.checks.findings import CheckName
from iscalimab_qa.evidence.values import Checks, Citation
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit, units_of

Split = Literal["dev", "held"]
Kind = Literal["figure", "arm", "endpoint", "time", "negation", "drug", "trial"]

CHECK_OF: Mapping[Kind, CheckName] = {
    "figure": "figures",
    "arm": "arms",
    "endpoint": "arms",
    "time": "arms",
    "negation": "negation",
    "drug": "drug",
    "trial": "trial",
}
"""Which check has to find which corruption."""

CHECKS: tuple[CheckName, ...] = ("figures", "arms", "negation", "drug", "trial")


class LabelledClaim(BaseModel):
    """A claim with the words it cites and whether they bear it out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    split: Split
    claim: str
    source_id: str
    quote: str
    verdict: Literal["supported", "corrupted"]
    kind: Kind | None = None
    why: str = ""

    @model_validator(mode="after")
    def _kind_says_what_was_corrupted(self) -> LabelledClaim:
        if (self.kind is None) != (self.verdict == "supported"):
            raise ValueError("a corrupted claim has a kind, a supported one has none")
        return self


class CheckedClaim(NamedTuple):
    """A labelled claim and what the checks made of it."""

    labelled: LabelledClaim
    checks: Checks

    @property
    def failed(self) -> frozenset[CheckName]:
        """The checks that it failed."""
        return frozenset(name for name in CHECKS if getattr(self.checks, name) == "failed")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    `precision` is the share of the flagged claims that are corrupted, `recall` the share of
    the line's own corrupted claims that are flagged; None where there are none. `own` counts
    the corrupted claims that are the line's to find, `flagged` all claims that it failed,
    `false_alarms` the supported ones among these.
    """

    name: str
    own: int
    flagged: int
    false_alarms: int
    precision: float | None
    recall: float | None


def read_claims(path: Path) -> list[LabelledClaim]:
    """Read the labelled claims of a file.

    Raises:
        EvaluationError: A line is no such object, or an id occurs twice.
    """
    claims: list[LabelledClaim] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            claims += [LabelledClaim.model_validate_json(line)] if line.strip() else []
        except ValidationError as error:
            first = error.errors()[0]
            raise EvaluationError(f"{path.name}: line {number}: {first['msg']}") from error
    ids = [claim.id for claim in claims]
    if repeated := next((each for each in ids if ids.count(each) > 1), None):
        raise EvaluationError(f"{path.name}: the id {repeated!r} occurs twice")
    return claims


def cited_units(source: Source, quote: str) -> list[Unit]:
    """Return the units of a source that a quote lies on, with their own words and heads.

    Raises:
        EvaluationError: The quote is not in the source, or on nothing that can be cited.
    """
    start = source.text.find(quote)
    end = start + len(quote)
    units = [u for u in units_of(source) if start >= 0 and u.start < end and u.end > start]
    if not units:
        raise EvaluationError(f"not in {source.source_id}: {quote!r}")
    return units


def citations_of(claim: LabelledClaim, source: Source) -> list[Citation]:
    """Cite the units that a labelled quote lies on."""
    units = cited_units(source, claim.quote)
    return [citation(unit, source.metadata, n) for n, unit in enumerate(units, start=1)]


def checked(
    claims: Iterable[LabelledClaim],
    source: Callable[[str], Source],
    check: Callable[[str, Sequence[Citation], Source], Checks],
) -> list[CheckedClaim]:
    """Hold every claim against the words that it is labelled with."""
    found = []
    for claim in claims:
        own = source(claim.source_id)
        found.append(CheckedClaim(claim, check(claim.claim, citations_of(claim, own), own)))
    return found


def table(checked_claims: Sequence[CheckedClaim]) -> list[Row]:
    """Measure each check, each kind of corruption, and all checks together.

    A check's recall is over the corruptions that are its own to find. A kind's row counts a
    claim as flagged when any check fails it, and so does the row `any`.
    """
    rows = [_check_row(name, checked_claims) for name in CHECKS]
    rows += [_kind_row(kind, checked_claims) for kind in CHECK_OF]
    corrupted = [each for each in checked_claims if each.labelled.kind]
    flagged = [each for each in checked_claims if each.failed]
    return [*rows, _row("any", corrupted, flagged)]


def _check_row(name: CheckName, claims: Sequence[CheckedClaim]) -> Row:
    own = [each for each in claims if each.labelled.kind and CHECK_OF[each.labelled.kind] == name]
    return _row(f"check {name}", own, [each for each in claims if name in each.failed])


def _kind_row(kind: Kind, claims: Sequence[CheckedClaim]) -> Row:
    own = [each for each in claims if each.labelled.kind == kind]
    row = _row(f"kind {kind}", own, [each for each in own if each.failed])
    return Row(row.name, row.own, row.flagged, 0, None, row.recall)


def _row(name: str, own: Sequence[CheckedClaim], flagged: Sequence[CheckedClaim]) -> Row:
    false_alarms = sum(each.labelled.verdict == "supported" for each in flagged)
    ids = {each.labelled.id for each in flagged}
    found = sum(each.labelled.id in ids for each in own)
    return Row(
        name,
        own=len(own),
        flagged=len(flagged),
        false_alarms=false_alarms,
        precision=(len(flagged) - false_alarms) / len(flagged) if flagged else None,
        recall=found / len(own) if own else None,
    )


def as_markdown(halves: Mapping[str, Sequence[CheckedClaim]]) -> str:
    """Write the tables of some halves beside one another, the supported claims counted below."""
    tables = {name: table(claims) for name, claims in halves.items()}
    head = "| | " + " | ".join(
        f"{name}: n | flagged | false alarms | precision | recall" for name in tables
    )
    lines = [head + " |", "|---" + "|--:" * (5 * len(tables)) + "|"]
    for rows in zip(*tables.values(), strict=True):
        cells = " | ".join(_cells(row) for row in rows)
        lines.append(f"| {rows[0].name} | {cells} |")
    counted = "; ".join(
        f"{name}: {sum(each.labelled.verdict == 'supported' for each in claims)} supported, "
        f"{sum(each.labelled.verdict == 'corrupted' for each in claims)} corrupted"
        for name, claims in halves.items()
    )
    return "\n".join([*lines, "", counted])


def _cells(row: Row) -> str:
    shares = (f"{x:.3f}" if x is not None else "" for x in (row.precision, row.recall))
    return " | ".join([str(row.own), str(row.flagged), str(row.false_alarms), *shares])
