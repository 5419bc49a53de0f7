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
from math import prod

from iscalimab_qa.evidence.checks.arm_terms import ArmTerms, arm_words
from iscalimab_qa.evidence.checks.arms import bound_in_grounds
from iscalimab_qa.evidence.checks.binding import Bound
from iscalimab_qa.evidence.checks.claim import Examination, examine
from iscalimab_qa.evidence.checks.findings import CheckName, Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import Quantity
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import SourceMetadata

MOST_WRONG = 3
"""Figures that may be wrong at once: with more of them the words tell something else."""

MOST_TRIES = 36
"""Exchanges that are tried for one unit; each is a look at the whole claim."""

AKIN = 0.5
"""Share of the words beside a figure that the other text must have too."""

WINDOW = 6
"""Words on each side of a figure that say what it measures."""

_STOP = re.compile(r"[,.;:()]\s|\d")

_OPPOSING = re.compile(
    r"^another (?:arm|time point|label|column|subject|matter):|turned round|except it|deny it|"
    r"^the cited words say(?::| otherwise| this of another| it of one)|opposite|"
    r"found no difference|p value says|^the cited words have (?!another (?:time|date))|"
    r"^the (?:cited words|row) counts? |cited analysis is post hoc"
)
"""Remarks on what the cited words say instead; all others say that they are silent."""

_DOSE = re.compile(r"(?:[kmun]?g|iu)(?:/(?:kg|m2|day))?")
"""Units of a dose, which says of which arm a figure is."""

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
        """The figures that differ, with what the words have instead; empty where unclear."""
        wrong = self._wrong
        choices = [self._choices(each) for each in wrong]
        if not 0 < len(wrong) <= MOST_WRONG or prod(map(len, choices)) > MOST_TRIES:
            return ()
        fitting = list(islice(self._fitting(choices), 2))
        if len(fitting) != 1:
            return ()
        pairs = zip(wrong, fitting[0], strict=True)
        return tuple(
            Finding(self._check(said), said, f"the cited words have {held} here")
            for said, held in ((self._said(each), held) for each, held in pairs)
            if said != held
        )

    def _said(self, figure: Quantity) -> str:
        return self.claim[figure.start : figure.end]

    def _check(self, said: str) -> CheckName:
        missing = {each.said for each in self.examined.findings if each.check == "figures"}
        return "figures" if said in missing else "arms"

    @cached_property
    def _figures(self) -> list[Quantity]:
        """The claim's results, counts and p values; times, doses and labels say of what."""
        return [each for each in read_figures(self.claim).quantities if is_result(each)]

    @cached_property
    def _wrong(self) -> list[Quantity]:
        told = (each for each in self.examined.findings if each.check in {"figures", "arms"})
        said = {each.said for each in told}
        return [each for each in self._figures if said & {each.key, self._said(each)}]

    def _choices(self, wrong: Quantity) -> list[str]:
        """List what may stand for a figure: itself if it is cited, and the cited ones like it.

        What the claim says rightly elsewhere is not cited a second time.
        """
        right = {each.key for each in self._figures if each not in self._wrong}
        swapped = {each.key for each in self._wrong}
        words = "\n".join(self.grounds.quotes)
        alike = [
            each
            for each in read_figures(words).quantities
            if is_result(each) and _are_alike(each, wrong) and each.key not in right
        ]
        alike = [each for each in alike if each.unit == wrong.unit] or alike
        itself = [self._said(wrong)] if any(each.key == wrong.key for each in alike) else []
        rivals = {
            each.key: words[each.start : each.end]
            for each in reversed(alike)
            if each.key != wrong.key
            if each.key in swapped or (self._is_placed(each) and self._is_akin(words, each, wrong))
        }
        return [*itself, *rivals.values()]

    def _is_akin(self, words: str, held: Quantity, wrong: Quantity) -> bool:
        """Whether the words next to two figures are mostly words of the other text as well.

        "39 completed" tells another measure than "planned for 102 patients".
        """
        if self.citation.cells:
            return True
        ours = _neighbours(self.claim, wrong, self.names)
        theirs = _neighbours(words, held, self.names)
        claim, cited = self.names.tokens(self.claim), self.names.tokens(self.grounds.everything)
        return _share(ours, cited) >= AKIN and _share(theirs, claim) >= AKIN

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
    def _bound(self) -> Sequence[Bound]:
        return bound_in_grounds(self.grounds, self._terms)

    def _fitting(self, choices: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
        """Yield the exchanges after which nothing is found amiss."""
        for chosen in product(*choices):
            text = self.claim
            for each, held in reversed(list(zip(self._wrong, chosen, strict=True))):
                text = text[: each.start] + held + text[each.end :]
            again = examine(text, [self.citation], names=self.names, sources=self.sources)
            if text != self.claim and not again.findings:
                yield chosen


def _neighbours(text: str, figure: Quantity, names: Names) -> frozenset[str]:
    """Return the content words beside a figure, as far as the next pause or figure."""
    before = _STOP.split(text[: figure.start])[-1].split()[-WINDOW:]
    after = _STOP.split(text[figure.end :])[0].split()[:WINDOW]
    return names.tokens(" ".join([*before, "-", *after]))


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / len(words) if words else 1.0


def is_result(figure: Quantity) -> bool:
    """Whether a figure is a finding: no time, label, size or dose, which say of what it is."""
    if figure.sort in {"time", "label", "size"} or figure.loose:
        return False
    return not _DOSE.fullmatch(figure.unit)


def _are_alike(left: Quantity, right: Quantity) -> bool:
    return (left.sort == "p") == (right.sort == "p") and (
        left.unit == right.unit or not left.unit or not right.unit
    )
