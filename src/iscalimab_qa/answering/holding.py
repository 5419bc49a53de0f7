"""One unit of the library held against a claim: what it tells of it, and what is amiss."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.evidence.checks.claim import Examination, examine
from iscalimab_qa.evidence.checks.counterclaim import contradiction, opposes, turned_round
from iscalimab_qa.evidence.checks.findings import Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.results import results_in
from iscalimab_qa.evidence.checks.rewording import as_aimed, without_places
from iscalimab_qa.evidence.checks.rounding import Unrounded, unrounded
from iscalimab_qa.evidence.checks.trial import UNNAMED
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.evidence.wording.coverage import coverage, is_anonymous, pointless, thin_clauses
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

SUPPORTS = 0.6
"""Share of a claim's wording that what supports it must hold; all but one of the supported
claims of the labelled half `dev` reach it."""

CLAUSE_SUPPORTS = 0.4
"""The same share for each clause that states something of its own."""

CONTRADICTS = 0.7
"""Share of a claim's wording that what contradicts it must hold: it must tell the same."""

NEARLY_ALL = 0.85
"""The same share with section, title and trial, where its own words hold less."""

IN_PART = 0.5
"""Share of a claim's wording from which on the nearest unit supports a part of it."""

AS_NEAR = 0.1
"""How much less of a claim another unit may tell and still be cited beside the nearest."""

NO_CHANCE = 2
"""Figures of a claim that do not stand in a passage by chance, each at its own arm and time."""


class Library(NamedTuple):
    """What is asked of the library while a claim is checked.

    Without a registry nothing is known of how its trials ended but what single sentences say.
    """

    metadata_of: Callable[[str], SourceMetadata]
    names: Names
    registry: TrialRegistry | None = None


