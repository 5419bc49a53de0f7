"""Hold a statement that somebody else wrote against the library.

Claim -> units that come nearest -> each held against the claim -> verdict. The unit that
tells most of the claim has the first word: one that tells less cannot support what the nearer
one says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations, islice
from typing import Any, Literal, NamedTuple

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.holding import (
    AS_NEAR,
    Held,
    Library,
    contradicts,
    hold,
    hold_unit,
    nearest_first,
    outweighs,
    sources_of,
)
from iscalimab_qa.evidence.checks.claim import CHECK_NAMES, examine
from iscalimab_qa.evidence.checks.ends import denied_ends
from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.rounding import Unrounded
from iscalimab_qa.evidence.values import Checks, Citation
from iscalimab_qa.evidence.wording.clauses import clauses
from iscalimab_qa.evidence.wording.coverage import is_anonymous
from iscalimab_qa.units import Unit

ClaimVerdict = Literal["supported", "partial", "contradicted", "not_found"]

CLAIM_LABELS: Mapping[ClaimVerdict, str] = {
    "supported": "Supported",
    "partial": "Supported in part",
    "contradicted": "Contradicted",
    "not_found": "Not in this library",
}
"""How people are told."""

LOOKED_AT = 12
"""Units that are held against a claim: the one that it paraphrases is among the first three."""

DEFINES_IN_PART = 0.4
"""Share of a definition's wording that each of the two units must hold that bear it out."""

MOST_CITED = 3
"""Citations of a supported claim: the nearest, and others that say the same."""


NOTHING_CHECKED = Checks()


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim, what the library says to it, and the words that say so.

    `citations` hold what supports or contradicts it, or comes nearest; none where the library
    has nothing at all. `checks` is how it fares against these. `unsupported` names the parts
    that nothing supports (`partial` only), `findings` what does not hold. `note` says why a
    claim was not looked at, empty where it was.
    """

    claim: str
    verdict: ClaimVerdict
    checks: Checks = NOTHING_CHECKED
    citations: tuple[Citation, ...] = ()
    unsupported: tuple[str, ...] = ()
    findings: Findings = ()
    note: str = ""

    @property
    def rests_on_digests(self) -> bool:
        """Whether all that is cited are summaries of this library's own."""
        return bool(self.citations) and all(c.text_kind == "digest" for c in self.citations)

    def as_json(self, claim_id: str | int | None = None) -> dict[str, Any]:
        """Return the documented object of `check --json`."""
        told: dict[str, Any] = {
            "id": claim_id,
            "claim": self.claim,
            "verdict": self.verdict,
            "checks": asdict(self.checks),
            "citations": [each.as_json() for each in self.citations],
        }
        if self.verdict == "partial":
            told["unsupported"] = list(self.unsupported)
        if self.findings:
            told["findings"] = list(dict.fromkeys(each.text for each in self.findings))
        return told | ({"note": self.note} if self.note else {})


def unchecked(claim: str, reason: str) -> CheckedClaim:
    """Return a claim that was not looked at, and why."""
    return CheckedClaim(claim, "not_found", note=reason)


def check_units(claim: str, units: Sequence[Unit], library: Library) -> CheckedClaim:
    """Hold a claim against units of the library.

    Args:
        claim: One statement.
        units: What comes nearest, best first; notes and references are evidence for nothing.
        library: The sources' metadata and the aliases.

    Returns:
        `supported` where a unit, or several together, say all of it and none that is nearer
        says otherwise; `contradicted` where one tells the same with another value or direction;
        `partial` where a part of it is told; else `not_found` with the nearest unit.
    """
    if ended := _ended_otherwise(claim, library):
        return ended
    telling = (each for each in units if each.kind in {"sentence", "row"})
    held = [hold_unit(claim, each, library) for each in islice(telling, LOOKED_AT)]
    named = not is_anonymous(claim, library.names)
    found = (_supported(claim, held) if named else None) or _contradicted(claim, held)
    if found:
        return found
    parts = _parts(claim, held, library)
    return (
        _defined(claim, held, library)
        or _jointly(claim, parts, library)
        or _partial(claim, held, parts, library)
        or _not_found(claim, held)
    )


