"""Which drugs a text names, by the lexicon and by the shape of the name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.evidence.naming.learnt_drugs import CODE, INN, drug_key, names_with_codes
from iscalimab_qa.lexicon.aliases import AliasGroup

_NOT_MEANT = re.compile(
    r"\b(?:not(?:\s+(?:of|about|for|with|in))?|than|unlike|versus|vs\.?|against|compared\s+(?:with|to)|control\s+of"
    r"|background|plus|nor|anti-?)\s+(?:the\s+|standard\s+|low-dose\s+)*$",
    re.IGNORECASE,
)

_CACHED = 8192


class DrugMention(NamedTuple):
    """A drug at [start, end) of a text; `meant` is False behind "not", "than" or "versus"."""

    name: str
    start: int
    end: int
    meant: bool


class DrugNames:
    """Finds drugs in texts and calls each by one name."""

    def __init__(self, aliases: Iterable[AliasGroup], texts: Iterable[str] = ()) -> None:
        """Take the lexicon's drugs, and learn which code is which drug's from texts.

        Args:
            aliases: Groups of names; those of kind `drug` count.
            texts: Where "examplimab (ABC123)" teaches that both are one.
        """
        self._names: dict[str, str] = {}
        for group in aliases:
            if group.kind == "drug":
                known = (self._names[k] for n in group.says if (k := drug_key(n)) in self._names)
                usual = next(known, group.says[0])
                self._names.update({drug_key(name): usual for name in group.says})
        spelled = {name for group in aliases if group.kind == "drug" for name in group.says}
        for text in texts:
            for name, code in names_with_codes(text):
                usual = self._names.get(drug_key(name), name.lower())
                self._names.setdefault(drug_key(code), usual)
        listed = "|".join(re.escape(name) for name in sorted(spelled, key=len, reverse=True))
        self._pattern = re.compile(rf"(?:(?<![\w-])(?i:{listed or '(?!)'})(?!\w)|{INN}|{CODE})")
        self.mentions = lru_cache(maxsize=_CACHED)(self._mentions)

    def _mentions(self, text: str) -> tuple[DrugMention, ...]:
        return tuple(
            DrugMention(
                self.usual(match[0]),
                *match.span(),
                not _NOT_MEANT.search(text[max(0, match.start() - 40) : match.start()]),
            )
            for match in self._pattern.finditer(text)
        )

    def usual(self, name: str) -> str:
        """Return the one name of a drug."""
        unlisted = name if any(map(str.isdigit, name)) else name.lower()
        return self._names.get(drug_key(name), unlisted)

    def is_drug(self, name: str) -> bool:
        """Whether a name is a drug's."""
        return drug_key(name) in self._names or bool(re.fullmatch(INN, name))

    def named_in(self, text: str) -> frozenset[str]:
        """Return the drugs that a text is about, those behind "not" or "versus" left out."""
        return frozenset(mention.name for mention in self.mentions(text) if mention.meant)
