"""Do cited words say otherwise than a claim, of the very same thing?

A figure that the words lack may only be missing from them. They say otherwise if the claim
would hold with exactly one of their own figures in its place: then drug, trial, arm, endpoint
and time match, for the same checks say so, and the value alone differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, product

from iscalimab_qa.evidence.arm_check import bound_in_grounds
from iscalimab_qa.evidence.arm_terms import ArmTerms, arm_words
from iscalimab_qa.evidence.checks import Examination, examine
from iscalimab_qa.evidence.findings import Finding, Findings
from iscalimab_qa.evidence.grounds import Grounds
from iscalimab_qa.evidence.names import Names
from iscalimab_qa.evidence.quantities import read_figures
from iscalimab_qa.evidence.quantity import Quantity
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import SourceMetadata

MOST_WRONG = 3
"""Figures that may be wrong at once: with more of them the words tell something else."""

MOST_TRIES = 36
"""Exchanges that are tried for one unit; each is a look at the whole claim."""

_OPPOSING = re.compile(
    r"^another (?:arm|time point|label|column|subject|other):|turned round|except it|deny it|"
    r"^the cited words say(?::| otherwise| this of another| it of one)|opposite|"
    r"found no difference|p value says|^the cited words have (?!another (?:time|date))|"
    r"^the (?:cited words|row) counts? |cited analysis is post hoc"
)
"""Remarks on what the cited words say instead; all others say that they are silent."""

_TURNED = re.compile(r"turned round|except it|deny it|^the cited words say|opposite|p value says")
"""Remarks on what is denied, or points the other way, in the same matter."""


def opposes(finding: Finding) -> bool:
    """Whether a finding is that the words say otherwise, and not that they are silent."""
    return bool(_OPPOSING.search(finding.text))


def contradiction(
    claim: str,
    citation: Citation,
    examined: Examination,
    names: Names,
    sources: Mapping[str, SourceMetadata],
) -> Findings:
    """Say what of a claim the cited words contradict; nothing where they say something else.

    Args:
        claim: One statement.
        citation: What it is held against.
        examined: What came of that.
        names: The aliases.
        sources: Metadata of the cited source by its id.

    Returns:
        What is turned round, or one finding a figure with the value that the words have
        instead. Empty where the words do not speak of the same, or leave open which of
        their values would be the claim's.
    """
    if not examined.findings or not _names_its_subject(examined):
        return ()
    if all(each.check == "negation" and _TURNED.search(each.text) for each in examined.findings):
        return examined.findings
    return _Exchange(claim, citation, examined, names, sources).found


def _names_its_subject(examined: Examination) -> bool:
    """Whether a claim says which drug, trial or disease it is about: else it may be any."""
    return "ok" in {examined.checks.drug, examined.checks.trial}


class _Exchange:
    """A claim's wrong figures, and the cited ones that would make it hold."""

    def __init__(
        self,
        claim: str,
        citation: Citation,
        examined: Examination,
        names: Names,
        sources: Mapping[str, SourceMetadata],
    ) -> None:
        self.claim = claim
        self.citation = citation
        self.examined = examined
        self.names = names
        self.sources = sources
        self.grounds = Grounds((citation,), sources)

    @property
    def found(self) -> Findings:
        wrong = self._wrong()
        if not wrong or len(wrong) > MOST_WRONG:
            return ()
        choices = [self._rivals(each) for each in wrong]
        if len(choices[0]) * len(choices[-1]) > MOST_TRIES:
            return ()
        fitting = list(islice(self._fitting(wrong, choices), 2))
        if len(fitting) != 1:
            return ()
        return tuple(
            Finding(self._check(each), each_said, f"the cited words have {held} here")
            for each, held in zip(wrong, fitting[0], strict=True)
            for each_said in [self.claim[each.start : each.end]]
        )

    def _check(self, wrong: Quantity) -> str:
        said = self.claim[wrong.start : wrong.end]
        missing = {each.said for each in self.examined.findings if each.check == "figures"}
        return "figures" if said in missing else "arms"

    def _wrong(self) -> list[Quantity]:
        """List the figures that are findings of their own: results, counts and p values."""
        said = {each.said for each in self.examined.findings if each.check in {"figures", "arms"}}
        return [
            each
            for each in read_figures(self.claim).quantities
            if each.sort not in {"time", "label"} and not each.loose
            if said & {each.key, self.claim[each.start : each.end]}
        ]

    def _rivals(self, wrong: Quantity) -> list[str]:
        """List the cited figures of the same sort and unit that belong where the claim does."""
        words = "\n".join(self.grounds.quotes)
        found = [
            words[each.start : each.end]
            for each in read_figures(words).quantities
            if (each.sort == "p") == (wrong.sort == "p") and each.sort not in {"time", "label"}
            if each.unit == wrong.unit and each.key != wrong.key and not each.loose
            if self._is_placed(each)
        ]
        return list(dict.fromkeys(found))

    def _is_placed(self, held: Quantity) -> bool:
        """Whether the claim names the time, label and dose that a cited figure belongs to."""
        places = [each.near for each in self._bound if each.quantity.key == held.key]
        claimed = self._terms.near(self.claim)
        return not places or any(
            all(not near[d] or near[d] & claimed[d] for d in ("time", "label", "agent"))
            for near in places
        )

    @cached_property
    def _terms(self) -> ArmTerms:
        heads = [cell.head for cells in self.grounds.rows for cell in cells[1:]]
        return ArmTerms(self.names, arm_words(self.grounds.sentences, heads, self.names))

    @cached_property
    def _bound(self) -> Sequence[object]:
        return bound_in_grounds(self.grounds, self._terms)

    def _fitting(
        self, wrong: Sequence[Quantity], choices: Sequence[Sequence[str]]
    ) -> Iterator[tuple[str, ...]]:
        """Yield the exchanges after which nothing is found amiss."""
        for chosen in islice(product(*choices), MOST_TRIES):
            text = self.claim
            for each, held in sorted(
                zip(wrong, chosen, strict=True), key=lambda pair: -pair[0].start
            ):
                text = text[: each.start] + held + text[each.end :]
            again = examine(text, [self.citation], names=self.names, sources=self.sources)
            if not again.findings:
                yield chosen
