"""Put a list together: an item a claim, each with its citation, in a sensible order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from typing import NamedTuple

from iscalimab_qa.answering.beside import Sides
from iscalimab_qa.answering.citing import Cited, cite
from iscalimab_qa.answering.extractive import Asked
from iscalimab_qa.answering.listing.asked import ListAsked, ListKind, list_asked
from iscalimab_qa.answering.listing.brief import (
    disease_in,
    endpoint_of,
    in_trial,
    row_of,
    standing_of,
    with_disease,
)
from iscalimab_qa.answering.listing.fitting import Scope, fitting, scope_of
from iscalimab_qa.answering.listing.items import (
    has_figure,
    is_antibody,
    is_item,
    naming,
    reason_for,
    result_of,
    safety_of,
    unit_for,
)
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.trials.values import Trial
from iscalimab_qa.evidence.values import Claim
from iscalimab_qa.units import Unit

MOST_ITEMS = 12
"""Items that are told; of the others an answer says how many there are, and names them."""

MOST_WORDS = 60
"""Words beyond which no further item is told: nobody reads on."""

FEWEST = 2
"""Statements that make an overview; one is found by the ordinary way."""

_MOST_NAMED = 12
"""Further items that are named; of a long list the number is enough."""


class Item(NamedTuple):
    """One item of a list: what it is called, the unit that says it, and how it is told.

    `brief` says it in the fewest words; where it is empty, or does not pass its checks, the
    unit's own words are told.
    """

    name: str
    unit: Unit | None
    brief: str = ""


class Listing(NamedTuple):
    """What is listed: items in order, and what one and several of them are called.

    `lead` is told before the items, and is none. With fewer statements than `fewest` the
    ordinary way tells as much.
    """

    items: Sequence[Item]
    one: str
    several: str
    lead: Sequence[Unit] = ()
    fewest: int = 1


def listed(asked: Asked, known: Sides) -> Answer | None:
    """Answer a question for a list; None for all others, and where nothing makes a list.

    Args:
        asked: The question and its passages.
        known: The library's trials and sources.
    """
    question = asked.question.text
    wanted = list_asked(question)
    if wanted is None or known.registry.names_at(question):
        return None
    scope = scope_of(wanted.about, known.registry)
    listing = _listing(wanted, scope, asked, known)
    if listing is None:
        return None
    return _told(listing, wanted, asked, known)


def _listing(wanted: ListAsked, scope: Scope, asked: Asked, known: Sides) -> Listing | None:
    if wanted.kind == "sources":
        return _sources(wanted.about, asked, known)
    chooses = wanted.standing != "any" or wanted.used or wanted.phase or wanted.is_all
    if not (wanted.about or (wanted.kind in {"trials", "drugs"} and chooses)):
        return None
    trials = fitting(wanted, scope, known.registry)
    tell: Mapping[ListKind, Callable[[], Listing]] = {
        "indications": lambda: _indications(trials, known),
        "drugs": lambda: _drugs(trials, asked, known),
        "safety": lambda: _safety(trials, asked, known),
        "overview": lambda: _overview(trials, scope, asked, known),
        "trials": lambda: _trials(wanted, trials, known),
    }
    return tell[wanted.kind]()


def _trials(wanted: ListAsked, trials: Sequence[Trial], known: Sides) -> Listing:
    items: list[Item] = []
    for trial in trials:
        unit = unit_for(wanted, trial, known.registry)
        if wanted.wants_reason and (why := reason_for(trial)):
            items.append(Item(trial.acronym, why))
        elif unit or not wanted.used:
            items.append(Item(trial.acronym, unit, _brief(wanted, trial, unit, known)))
    return Listing(items, "trial", "trials")


def _brief(wanted: ListAsked, trial: Trial, unit: Unit | None, known: Sides) -> str:
    """Say of a trial what a list is asked for: its disease, how it stands, how it came out."""
    if unit is None or wanted.used or wanted.wants_reason:
        return ""
    if wanted.standing == "any":
        return with_disease(trial, unit, known.registry, phase=bool(wanted.phase))
    if wanted.standing in {"met", "missed"}:
        return endpoint_of(trial, unit, known.registry)
    return standing_of(trial, unit, known.registry)


def _indications(trials: Sequence[Trial], known: Sides) -> Listing:
    """List each disease once, by its trial of the latest phase.

    A trial whose disease no rule made out stands for itself.
    """
    items: dict[str, Item] = {}
    for trial in trials:
        name = trial.indication.value if trial.indication else trial.acronym
        same = (known.registry.indications.compatible(name, other) for other in items)
        if not any(same):
            unit = naming(trial, known.registry)
            items[name] = Item(name, unit, disease_in(trial, unit, known.registry))
    return Listing(list(items.values()), "disease", "diseases")


_DOSED = re.compile(
    r"^(?P<name>[A-Za-z][\w-]+)\s+(?:\w+\s+)?\d[\d.,]*\s*(?:mg|[µμu]g|mcg|g|iu|ml)\b", re.IGNORECASE
)
"""An arm's label that begins with a drug and its dose."""


