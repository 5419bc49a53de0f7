"""Which names are one trial's: what the sources say of names, put together.

A trial has one number in a register. Numbers of different registers, codes and acronyms are
joined where a source says that they are one, and never because a third name is said of both:
a name that is said of two trials names neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from iscalimab_qa.evidence.naming.trial_names import name_key, registry_of

_MAIN_REGISTRY = "nct"
"""The register that most trials are in: its number is a trial's id where there is one."""


class NameGroup(NamedTuple):
    """Names said of one trial; `trusted` where metadata or a file of aliases says so."""

    names: tuple[str, ...]
    trusted: bool


@dataclass(frozen=True, slots=True)
class Identities:
    """Trials by their names.

    `names` maps a trial's id to all its names, the id first. `trial_of` maps a name's key to
    the id; `shared` holds the keys that are said of several trials, with their ids.
    """

    names: Mapping[str, tuple[str, ...]]
    trial_of: Mapping[str, str]
    shared: Mapping[str, tuple[str, ...]]


def identify(groups: Iterable[NameGroup]) -> Identities:
    """Join names into trials.

    Args:
        groups: In order of precedence: the first spelling of a name is kept.
    """
    groups = [group for group in groups if any(map(name_key, group.names))]
    spelling: dict[str, str] = {}
    for name in (name for group in groups for name in group.names):
        spelling.setdefault(name_key(name), name)
    anchors = _Anchors()
    _anchor_numbers(groups, anchors, main=True)
    _anchor_numbers(groups, anchors, main=False)
    _anchor_names(groups, anchors)
    return _identities(anchors, spelling)


class _Anchors:
    """Each key's trial, which goes by the key that was first."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}
        self.shared: dict[str, tuple[str, ...]] = {}

    def join(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        roots = {self.of.get(key, key) for key in keys}
        root = self.of.get(keys[0], keys[0])
        joined = [key for key, of in self.of.items() if of in roots]
        self.of.update(dict.fromkeys([*joined, *keys], root))

    def known(self, keys: Iterable[str]) -> set[str]:
        return {self.of[key] for key in keys if key in self.of}


def _anchor_numbers(groups: Iterable[NameGroup], anchors: _Anchors, *, main: bool) -> None:
    """Give each registry number a trial: first those of the main register, then the others."""
    beside: defaultdict[str, list[tuple[bool, set[str]]]] = defaultdict(list)
    for names, trusted in groups:
        keys = [
            name_key(name)
            for name in names
            if (of := registry_of(name)) and (of == _MAIN_REGISTRY) == main
        ]
        if trusted and len(keys) > 1:
            anchors.join(keys)
        for key in keys:
            others = (
                set()
                if main
                else anchors.known(
                    name_key(name) for name in names if registry_of(name) == _MAIN_REGISTRY
                )
            )
            beside[key].append((trusted, others))
    _attach(beside, anchors, alone=True)


def _anchor_names(groups: Iterable[NameGroup], anchors: _Anchors) -> None:
    """Give each code and acronym the trial of the numbers beside it, else one of its own."""
    beside: defaultdict[str, list[tuple[bool, set[str]]]] = defaultdict(list)
    unnumbered: list[list[str]] = []
    for names, trusted in groups:
        keys = [name_key(name) for name in names if registry_of(name) is None]
        numbers = anchors.known(name_key(name) for name in names if registry_of(name))
        for key in keys:
            beside[key].append((trusted, numbers))
        if not numbers and keys:
            unnumbered.append(keys)
    _attach(beside, anchors, alone=False)
    for keys in unnumbered:
        own = [key for key in keys if key not in anchors.shared]
        if len(anchors.known(own)) <= 1:
            _join_to_known(own, anchors)
        for key in own:
            anchors.of.setdefault(key, key)


def _join_to_known(keys: list[str], anchors: _Anchors) -> None:
    known = anchors.known(keys)
    for key in keys:
        anchors.of.setdefault(key, next(iter(known), keys[0]))


def _attach(
    beside: Mapping[str, list[tuple[bool, set[str]]]], anchors: _Anchors, *, alone: bool
) -> None:
    """Attach keys to the one trial said beside them; what is trusted outweighs what is read.

    Where nothing is beside it, a key may stand `alone` for a trial of its own.
    """
    for key, said in beside.items():
        trusted = set().union(*(trials for trust, trials in said if trust))
        trials = {anchors.of.get(t, t) for t in trusted or set().union(*(t for _, t in said))}
        if len(trials) > 1:
            anchors.shared[key] = tuple(sorted(trials))
        elif alone or trials:
            anchors.of.setdefault(key, next(iter(trials), key))


def _identities(anchors: _Anchors, spelling: Mapping[str, str]) -> Identities:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for key, root in anchors.of.items():
        if key not in anchors.shared:
            members[root].append(spelling[key])
    ids: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    compounds: set[str] = set()
    for root, all_names in members.items():
        tested = {n for n in all_names if any(_is_compound(n, other) for other in all_names)}
        compounds |= {name_key(name) for name in tested}
        ordered = sorted((n for n in all_names if n not in tested), key=_id_rank)
        ids[root] = ordered[0]
        names[ordered[0]] = tuple(ordered)
    return Identities(
        names=names,
        trial_of={
            key: ids[root]
            for key, root in anchors.of.items()
            if key not in anchors.shared and key not in compounds and root in ids
        },
        shared={
            key: tuple(ids[root] for root in roots if root in ids)
            for key, roots in anchors.shared.items()
        },
    )


def _is_compound(name: str, code: str) -> bool:
    """Whether a code is a compound's name with a study's number behind it: ABC-09 of ABC09-03."""
    short, long = (re.sub(r"[\W_]", "", each).lower() for each in (name, code))
    ends_in_digit = short[-1:].isdigit() and long[len(short) :].isdigit()
    return short != long and long.startswith(short) and ends_in_digit and "-" in code


def _id_rank(name: str) -> tuple[bool, bool]:
    registry = registry_of(name)
    return registry != _MAIN_REGISTRY, registry is None
