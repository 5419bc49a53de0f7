"""Which names are one drug's, as the library's own texts tell: its code and its brand.

A paper writes "examplimab (ABC123)" once and one of the two ever after; a leaflet says "Brandex
contains examplimab" and speaks of Brandex. Whoever asks may know either name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.lexicon.drug_stems import NO_DRUGS, STEMS

INN = rf"\b(?!(?:(?i:{'|'.join(sorted(NO_DRUGS))}))\b)[A-Za-z]{{3,}}(?:{STEMS})\b"
"""A name that ends as those of drugs do."""

_NO_CODES = "NCT|PMID|PMC|DOI|ISO|COVID|SARS|HLA|CD|IL|IgG|TNF|HSP|CCL|CXCL|HER|EGFR|ICD|DSM"
CODE = rf"(?<![\w-])(?!{_NO_CODES})[A-Z]{{2,5}}(?:-|\s)?\d{{3,7}}\b(?![-\d])"
"""A company's code for a drug."""

_FORMERLY = r"(?:formerly|previously|also)\s+(?:known\s+as\s+|called\s+)?|code[- ]?name(?:d|\s+)\s*"
_CODE_ASIDE = re.compile(
    rf"(?:[(\[]\s*(?:{_FORMERLY})?|,\s*(?:{_FORMERLY}))(?P<code>{CODE})(?=[\s),;\]])"
)
_NAME_BEFORE = re.compile(rf"(?P<name>{INN})\s*$")
_REACH = 80
"""Characters before a parenthesis in which a drug's name ends: the longest has thirty."""

_BRAND = r"(?P<brand>[A-Z][a-z]{3,})"
_SUBSTANCE = r"(?P<name>[a-z]{6,})"
_MARK = r"\s?[®™]"
_ACTIVE = r"active\s+(?:substance|ingredient)s?"
_DOSE = r"(?:mg|g|µg|mcg|micrograms?|ml|mL|IU|units?|%)(?!\w)"
_BRANDS = tuple(
    re.compile(text)
    for text in (
        rf"\b{_BRAND}\s+contains:?\s+(?:(?:the|as)\s+)?(?:{_ACTIVE}:?\s+)?{_SUBSTANCE}\b(?=[,.;]|\s+which\b|\s*$)",
        rf"\b{_ACTIVE}\s+(?:in|of)\s+{_BRAND}\s+is\s+{_SUBSTANCE}\b",
        rf"\b{_SUBSTANCE}\s+\({_BRAND}{_MARK}",
        rf"\b{_BRAND}{_MARK}\s+\({_SUBSTANCE}\)",
        rf"\b{_SUBSTANCE}\s*[(,]\s*(?:the\s+)?(?:brand|trade|proprietary)\s+name:?\s+(?:is\s+)?{_BRAND}\b",
        rf"\b{_SUBSTANCE}\s*(?:\(|,|is|was)?\s*(?:marketed|sold|branded)\s+(?:as|under\s+the\s+name\s+(?:of\s+)?)\s*{_BRAND}\b",
        rf"\b{_BRAND}\s*(?:,|is)\s+(?:the|a)\s+(?:brand|trade|proprietary)\s+name\s+(?:of|for)\s+{_SUBSTANCE}\b",
    )
)
_SPEAKS_OF_BRANDS = re.compile(
    r"[®™]|\bcontains|\bactive\s+(?:substance|ingredient)"
    r"|\b(?:brand|trade|proprietary)\s+name|\b(?:marketed|sold|branded)\s"
)


class _Called(NamedTuple):
    """A drug's name and another one of the same: its code or its brand."""

    name: str
    other: str


def names_with_codes(text: str) -> Iterator[_Called]:
    """Yield each drug whose code stands behind it: "examplimab (ABC123)".

    What opens the aside is looked for first: there are few of them, and many words.
    """
    for aside in _CODE_ASIDE.finditer(text):
        before = text[max(0, aside.start() - _REACH) : aside.start()]
        if name := _NAME_BEFORE.search(before):
            yield _Called(name["name"], aside["code"])


def _names_with_brands(text: str) -> Iterator[_Called]:
    """Yield each drug that a text gives the brand of, by words that say so.

    Most texts have no such word; each form is slow to find nothing, since it begins with any word.
    """
    if not _SPEAKS_OF_BRANDS.search(text):
        return
    for form in _BRANDS:
        for match in form.finditer(text):
            if _is_medicine(text, match["name"], match["brand"]):
                yield _Called(match["name"], match["brand"])


def _is_medicine(text: str, name: str, brand: str) -> bool:
    """Whether a thing and its brand are a drug's: milk contains calcium, and is no drug.

    The name ends as those of drugs do, or the brand is dosed.
    """
    return bool(re.fullmatch(INN, name) or re.search(rf"\b{brand}\s+\d[\d.,]*\s?{_DOSE}", text))


def learnt_drugs(known: Iterable[AliasGroup], texts: Iterable[str]) -> tuple[AliasGroup, ...]:
    """Learn from texts which code and which brand is which drug's, as groups of names.

    Names that are known already are left out, and so are those given to two drugs.
    """
    spoken_for = {drug_key(name) for group in known for name in group.says}
    found: defaultdict[str, set[_Called]] = defaultdict(set)
    for text in texts:
        for name, other in (*names_with_codes(text), *_names_with_brands(text)):
            found[drug_key(other)].add(_Called(name.lower(), other))
    return tuple(
        AliasGroup("drug", names, names)
        for other, pairs in sorted(found.items())
        if other not in spoken_for and len({pair.name for pair in pairs}) == 1
        for names in [tuple(min(pairs))]
    )


def drug_key(name: str) -> str:
    """Return a name as it is compared: without case, spaces and hyphens."""
    return re.sub(r"[\s\-]+", "", name).lower()