_ON_ANTIBODIES = re.compile(r"\bantibodies\b", re.IGNORECASE)


def _drugs(trials: Sequence[Trial], asked: Asked, known: Sides) -> Listing:
    any_kind = not _ON_ANTIBODIES.search(asked.question.text)
    items: dict[str, Item] = {}
    for trial in trials:
        dosed = (_DOSED.match(arm.label) for arm in trial.arms)
        names = sorted(trial.drug_names) or [match["name"].lower() for match in dosed if match]
        for name in dict.fromkeys(names):
            if not any_kind and not is_antibody(name, trial, known.registry):
                continue
            if name not in items or items[name].unit is None:
                unit = naming(trial, known.registry, needs=name)
                items[name] = Item(name, unit, in_trial(name, trial))
    return Listing(list(items.values()), "drug", "drugs")


_SERIOUS = re.compile(r"\bserious\b", re.IGNORECASE)


def _safety(trials: Sequence[Trial], asked: Asked, known: Sides) -> Listing:
    about = known.registry.units_about
    serious = bool(_SERIOUS.search(asked.question.text))
    said: list[Item] = []
    for trial in trials:
        if unit := safety_of(about(trial.trial_id), serious=serious):
            brief = row_of(trial, unit, known.registry, _both_arms(asked))
            said.append(Item(trial.acronym, unit, brief))
    counted = sorted(said, key=lambda item: not has_figure(item.unit))
    return Listing(counted, "trial", "trials", fewest=FEWEST)


def _both_arms(asked: Asked) -> Question:
    return replace(asked.question, compares=True)


_ON_DEVELOPMENT = re.compile(r"\b(?:became\s+of|happened)\b", re.IGNORECASE)
_DEFINES = re.compile(r"\b(?:is|are)\s+(?:an?|the)\b", re.IGNORECASE)


def _overview(trials: Sequence[Trial], scope: Scope, asked: Asked, known: Sides) -> Listing:
    """Tell what a drug is, unless a disease is named; then of each trial result and end."""
    ended = bool(_ON_DEVELOPMENT.search(asked.question.text))
    if ended:
        trials = sorted(trials, key=lambda trial: not (trial.status and trial.status.is_end))
    items: list[Item] = []
    for trial in trials:
        status = trial.status.said.unit if trial.status else None
        result = None if ended else result_of(trial, known.registry)
        whole = None if ended or len(trials) > 1 else naming(trial, known.registry)
        units = dict.fromkeys(filter(None, [whole, result, status]))
        items += [
            Item(trial.acronym, unit, row_of(trial, unit, known.registry, _both_arms(asked)))
            for unit in units
        ]
    if not ended:
        items += [
            Item(trial.acronym, naming(trial, known.registry))
            for trial in trials
            if trial.acronym not in {item.name for item in items}
        ]
    if ended:
        lead = _programme(scope, known)
    else:
        lead = [] if scope.words and scope.drugs else _definition(scope, asked, known)
    return Listing(items, "trial", "trials", lead, FEWEST)


def _programme(scope: Scope, known: Sides) -> list[Unit]:
    said = (each.said.unit for each in known.registry.programme if each.drug in scope.drugs)
    return [unit for unit in said if unit][:1]


def _definition(scope: Scope, asked: Asked, known: Sides) -> list[Unit]:
    """Return the sentence among those retrieved that says what is asked about."""
    units = (unit for passage in asked.passages for unit in passage.units)
    said = (
        unit
        for unit in units
        if unit.kind == "sentence"
        and is_item(unit)
        and (defines := _DEFINES.search(unit.text))
        and _is_named(scope, unit.text[: defines.start()], known)
    )
    return list(said)[:1]