def _ended_otherwise(claim: str, library: Library) -> CheckedClaim | None:
    """Hold what a claim says of a trial's end against all that the library knows of it."""
    denials = denied_ends(claim, library.registry) if library.registry else ()
    for denial in denials:
        unit = denial.sayings[0].unit
        if unit:
            cited = citation(unit, library.metadata_of(unit.source_id), 1)
            found = (Finding("negation", denial.said, f"the library says: {denial.instead}"),)
            return _denied(claim, hold(claim, cited, library).examined.checks, [cited], found)
    return None


def _supported(claim: str, held: Sequence[Held]) -> CheckedClaim | None:
    supporting = sorted((each for each in held if each.supports), key=nearest_first)
    if not supporting:
        return None
    best = supporting[0]
    if any(outweighs(each, best) for each in held):
        return None
    beside = [each for each in supporting if each.told >= best.told - AS_NEAR]
    cited = _numbered([each.citation for each in beside[:MOST_CITED]])
    return CheckedClaim(claim, "supported", best.examined.checks, cited)


def _numbered(cited: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(each, marker=marker) for marker, each in enumerate(cited, start=1))


def _contradicted(claim: str, held: Sequence[Held]) -> CheckedClaim | None:
    """Look at the units that tell the same of the same subject, those with least amiss first."""
    for each in sorted(held, key=_least_contrary):
        found = contradicts(each)
        if found and not _stands_elsewhere(found, held):
            return _denied(claim, each.examined.checks, [each.citation], found)
    return None


def _denied(claim: str, checks: Checks, cited: Sequence[Citation], found: Findings) -> CheckedClaim:
    failed: dict[str, Any] = {finding.check: "failed" for finding in found}
    return CheckedClaim(
        claim, "contradicted", replace(checks, **failed), _numbered(cited), findings=found
    )


def _stands_elsewhere(found: Findings, held: Sequence[Held]) -> bool:
    """Whether all figures that one passage lacks stand in another: sources may differ."""
    lacking = all(each.check == "figures" for each in found)
    return lacking and any(each.has_all_results for each in held)


def _least_contrary(held: Held) -> tuple[int, tuple[float, bool]]:
    """Order by how little is amiss: what differs in one thing only tells of the same matter."""
    return (len(held.examined.findings), nearest_first(held))


class Part(NamedTuple):
    """A clause of a claim, and the nearest unit that says it, None where none does."""

    text: str
    said_by: Held | None


def _parts(claim: str, held: Sequence[Held], library: Library) -> list[Part]:
    """Find for each clause a unit that says it; none for a claim of one clause."""
    texts = clauses(claim)
    return [Part(text, _said_by(text, held, library)) for text in texts if len(texts) > 1]


def _said_by(text: str, held: Sequence[Held], library: Library) -> Held | None:
    """Return the unit that says a clause by itself, so that it names what it is about."""
    again = [hold(text, each.citation, library) for each in held]
    supporting = [each for each in again if each.supports and not is_anonymous(text, library.names)]
    best = min(supporting, key=nearest_first, default=None)
    if best is None or any(outweighs(each, best) for each in again):
        return None
    return best


def _jointly(claim: str, parts: Sequence[Part], library: Library) -> CheckedClaim | None:
    """Support a claim by several units, each of which says a clause of it.

    Each clause names its own drug, trial or disease, or all units are of one source and pass
    together as one: else a clause may be another one's.
    """
    says = [each.said_by for each in parts if each.said_by]
    if not parts or len(says) < len(parts):
        return None
    cited = _distinct([each.citation for each in says])
    checks = _joined([each.examined.checks for each in says])
    if not all(map(_names_its_subject, says)):
        sources = sources_of(cited, library)
        examined = examine(claim, cited, names=library.names, sources=sources)
        if len(sources) > 1 or examined.findings:
            return None
        checks = examined.checks
    return CheckedClaim(claim, "supported", checks, cited)


