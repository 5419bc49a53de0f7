"""Which drugs and comparators a text speaks of, by name and by shape; and which it rules out.

Drugs are known by the stems of their international nonproprietary names, by the shape of a
company code, or by the lexicon.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.lexicon.drug_stems import NO_DRUGS, SHORTEST_DRUG, STEMS
from iscalimab_qa.sources.normalise import matching_key

_PLAIN_DRUGS = (
    "aspirin|metformin|insulin|heparin|warfarin|ibuprofen|paracetamol|acetaminophen|morphine|"
    "corticosteroids?|glucocorticoids?|steroids?|prednisone|thymoglobulin|lithium|digoxin|"
    "levothyroxine|methimazole|carbimazole|propylthiouracil|azathioprine|ciclosporin|cyclosporine?"
)
_COMPARATORS = {
    "placebo": r"placebo|sham(?:-treated)?|vehicle|dummy",
    "control": r"controls?(?:\s+(?:arm|group))?|standard\s+(?:of\s+)?care|usual\s+care|"
    r"standard\s+(?:treatment|therapy)|untreated|(?:no|without(?:\s+any)?)\s+treatment|comparator",
}
_NO_AGENTS = (
    "CD|IL|NCT|EUCTR|miR|rs|GSE|PMID|PMC|ICD|HLA|SARS|COVID|ISO|ASTM|UV|doi|RFC|week|day|month|"
    "year|visit|table|figure|phase|Q"
)
_CODE = rf"(?!(?:{_NO_AGENTS})-?\d)[A-Z]{{2,5}}-?\d{{3,7}}"
_AGENT = re.compile(
    rf"""(?<![\w-])(?:
        (?P<placebo>{_COMPARATORS["placebo"]})(?![\w-])
      | (?P<control>{_COMPARATORS["control"]})(?![\w-])
      | (?P<alias>alias\d+x)
      | (?P<drug>[a-z]{{2,}}(?:{STEMS}))(?![a-z])
      | (?P<plain>{_PLAIN_DRUGS})(?![a-z])
      | (?P<code>{_CODE.lower()})(?![\w-])
    )""",
    re.VERBOSE,
)
_EXCLUDED_BEFORE = re.compile(
    r"""(?:\bnot\s+(?:about\s+|of\s+|on\s+|for\s+|with\s+|in\s+|to\s+|from\s+|a\s+trial\s+of\s+|given\s+
        |results?\s+of\s+|to\s+be\s+confused\s+with\s+)*
        |\b(?:other|rather)\s+than\s+|\bunlike\s+
        |\bdifferent\s+(?:drug|antibody|agent|compound|molecule|product)\s+(?:than|from)\s+
        |\bthan\s+|\binstead\s+of\s+|\bnor\s+(?:of\s+|about\s+)?|\bwithout\s+|\bneither\s+
        |\bresults\s+of\s+)$""",
    re.VERBOSE,
)
_ANOTHER = re.compile(r"\b(?:an)?other\b[^.;]*\bthan\s+$")
_RESULTS_OF = re.compile(
    r"\b(?:not|neither|nor|no)\b[^.;]*\bresults?\s+(?:of|for|about|in|with)\s+$"
)
_FAR = 90
"""Characters before a name in which it can be ruled out."""

_TARGET = (
    r"(?:[a-z]{1,5}-?\d{1,3}[a-z]?(?:-?(?:ligand|receptor|l|r))?|"
    r"[a-z]{2,6}-?(?:r|l|alpha|beta|gamma)?)"
)
_CLASS = re.compile(
    rf"""(?<![\w-])(?:
        anti-?\s?(?P<anti>{_TARGET})(?:\s+and\s+(?:anti-?)?{_TARGET})?
          \s+(?:[a-z-]+\s+){{0,2}}(?P<antinoun>antibod(?:y|ies)|agents?|drugs?|treatments?|therap(?:y|ies)|class|biologics?|mabs?)
      | (?P<target>[a-z]{{1,10}}-?\d{{1,3}}[a-z]?(?:\s+ligand)?)\s+
          (?P<noun>inhibitors?|blockers?|antagonists?|agonists?|blockade|inhibition|antibod(?:y|ies))
      | (?P<bodies>antibod(?:y|ies))\s+(?:to|against|that\s+(?:block|target))\s+
          (?P<object>[a-z]{{1,5}}-?\d{{1,3}}[a-z]?)
    )(?![\w])""",
    re.VERBOSE,
)
_AS_A_CLASS = re.compile(r"\bas a class\b|\bclass effects?\b")
_KEY_CACHE = 8192


class Agent(NamedTuple):
    """A drug, a code or a comparator that a text names: its token and its place in the key."""

    token: str
    start: int
    ruled_out: bool


class DrugClass(NamedTuple):
    """A statement about agents against one target rather than about one of them."""

    target: str
    plural: bool


@lru_cache(maxsize=_KEY_CACHE)
def agents_in(text: str, names: Names) -> tuple[Agent, ...]:
    """List the agents of a text in order, each place once; "not iscalimab" is ruled out."""
    key = names.canonical(text)
    return tuple(
        Agent(token, match.start(), _is_ruled_out(key, match.start()))
        for match in _AGENT.finditer(key)
        if (token := _token(match, names))
    )


def _token(match: re.Match[str], names: Names) -> str:
    if match["placebo"]:
        return "placebo"
    if match["control"]:
        return "control"
    if match["alias"]:
        return _alias(match["alias"], names)
    word = match["drug"]
    if word and (len(word) < SHORTEST_DRUG or word in NO_DRUGS):
        return ""
    return (word or match["plain"] or match["code"].replace("-", "")).removesuffix("s")


@lru_cache(maxsize=_KEY_CACHE)
def _alias(token: str, names: Names) -> str:
    """Return the agent that a group of names stands for: a drug, or a comparator's wordings."""
    if names.kind_of(token) == "drug":
        return token
    wordings = [matching_key(name) for name in names.wordings(token)]
    for comparator, shape in _COMPARATORS.items():
        if any(re.fullmatch(shape, wording) for wording in wordings):
            return comparator
    return ""


def _is_ruled_out(key: str, start: int) -> bool:
    before = key[max(0, start - _FAR) : start]
    if _ANOTHER.search(before) or _RESULTS_OF.search(before):
        return True
    match = _EXCLUDED_BEFORE.search(before)
    if not match:
        return False
    # "lower than iscalimab" compares with it; "without" alone says what was not given.
    words = match[0].split()
    return words[0] not in {"than", "results"} and words != ["without"]


@lru_cache(maxsize=_KEY_CACHE)
def classes_in(text: str) -> tuple[DrugClass, ...]:
    """List the classes of agents that a text speaks of, by target."""
    found = []
    for match in _CLASS.finditer(matching_key(text)):
        target = match["anti"] or match["target"] or match["object"] or ""
        noun = match["antinoun"] or match["noun"] or match["bodies"] or ""
        target = re.sub(r"[\s-]|ligand", lambda m: "l" if m[0] == "ligand" else "", target)
        found.append(DrugClass(target, noun.endswith("s") or noun in {"class", "blockade"}))
    return tuple(found)


def without_classes(text: str) -> str:
    """Return a text's matching key without the classes that it speaks of."""
    return _AS_A_CLASS.sub(" ", _CLASS.sub(" ", matching_key(text)))


def is_comparator(token: str) -> bool:
    """Whether an agent's token is a control's: placebo, standard care."""
    return token in {"placebo", "control"}
