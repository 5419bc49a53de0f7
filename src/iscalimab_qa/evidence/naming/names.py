"""One token for all names of a thing, so that CFZ533 and iscalimab are the same word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from iscalimab_qa.lexicon import AliasGroup, shipped_aliases, tokenize
from iscalimab_qa.sources.normalise import matching_key

CAPITALS = 3
"""Names of at most so many letters are matched as written: "MS" is a disease, "ms" is none."""

_CACHED = 8192
"""Texts whose canonical form is kept: what a conversation looks at, many times over."""

SHARED = 2
"""First letters by which names are told apart before each is tried."""

_TOKEN = re.compile(r"alias(\d+)x")


class Mention(NamedTuple):
    """One name that a text holds: its group's number, its kind, and where in the key."""

    group: int
    kind: str


class Names:
    """Curated and other aliases as one table; built once, shared by all checks."""

    def __init__(self, groups: Iterable[AliasGroup]) -> None:
        """Take the groups of names; everyday words stand for no other name, and are kept apart."""
        given = tuple(groups)
        self.groups = _merged([group for group in given if group.kind != "plain"])
        self.everyday = tuple(group for group in given if group.kind == "plain")
        self._canonical = lru_cache(maxsize=_CACHED)(self._unify)
        self._token_set = lru_cache(maxsize=_CACHED)(self._tokens)

    def canonical(self, text: str) -> str:
        """Return a text's matching key with every known name replaced by its group's token."""
        return self._canonical(text)

    def tokens(self, text: str) -> frozenset[str]:
        """Return the distinct content tokens of a text, aliases unified."""
        return self._token_set(text)

    def mentions(self, text: str) -> frozenset[Mention]:
        """Return the groups that a text names."""
        found = (int(match[1]) for match in _TOKEN.finditer(self.canonical(text)))
        return frozenset(Mention(group, self.groups[group].kind) for group in found)

    def kind_of(self, token: str) -> str | None:
        """Return the kind of a group's token, None for any other token."""
        match = _TOKEN.fullmatch(token)
        return self.groups[int(match[1])].kind if match else None

    def wordings(self, token: str) -> tuple[str, ...]:
        """Return all names of a group's token, none for any other token."""
        match = _TOKEN.fullmatch(token)
        return self.groups[int(match[1])].says if match else ()

    def name_of(self, token: str) -> str:
        """Return how a token is called in a message: a group's first name, else itself."""
        match = _TOKEN.fullmatch(token)
        return self.groups[int(match[1])].says[0] if match else token

    def _tokens(self, text: str) -> frozenset[str]:
        return frozenset(tokenize(self.canonical(text)))

    def _unify(self, text: str) -> str:
        as_written = self._short[0].sub(lambda m: f" {self._short[1][m[1]]} ", text)
        key = matching_key(as_written)
        pattern, table = self._long
        return pattern.sub(lambda m: f" {table[m[1]]} ", key)

    @cached_property
    def _short(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        return _table(self._spelled(short=True))

    @cached_property
    def _long(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        table = {matching_key(name): token for name, token in self._spelled(short=False).items()}
        return _table(table)

    def _spelled(self, *, short: bool) -> dict[str, str]:
        return {
            name: f"alias{number}x"
            for number, group in enumerate(self.groups)
            for name in group.says
            if (len(name) <= CAPITALS and name.isupper()) == short
        }


@lru_cache(maxsize=1)
def shipped_names() -> Names:
    """Return the table of the aliases that come with the package."""
    return Names(shipped_aliases())


def _table(spelled: Mapping[str, str]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    longest_first = sorted(spelled, key=len, reverse=True)
    names = _any_of(longest_first, SHARED) or r"(?!)"
    return re.compile(rf"(?<![\w-])({names})(?:e?s)?(?![\w]|-\d)"), spelled


def _any_of(names: Sequence[str], shared: int) -> str:
    """Return a pattern for any of some names, tried in their order, by their first letters.

    A text is read a letter at a time: at each, a thousand names are told apart by two letters.
    """
    if not shared:
        return "|".join(map(re.escape, names))
    by_letter: dict[str, list[str]] = {}
    for name in names:
        by_letter.setdefault(name[:1], []).append(name[1:])
    return "|".join(
        f"{re.escape(letter)}(?:{_any_of(rests, shared - 1)})" if letter else ""
        for letter, rests in by_letter.items()
    )


def _merged(groups: Sequence[AliasGroup]) -> tuple[AliasGroup, ...]:
    """Join groups of one kind that share a name; a joined group stands where its last part did."""
    merged: dict[int, AliasGroup] = {}
    place_of: dict[tuple[str, str], int] = {}
    for place, group in enumerate(groups):
        keys = {(group.kind, matching_key(name)) for name in group.says}
        same = [
            merged.pop(each) for each in sorted({place_of[key] for key in keys & place_of.keys()})
        ]
        names = tuple(dict.fromkeys(name for each in [*same, group] for name in each.says))
        merged[place] = AliasGroup(group.kind, names, names)
        place_of |= {(group.kind, matching_key(name)): place for name in names}
    return tuple(merged.values())