_DEFINES = re.compile(
    r"^[\w()/ -]{3,60}?\s(?:is|are)\s+(?:an?|the)\s+[^,;.]+\b"
    r"(?:antibod(?:y|ies)|inhibitors?|antagonists?|agonists?|blockers?|vaccines?|drugs?|molecules?|proteins?|receptors?|peptides?|compounds?)\.?$",
    re.IGNORECASE,
)
"""A sentence that says what something is: its properties may be told in two places."""


def _defined(claim: str, held: Sequence[Held], library: Library) -> CheckedClaim | None:
    """Support what something is by two units that name it, each with some of its properties."""
    if not _DEFINES.search(claim) or any(each.opposes for each in held):
        return None
    about = [each for each in held if each.known >= DEFINES_IN_PART and not each.is_elsewhere]
    sources = sources_of([each.citation for each in about], library)
    for first, second in combinations(about, 2):
        cited = _distinct([first.citation, second.citation])
        examined = examine(claim, cited, names=library.names, sources=sources)
        if not examined.findings:
            return CheckedClaim(claim, "supported", examined.checks, cited)
    return None


def _distinct(cited: Sequence[Citation]) -> tuple[Citation, ...]:
    return _numbered(list({(each.source_id, each.start): each for each in cited}.values()))


def _joined(checks: Sequence[Checks]) -> Checks:
    """Join the checks of clauses that all hold: `ok` where one had something to look at."""
    looked = {name for each in checks for name in CHECK_NAMES if getattr(each, name) == "ok"}
    results: dict[str, Any] = dict.fromkeys(looked, "ok")
    return replace(NOTHING_CHECKED, **results)


def _names_its_subject(held: Held) -> bool:
    return "ok" in {held.examined.checks.drug, held.examined.checks.trial}


def _partial(
    claim: str, held: Sequence[Held], parts: Sequence[Part], library: Library
) -> CheckedClaim | None:
    """Name what the unit that tells most of a claim does not bear out, or the clauses left over."""
    of_this = [each for each in held if each.bears_a_part]
    says = [part.said_by for part in parts if part.said_by and _names_its_subject(part.said_by)]
    if of_this and not is_anonymous(claim, library.names):
        best = min(of_this, key=_least_amiss)
        findings, checks = best.examined.findings, best.examined.checks
        unsupported = unsupported_parts(claim, _as_said(findings, best.read), best.thin)
    elif says:
        best, findings = says[0], ()
        checks = next(each.examined.checks for each in held if each.citation == best.citation)
        unsupported = tuple(each.text.strip() for each in parts if each.said_by not in says)
    else:
        return None
    if any(part.rstrip(" .") == claim.strip().rstrip(" .") for part in unsupported):
        return None
    cited = _numbered([best.citation])
    return CheckedClaim(claim, "partial", checks, cited, unsupported, findings)


def _as_said(findings: Findings, read: Unrounded) -> Findings:
    """Name the figures as the claim does, which may have rounded them."""
    return tuple(each._replace(said=read.said.get(each.said, each.said)) for each in findings)


def _least_amiss(held: Held) -> tuple[bool, float, int, float]:
    """Order by what bears out most: silence before opposition, then what is told."""
    told = held.told
    return (held.opposes, -round(told, 1), len(held.examined.findings), -told)


def unsupported_parts(
    claim: str, findings: Sequence[Finding], thin: Sequence[str]
) -> tuple[str, ...]:
    """Name the parts of a claim that were found amiss, in its own words and order.

    What lies within another part is left out; the whole claim stands where nothing narrower
    is known.
    """
    said = dict.fromkeys([*(each.said.strip() for each in findings), *thin])
    parts = [
        each
        for each in said
        if not any(each != other and each.lower() in other.lower() for other in said)
    ]
    lowered = claim.lower()
    return tuple(sorted(parts, key=lambda part: lowered.find(part.lower()))) or (claim,)


def _not_found(claim: str, held: Sequence[Held]) -> CheckedClaim:
    """Show the nearest unit and how the claim fares against it."""
    nearest = min(held, key=nearest_first, default=None)
    if nearest is None:
        return CheckedClaim(claim, "not_found")
    examined = nearest.examined
    cited = _numbered([nearest.citation])
    return CheckedClaim(claim, "not_found", examined.checks, cited, findings=examined.findings)
