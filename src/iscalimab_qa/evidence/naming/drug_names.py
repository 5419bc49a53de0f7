"""Which drugs a text names, by the lexicon and by the shape of the name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.lexicon.aliases import AliasGroup

_SUFFIXES = (
    "mab|bart|tug|mig|tinib|cept|limus|ciclib|prazole|statin|gliptin|gliflozin|parib|kinra|glutide"
    "|degib|rafenib|metinib|zomib|lisib|denib|nersen|siran|leucel|xaban|gatran|sartan|prost|vastatin"
    "|buvir|asvir|previr|tegravir|navir|ciclovir|vaptan|grel|apant|gepant|orexant|trectinib|nib"
)
_NO_DRUGS = "(?i:concept|except|accept|intercept|precept|percept|excerpt)"
_INN = rf"\b(?!(?:{_NO_DRUGS})\b)[A-Za-z]{{3,}}(?:{_SUFFIXES})\b"
_NO_CODES = "NCT|PMID|PMC|DOI|ISO|COVID|SARS|HLA|CD|IL|IgG|TNF|HSP|CCL|CXCL|HER|EGFR|ICD|DSM"
_CODE = rf"(?<![\w-])(?!{_NO_CODES})[A-Z]{{2,5}}(?:-|\s)?\d{{3,7}}\b(?![-\d])"
_CODE_ASIDE = re.compile(rf"[(\[](?:formerly\s+|also\s+known\s+as\s+)?(?P<code>{_CODE})[\s),;\]]")
_NAME_BEFORE = re.compile(rf"(?P<name>{_INN})\s*$")
_REACH = 80
"""Characters before a parenthesis in which a drug's name ends: the longest has thirty."""

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
                known = (self._names[k] for n in group.says if (k := _key(n)) in self._names)
                usual = next(known, group.says[0])
                self._names.update({_key(name): usual for name in group.says})
        spelled = {name for group in aliases if group.kind == "drug" for name in group.says}
        for text in texts:
            for name, code in _names_with_codes(text):
                usual = self._names.get(_key(name), name.lower())
                self._names.setdefault(_key(code), usual)
        listed = "|".join(re.escape(name) for name in sorted(spelled, key=len, reverse=True))
        self._pattern = re.compile(rf"(?:(?<![\w-])(?i:{listed or '(?!)'})(?!\w)|{_INN}|{_CODE})")
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
        return self._names.get(_key(name), name if any(map(str.isdigit, name)) else name.lower())

    def is_drug(self, name: str) -> bool:
        """Whether a name is a drug's."""
        return _key(name) in self._names or bool(re.fullmatch(_INN, name))

    def named_in(self, text: str) -> frozenset[str]:
        """Return the drugs that a text is about, those behind "not" or "versus" left out."""
        return frozenset(mention.name for mention in self.mentions(text) if mention.meant)


class _Coded(NamedTuple):
    name: str
    code: str


def _names_with_codes(text: str) -> Iterator[_Coded]:
    """Yield each drug whose code follows it in parentheses: "examplimab (ABC123)".

    Parentheses are looked for first: there are few of them, and many words.
    """
    for aside in _CODE_ASIDE.finditer(text):
        before = text[max(0, aside.start() - _REACH) : aside.start()]
        if name := _NAME_BEFORE.search(before):
            yield _Coded(name["name"], aside["code"])


def learnt_codes(known: Iterable[AliasGroup], texts: Iterable[str]) -> tuple[AliasGroup, ...]:
    """Learn from texts which code is which drug's, as groups of names.

    Codes that are known already are left out, and so are those given to two drugs.
    """
    spoken_for = {_key(name) for group in known for name in group.says}
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for text in texts:
        for name, code in _names_with_codes(text):
            found[_key(code)].add((name.lower(), code))
    return tuple(
        AliasGroup("drug", names, names)
        for key, pairs in sorted(found.items())
        if key not in spoken_for and len({name for name, _ in pairs}) == 1
        for names in [min(pairs)]
    )


def _key(name: str) -> str:
    return re.sub(r"[\s\-]+", "", name).lower()