_LONGEST_NAME = 8
"""Words before "is a" in which a definition names what it defines."""


def _is_named(scope: Scope, text: str, known: Sides) -> bool:
    drugs = known.registry.drugs.named_in(text) if scope.drugs else scope.drugs
    fits = drugs == scope.drugs and token_set(scope.words) <= token_set(text)
    return fits and len(text.split()) <= _LONGEST_NAME


def _sources(about: str, asked: Asked, known: Sides) -> Listing | None:
    """List the sources among those retrieved that hold all words asked for in one unit."""
    tokens = known.library.names.tokens(about)
    best: dict[str, Unit] = {}
    for passage in asked.passages:
        for unit in passage.units:
            told = known.library.names.tokens(unit.words)
            if unit.kind in {"sentence", "row"} and tokens <= told:
                best.setdefault(unit.source_id, unit)
    titled = [Item(known.library.metadata(each).title, unit) for each, unit in best.items()]
    return Listing(titled, "source", "sources") if tokens else None


def _told(listing: Listing, wanted: ListAsked, asked: Asked, known: Sides) -> Answer | None:
    told = [item for item in listing.items if item.unit]
    shown, rest = _parted(listing.items)
    if not shown or len(told) < listing.fewest:
        return None
    units = [*listing.lead, *(item.unit for item in shown if item.unit)]
    cited = cite(units, known.library.metadata, _both_arms(asked), known.library.names)
    if any("failed" in astuple(claim.checks) for claim in cited.claims):
        return None
    briefs = [*("" for _ in listing.lead), *(item.brief for item in shown)]
    names = dict.fromkeys(item.name for item in listing.items)
    return Answer(
        question=asked.question.text,
        standalone_question=asked.question.text,
        verdict="answered",
        claims=_briefly(cited, briefs, known),
        citations=cited.citations,
        opening=_counted(len(names), listing) if wanted.counts else "",
        closing=_more(rest, listing),
        evidence=tuple(str(passage.document.id) for passage in asked.passages),
        probability=known.model.thresholds.answered,
    )


def _briefly(cited: Cited, briefs: Sequence[str], known: Sides) -> tuple[Claim, ...]:
    """Tell what passes its checks in the fewest words, the rest in the units' own."""
    told: list[Claim] = []
    for claim, citation, brief in zip(cited.claims, cited.citations, briefs, strict=True):
        sources = {citation.source_id: known.library.metadata(citation.source_id)}
        checks = check_claim(brief, [citation], names=known.library.names, sources=sources)
        fails = not brief or "failed" in astuple(checks)
        told.append(claim if fails else replace(claim, text=brief, checks=checks))
    return tuple(told)


class _Parted(NamedTuple):
    shown: list[Item]
    rest: list[str]


def _parted(items: Iterable[Item]) -> _Parted:
    """Part the items that are told, no words twice, from those that are only named.

    What one unit says of two items is told in its own words.
    """
    shown: dict[tuple[str, int], Item] = {}
    told: set[str] = set()
    rest: dict[str, None] = {}
    for item in items:
        unit = item.unit
        place = (unit.source_id, unit.start) if unit else None
        if unit and place and (place in shown or _fits(item, list(shown.values()))):
            both = place in shown and shown[place].name != item.name
            shown[place] = shown[place]._replace(brief="") if both else shown.get(place, item)
            told.add(item.name)
        else:
            rest[item.name] = None
    return _Parted(list(shown.values()), [name for name in rest if name not in told])


def _fits(item: Item, shown: Sequence[Item]) -> bool:
    """Whether a further item can be told: two always are."""
    if len(shown) < FEWEST:
        return True
    return len(shown) < MOST_ITEMS and _words([*shown, item]) <= MOST_WORDS


def _words(items: Iterable[Item]) -> int:
    texts = (item.brief or (item.unit.text if item.unit else "") for item in items)
    return sum(len(text.split()) for text in texts)


def _counted(number: int, listing: Listing) -> str:
    called = listing.one if number == 1 else listing.several
    return f"This library tells of {number} such {called}."


def _more(names: Sequence[str], listing: Listing) -> str:
    """Say how many items were not told, and name them."""
    if not names:
        return ""
    called = listing.one if len(names) == 1 else listing.several
    named = f": {'; '.join(names)}" if len(names) <= _MOST_NAMED else ""
    return f"{len(names)} more {called} in this library{named}."
