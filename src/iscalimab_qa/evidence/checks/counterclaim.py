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
from iscalimab_qa.evidence.checks.outcome_words import NOT_SAID
from iscalimab_qa.evidence.checks.results import doses_in, results_in, times_told
from iscalimab_qa.evidence.figures.quantity import Quantity
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.evidence.wording.plain_words import names_something
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

_TURNED = re.compile(
    r"turned round|except it|deny it|^the cited words say|opposite|p value says|found no difference"
)
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
    grounds = Grounds((citation,), sources)
    if not examined.findings or not _names_its_subject(claim, examined, grounds, names):
        return ()
    if turned := turned_round(examined.findings):
        # A row's cells tell of several arms, so that a word denied in one is no denial.
        in_row = citation.cells and all(each.text.startswith("turned round") for each in turned)
        return () if in_row else turned
    if citation.cells and _OF_A_DIFFERENCE.search(claim):
        return ()
    return _Exchange(claim, citation, examined, names, sources).found


_OF_A_DIFFERENCE = re.compile(
    r"\b(?:more|less|greater|fewer|lower|higher|better|worse)\b[^.;]*\bthan\b", re.IGNORECASE
)
"""A claim that tells how far two arms lie apart, and not what a cell has."""


def turned_round(findings: Findings) -> Findings:
    """Return what cited words turn round, if nothing else is amiss but words they do not say."""
    turned = [f for f in findings if f.check == "negation" and _TURNED.search(f.text)]
    others = [f for f in findings if f not in turned and not f.text.startswith(NOT_SAID)]
    return tuple(turned) if all(map(opposes, others)) else ()


def _names_its_subject(claim: str, examined: Examination, grounds: Grounds, names: Names) -> bool:
    """Whether a claim says which drug, trial or disease it is about: else it may be any.

    It does, too, where it gives one of two cited drugs the other one's figures, and where it
    names what the source's title is about by a name that no list knows.
    """
    if "ok" in {examined.checks.drug, examined.checks.trial}:
        return True
    amiss = [each.text for each in examined.findings if each.check in {"drug", "trial"}]
    if amiss:
        return all(text.startswith("another arm:") for text in amiss)
    heads = [cell.head for cells in grounds.rows for cell in cells]
    titles = names.tokens("\n".join([*heads, *(each.title for each in grounds.citations)]))
    told = names.tokens(grounds.cited)
    return any(names_something(token) for token in names.tokens(claim) & titles & told)


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
        return results_in(self.claim)

    @cached_property
    def _wrong(self) -> list[Quantity]:
        told = (each for each in self.examined.findings if each.check in {"figures", "arms"})
        said = {each.said for each in told}
        return [each for each in self._figures if said & {each.key, self._said(each)}]

    @property
    def _words(self) -> str:
        """The cited words, of a row its cells: heads hold sizes and doses."""
        cells = self.citation.cells
        return "\n".join(cell.text for cell in cells[1:]) if cells else self.citation.quote

    def _results_held(self, words: str) -> list[Quantity]:
        """Return what may stand for the claim's results: for doses the cited doses."""
        if self._figures and self._figures == doses_in(self.claim):
            return doses_in(words)
        times = times_told(words) if any(each.sort == "time" for each in self._figures) else []
        return [*times, *(each for each in results_in(words) if each not in times)]

    def _choices(self, wrong: Quantity) -> list[str]:
        """List what may stand for a figure: itself if it is cited, and the cited ones like it.

        What the claim says rightly elsewhere is not cited a second time.
        """
        right = {each.key for each in self._figures if each not in self._wrong}
        swapped = {each.key for each in self._wrong}
        words = self._words
        alike = [
            each
            for each in self._results_held(words)
            if _are_alike(each, wrong) and each.key not in right
        ]
        alike = [each for each in alike if each.unit == wrong.unit] or alike
        alike = [each for each in alike if wrong.noun and each.noun == wrong.noun] or alike
        if self.citation.cells and wrong.noun and wrong.noun not in self.grounds.cited.lower():
            return []
        own = wrong.key.lstrip("-")
        itself = [self._said(wrong)] if any(_bare(each) == own for each in alike) else []
        rivals = {
            each.key: self._as_claimed(words[each.start : each.end], wrong)
            for each in reversed(alike)
            if _bare(each) != own
            if each.key in swapped or (self._is_placed(each) and self._is_akin(words, each, wrong))
        }
        return [*itself, *rivals.values()]

    def _as_claimed(self, held: str, wrong: Quantity) -> str:
        """Write a cited figure as the claim writes its own: a fall has no sign, a cell no unit."""
        said = self._said(wrong)
        bare = held if said[0] in _SIGNS else held.lstrip(_SIGNS)
        has_unit = any(map(str.isalpha, bare)) or "%" in bare or not any(map(str.isdigit, said))
        return bare if has_unit else bare + said.lstrip(_SIGNS + _DIGITS)

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


_SIGNS, _DIGITS = "+-−–", "0123456789.,"


def _bare(figure: Quantity) -> str:
    """Return a figure's key without its sign: who falls by 3 changes by -3."""
    return figure.key.lstrip("-")


def _neighbours(text: str, figure: Quantity, names: Names) -> frozenset[str]:
    """Return the content words beside a figure, as far as the next pause or figure."""
    before = _STOP.split(text[: figure.start])[-1].split()[-WINDOW:]
    after = _STOP.split(text[figure.end :])[0].split()[:WINDOW]
    return names.tokens(" ".join([*before, "-", *after]))


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / len(words) if words else 1.0


def _are_alike(left: Quantity, right: Quantity) -> bool:
    return (left.sort == "p") == (right.sort == "p") and (
        left.unit == right.unit or not left.unit or not right.unit
    )
