"""Which words name an arm of a trial: comparators, groups, and drugs by name or by shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.sources.normalise import matching_key

_COMPARATOR = (
    r"placebo|sham|vehicle|controls?|comparator|standard(?:\s+of)?\s+care|usual\s+care|"
    r"best\s+supportive\s+care|standard\s+(?:therapy|treatment)|untreated|no\s+(?:treatment"
    r"|intervention)|"
    r"waiting\s+list|wait-?list"
)
_GROUP = (
    r"(?:intervention|treatment|experimental|active|test|training|exercise|study[- ]drug)\s+"
    r"(?:group|arm)|(?:group|arm)\s+[A-D1-9]\b"
)
_SHAPE = (
    r"[a-z]{2,}(?:mab|tinib|[a-z]nib|limus|statin|pril|sartan|[a-z]olol|gliptin|gliflozin|glutide|"
    r"paratide|parib|ciclib|[a-z]{2}vir|[a-z]azole|mycin|cillin|floxacin|cycline|[a-z]solone"
    r"|[a-z]sone|"
    r"formin|platin|taxel|rubicin|phenolate|prine|trexate|[a-z]oquine|dronate|grel|xaban"
    r"|gatran|parin|"
    r"[a-z]{2}bart|[a-z]{3}tug|[a-z]{3}mig|triptan|oxetine|azepam|kinra|feron)|(?!accept"
    r"|concept|except|intercept|precept|percept)[a-z]{3,}cept"
    r"|aspirin|ibuprofen|paracetamol|insulin"
)
_CODE = r"(?!NCT|PMID|DOI|ISO|COVID|EUCTR|ISRCTN)[A-Z]{2,6}(?:-?\d{3,8}|\s\d{4,6})[A-Z]?"
DOSE = (
    r"\d+(?:\.\d+)?(?:\s*[-–/]\s*\d+(?:\.\d+)?)?\s*(?:mg|µg|μg|ug|mcg|ng|g|mL|IU|U|units?)"
    r"(?:\s*/\s*(?:kg|m2|m²|day|d|week|dose|h)\b)*(?![\w]|\s*/\s*[a-zA-Z])"
)
_DOSE = re.compile(DOSE)
_VERSUS = re.compile(
    r"\b(?:versus|vs\.?|compared\s+(?:with|to)|relative\s+to|minus)\s|\bto\s+placebo\b", re.I
)
_COHORT = re.compile(
    r"\b(?:cohort|part|stage|period|stratum|substudy|sub-study)\s+(?:\d{1,2}|[A-F]|I{1,3})\b", re.I
)
_EXTENT = re.compile(
    rf"(?:\s+(?:groups?|arms?)\b)?(?:\s*\((?:[A-Z][\w-]{{2,12}})\))?(?:\s+{DOSE})?(?:\s+(?:IV"
    rf"|SC|intravenous(?:ly)?|subcutaneous(?:ly)?|oral(?:ly)?)\b)?"
)
_NO_ARM_BEFORE = re.compile(
    r"(?:\b(?:not(?:\s+(?:of|about|on))?|another|no|anti-?|trials?\s+of|stud(?:y|ies)\s+of"
    r"|data\s+(?:of|on|for)"
    r"|effects?\s+of|(?<!high )(?<!low )(?<!higher )(?<!lower )doses?\s+of|dosing\s+of"
    r"|level\s+of|concentrations?\s+of|infusions?\s+of|injections?\s+of|"
    r"record\s+of|half-life\s+of)\s*(?:the\s+)?(?:\w+ous\s+)?)$",
    re.IGNORECASE,
)
_NO_ARM_AFTER = re.compile(
    r"(?:'s)?\s+(?:trials?|stud(?:y|ies)|data|programme|program|paper|abstract|record|report"
    r"|figures?|levels?|concentrations?)\b",
    re.IGNORECASE,
)


class ArmMention(NamedTuple):
    """An arm as a sentence names it."""

    name: str
    start: int
    end: int


class ArmKey(NamedTuple):
    """What must be equal for two arms to be one; an empty field may be unsaid."""

    names: frozenset[str]
    dose: str
    cohort: str


class ArmNames:
    """Recognises arms, with the drugs of a lexicon beside those that are known by their shape."""

    def __init__(self, aliases: Sequence[AliasGroup], usual: Callable[[str], str] = str) -> None:
        """Prepare one expression for all names.

        Args:
            aliases: The lexicon's groups; those of drugs count.
            usual: Gives a drug's one name for a code of it.
        """
        self._called = usual
        drugs = [group.says for group in aliases if group.kind == "drug"]
        self._usual = {matching_key(name): names[0].lower() for names in drugs for name in names}
        listed = "|".join(
            re.escape(name) for names in drugs for name in sorted(names, key=len, reverse=True)
        )
        words = "|".join(filter(None, [_COMPARATOR, _GROUP, listed, _SHAPE]))
        self.pattern = re.compile(rf"(?<![\w-])(?:(?i:{words})|{_CODE})(?![\w])")

    def named_in(self, text: str) -> bool:
        """Whether a text names an arm anywhere."""
        return bool(self.pattern.search(text))

    def is_comparison(self, text: str) -> bool:
        """Whether a head sets two arms against each other: "Drug versus placebo"."""
        return bool(_VERSUS.search(text)) and self.named_in(text)

    def mentions(self, text: str) -> list[ArmMention]:
        """List the arms that a sentence names, with dose and route where they follow.

        Passed over: what a trial or a study is "of", what is denied, adjectives (anti-X).
        """
        found: list[ArmMention] = []
        for match in self.pattern.finditer(text):
            if _NO_ARM_BEFORE.search(text[: match.start()]) or _NO_ARM_AFTER.match(
                text[match.end() :]
            ):
                continue
            extent = _EXTENT.match(text, match.end())
            end = extent.end() if extent else match.end()
            if found and match.start() < found[-1].end:
                continue
            found.append(ArmMention(text[match.start() : end], match.start(), end))
        return found

    @lru_cache(maxsize=4096)  # noqa: B019 (one object a library, and arms repeat)
    def key(self, arm: str) -> ArmKey:
        """Return what an arm's names have in common; routes and schedules do not count."""
        cohort = cohort_in(arm)
        bare = _COHORT.sub(" ", arm)
        doses = _DOSE.findall(bare)
        dose = " ".join(sorted(matching_key(each).replace(" ", "") for each in doses))
        names = {self._one_name(match[0]) for match in self.pattern.finditer(bare)}
        if not names:
            names = {matching_key(_DOSE.sub(" ", bare)).strip(" ,;:")}
        if _VERSUS.search(arm):
            names.add("versus")
        return ArmKey(frozenset(names), dose, matching_key(cohort))

    def _one_name(self, name: str) -> str:
        key = matching_key(name)
        if key in self._usual:
            return self._usual[key]
        return re.sub(r"^controls$", "control", matching_key(self._called(name)))


def cohort_in(text: str) -> str:
    """Return the one part of a trial that a text names ("cohort 1"), empty for none or several."""
    found = {matching_key(match[0]): match[0] for match in _COHORT.finditer(text)}
    return next(iter(found.values())) if len(found) == 1 else ""