@dataclass(frozen=True)
class Held:
    """A unit held against a claim; what takes long is looked at when it is asked for.

    `told` is the share of the claim's wording in the unit's own words, heads included;
    `known` counts section, title and trial as well; both in [0, 1].
    """

    claim: str
    citation: Citation
    library: Library
    told: float
    known: float

    @cached_property
    def grounds(self) -> Grounds:
        """The unit's words with what stands around them."""
        return Grounds((self.citation,), sources_of([self.citation], self.library))

    @cached_property
    def read(self) -> Unrounded:
        """The claim as it is held against the unit: its rounded figures as they are cited."""
        return unrounded(as_aimed(self.claim, self.grounds.cited), self.grounds.cited)

    @cached_property
    def examined(self) -> Examination:
        """What the checks say."""
        grounds, names = self.grounds, self.library.names
        return examine(self.read.claim, [self.citation], names=names, sources=grounds.sources)

    @cached_property
    def thin(self) -> tuple[str, ...]:
        """Parts of the claim that the unit does not tell, though nothing in it is amiss."""
        everything, names = self.grounds.everything, self.library.names
        claim = as_aimed(self.claim, self.grounds.cited)
        thin = thin_clauses(claim, everything, names, least=CLAUSE_SUPPORTS)
        return (*thin, *pointless(self.claim, "\n".join(self.grounds.told)))

    @property
    def supports(self) -> bool:
        """Whether nothing was found amiss, and enough is told of every part."""
        return self.known >= SUPPORTS and not self.thin and not self.examined.findings

    @property
    def opposes(self) -> bool:
        """Whether it says otherwise, of this or of another subject."""
        return any(map(opposes, self.examined.findings))

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is about another drug, trial or disease.

        It is not where it speaks of both drugs and the claim only turns their figures round,
        nor where it leaves open of which trial it speaks.
        """
        return any(
            each.check in {"drug", "trial"}
            and each.text != UNNAMED
            and not each.text.startswith("another arm:")
            for each in self.examined.findings
        )

    @property
    def results(self) -> frozenset[str]:
        """The figures that the claim gives as findings."""
        claim = self.read.claim
        return frozenset(claim[each.start : each.end] for each in results_in(claim))

    @property
    def has_all_results(self) -> bool:
        """Whether all findings of a claim that gives some stand in it, whatever else is amiss."""
        missing = {each.said for each in self.examined.findings if each.check == "figures"}
        return bool(self.results) and not self.results & missing and not self.is_elsewhere

    @property
    def bears_a_part(self) -> bool:
        """Whether it bears out some of the claim: one of its results, else most of its words."""
        if self.known < IN_PART or self.is_elsewhere:
            return False
        missing = {each.said for each in self.examined.findings if each.check == "figures"}
        return bool(self.results - missing) if self.results else self.told >= SUPPORTS


SAYS_OTHERWISE = ("the cited words say otherwise", "the cited words deny it")
"""How remarks begin that name the very words of a claim which are turned round."""

_GOES_ON = re.compile(
    r"\W*(?:it|its|they|their|(?:the|this)\s+(?:drug|antibody|vaccine|trial|study|compound|agent|product))\b",
    re.IGNORECASE,
)
"""The beginning of a sentence whose subject was named before: in its title, if anywhere."""


def hold_unit(claim: str, unit: Unit, library: Library) -> Held:
    """Hold a unit of the library against a claim."""
    return hold(claim, citation(unit, library.metadata_of(unit.source_id), 1), library)


def hold(claim: str, cited: Citation, library: Library) -> Held:
    """Hold a citation against a claim, or against a clause of one."""
    grounds = Grounds((cited,), sources_of([cited], library))
    words = f"{cited.title}\n{grounds.cited}" if _GOES_ON.match(cited.quote) else grounds.cited
    said = without_places(as_aimed(claim, grounds.cited), grounds.cited)
    told = coverage(said, words, library.names)
    known = coverage(said, grounds.everything, library.names)
    return Held(claim, cited, library, told, known)


def sources_of(cited: Sequence[Citation], library: Library) -> dict[str, SourceMetadata]:
    """Return the metadata of the cited sources by their ids."""
    return {each.source_id: library.metadata_of(each.source_id) for each in cited}


def outweighs(opposed: Held, supporting: Held) -> bool:
    """Whether a unit that says otherwise tells more of the claim than one that supports it.

    Where the supporting one has the claim's very figures, each in its place, a few words more
    are not enough to dispute them: any sentence on the same trial has those. Two figures in
    their places are no chance. A direction or a denial is disputed by any word more.
    """
    if opposed.told <= supporting.told or not opposed.opposes:
        return False
    if any(each.check == "negation" and opposes(each) for each in opposed.examined.findings):
        return True
    if len(supporting.results) >= NO_CHANCE:
        return False
    return not supporting.results or opposed.told > supporting.told + AS_NEAR


def contradicts(held: Held) -> Findings:
    """Say what of its claim a unit contradicts: nothing where it tells of something else.

    The name of the disease or the drug may stand in its title, if nearly all else is told.
    """
    told_beside_title = held.told >= SUPPORTS and held.known >= NEARLY_ALL
    told = held.told >= CONTRADICTS or told_beside_title or _tells_the_rest(held)
    if not told or held.is_elsewhere:
        return ()
    cited, library = held.citation, held.library
    sources = sources_of([cited], library)
    return contradiction(held.read.claim, cited, held.examined, library.names, sources)


def _tells_the_rest(held: Held) -> bool:
    """Whether a unit that turns some words of a claim round tells all else that it says."""
    found = turned_round(held.examined.findings)
    turned = [each.said for each in found if each.text.startswith(SAYS_OTHERWISE)]
    rest = held.claim
    for said in turned:
        rest = rest.replace(said, " ")
    names = held.library.names
    if not turned or is_anonymous(rest, names):
        return False
    return coverage(rest, held.grounds.everything, names) >= SUPPORTS


def nearest_first(held: Held) -> tuple[float, bool]:
    """Order by how much is told; a paper's own words come before a summary."""
    return (-round(held.told, 2), held.citation.text_kind == "digest")
