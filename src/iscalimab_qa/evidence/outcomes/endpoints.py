"""What was measured: keys that are equal only where two sources surely mean one endpoint.

A false equality would make a conflict of two true figures, so every word counts that is not
known to be empty: "serious infections" is never "infections". A long form and the short form
that stands in parentheses behind it are one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from iscalimab_qa.evidence.outcomes.arm_names import DOSE
from iscalimab_qa.evidence.outcomes.readings import COUNT_OF, NUMBER
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.evidence.outcomes.values import Measure
from iscalimab_qa.lexicon.abbreviations import Abbreviation
from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.lexicon.tokens import stem
from iscalimab_qa.sources.normalise import matching_key

EndpointKey = frozenset[frozenset[str]]
"""The sets of words by which an endpoint may be called; endpoints that share one are one."""

_EMPTY = frozenset(
    stem(word)
    for word in """a an the of in at on to for from by with and or as up than that who which had has
    have was were is are be been it its their this these patient patients participant participants
    subject subjects people person number rate rates proportion percentage percent share frequency
    incidence occurrence occurred primary secondary key co-primary coprimary endpoint end point
    outcome outcomes result results measure measured measuring mean median average baseline visit
    score scores value level levels estimated estimate observed adjusted unadjusted least squares
    ls lsm analysis compared versus vs placebo relative overall treatment week weeks month months
    day days year years reported reporting experienced achieved achieving reached reaching showed
    any one more least within after during over until through following reach achieve experience
    had have having direct directly read we all both group groups arm arms trial study""".split()
)
"""Words that tell no endpoint from another."""

_DIRECTION = frozenset(
    stem(word)
    for word in """change changed changes improvement improved improve improves reduction reduced
    reduce decrease decreased decreases increase increased increases fall fell fallen falls decline
    declined rise rose risen drop dropped lower higher greater fewer less left""".split()
)
_CHANGE = re.compile(
    r"\b(?:chang|improve|reduc|decreas|increas|f[ae]ll|declin|r[io]se|drop)\w*", re.IGNORECASE
)
_RATIO = re.compile(
    r"(?i:\b(?:hazard|odds|risk|rate|geometric\s+mean)\s+ratio\b|\brelative\s+risk\b|\bratio\b)"
    r"|\b(?:a?HR|a?OR|RR|SMR)\b"
)
_NOT_RATIO = re.compile(r"-to-\w+\s+ratio|\w+/\w+\s+ratio|ratio\s+to\s+baseline|\)\s*ratio", re.I)
_DIFFERENCE = re.compile(r"\bdifferences?\b|\bdelta\b", re.IGNORECASE)
_STATISTIC = re.compile(
    r"\b(?:least[- ]squares\s+mean|LS\s+mean|geometric\s+mean|mean|median|hazard\s+ratio"
    r"|odds\s+ratio|"
    r"risk\s+ratio|relative\s+risk|HR|OR|RR)\b"
)
_COUNTED = re.compile(
    r"\b(?:numbers?|count|no\.)\s+of\b|\b(?:deaths?|died|withdr\w+|discontinu\w+|lost|events?"
    r"|cases|"
    r"patients|participants|subjects|completed|completers)\b",
    re.IGNORECASE,
)
_NUMBERS_HERE = re.compile(
    r",?\s*\b(?:n|no\.|number)\s*(?:\(\s*%\s*\)|,\s*%|/\s*N\b)(?:\s*\(%\))?|\(\s*%\s*\)|"
    r"\((?:mean|SD|SE|SEM|mean\s*[±(]\s*SD\)?|95\s*%\s*CI)\)",
    re.IGNORECASE,
)
"""What a label says of the numbers beside it, not of the endpoint."""
_PAREN = re.compile(r"\s*\(([^()]*)\)")
_MEASURED_AS = re.compile(
    r",?\s+(?:measured|assessed|expressed)\s+(?:as|by|with|using)\s+(?:the\s+)?([^,;()]+),?"
)
_WORD = re.compile(r"[a-z0-9]+(?:[-/+.'^][a-z0-9]+)*")
_ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[\w+/-]{2,14}(?:\s\d{1,3})?")
_FIGURES = re.compile(rf"{DOSE}|{COUNT_OF}|{NUMBER}\s*%|\b[nN]\s*=\s*\d+")


class Vocabulary:
    """One spelling for names that mean the same: curated aliases, learnt abbreviations."""

    def __init__(
        self, aliases: Iterable[AliasGroup] = (), abbreviations: Iterable[Abbreviation] = ()
    ) -> None:
        """Prepare one expression for all names.

        Args:
            aliases: Groups of measures, diseases and terms; others do not name endpoints.
            abbreviations: Short forms with one long form each; where several are given for
                one short form, none counts.
        """
        same: dict[str, str] = {}
        longs: dict[str, set[str]] = {}
        for known in abbreviations:
            longs.setdefault(known.short, set()).add(matching_key(known.long))
        for short, meanings in longs.items():
            if len(meanings) == 1 and len(short) > 2:  # noqa: PLR2004 (two letters mean much)
                same[_stemmed(next(iter(meanings)))] = _stemmed(short)
        for group in aliases:
            if group.kind in {"measure", "term"}:
                keys = [key for key in map(_stemmed, group.says) if len(key) > 2]  # noqa: PLR2004
                usual = min(keys, key=len, default="")
                same.update((key, usual) for key in keys if not set(key.split()) <= _EMPTY)
        self._same = same
        names = sorted(same, key=len, reverse=True)
        self._names = (
            re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, names))})(?!\S)") if names else None
        )

    def words(self, text: str) -> frozenset[str]:
        """Return the words of a text that tell endpoints apart, stemmed, names in one spelling."""
        stems = _stemmed(_FIGURES.sub(" ", without_times(text)))
        if self._names:
            stems = self._names.sub(lambda match: self._same[match[0]], stems)
        return frozenset(stems.split()) - _EMPTY - _DIRECTION

    @lru_cache(maxsize=8192)  # noqa: B019 (one object a library, and endpoints repeat)
    def endpoint(self, name: str, ignored: frozenset[str] = frozenset()) -> EndpointKey:
        """Return the key of an endpoint.

        Args:
            name: As the source has it, with what stands in parentheses.
            ignored: Words that belong to the trial: its names, its disease, its drugs.
        """
        name = _MEASURED_AS.sub(r" (\1)", endpoint_name(name))
        inside = [part for part in _PAREN.findall(name) if re.search(r"[A-Za-z]{2}", part)]
        main = _PAREN.sub(" ", name)
        ways = [self.words(main) - ignored]
        for part in inside:
            ways = self._with(ways, main, part, self.words(part) - ignored)
        return frozenset(way for way in ways if way)

    def _with(
        self, ways: list[frozenset[str]], main: str, part: str, words: frozenset[str]
    ) -> list[frozenset[str]]:
        """Add what stands in parentheses: another name, or a word that narrows the first."""
        if not words or words == ways[0]:
            return ways
        if _abbreviates(part, main) or _abbreviates(main.strip(), part) or words & ways[0]:
            return [*ways, words]
        narrowed = [way | words for way in ways]
        if _ABBREVIATION.fullmatch(part.strip()):
            return [*narrowed, words]
        core = re.sub(r"^.*\b(?:in|of)\s+", "", without_times(main).split(",")[0].strip())
        return [*ways, words] if _ABBREVIATION.fullmatch(core) else narrowed


def _stemmed(text: str) -> str:
    """Return a text's words in one spelling, without inflection, joined by single spaces."""
    words = (word.removesuffix("'s") for word in _WORD.findall(matching_key(text)))
    return " ".join(map(stem, words))


def endpoint_name(label: str) -> str:
    """Return a label without what it says of the numbers beside it: "n (%)", "(SD)"."""
    return " ".join(_NUMBERS_HERE.sub(" ", label).split()).strip(" ,;")


def _abbreviates(short: str, long: str) -> bool:
    """Whether capitals can be the initials of words in this order, as in (eGFR)."""
    if not _ABBREVIATION.fullmatch(short.strip()):
        return False
    letters = re.sub(r"[^a-z]", "", short.lower())
    words = re.findall(r"[a-z]+", long.lower())
    return _initials(letters, words)


def _initials(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters run through the words, each word entered at its first letter."""
    if not letters:
        return True
    for index, word in enumerate(words):
        if word[0] != letters[0]:
            continue
        taken = 1
        if _initials(letters[taken:], words[index + 1 :]):
            return True
        for letter in word[1:]:
            if taken < len(letters) and letter == letters[taken]:
                taken += 1
                if _initials(letters[taken:], words[index + 1 :]):
                    return True
    return False


def without_times(text: str) -> str:
    """Take the time points out of a text, with the words that lead to them."""
    for time in reversed(times_in(text)):
        before = re.sub(
            r"[\s,]*\b(?:(?:from\s+baseline\s+)?(?:at|by|to|until|through|after|over|within"
            r"|for|up\s+to)|"
            r"between)\s*$",
            "",
            text[: time.start],
            flags=re.IGNORECASE,
        )
        text = f"{before} {text[time.end :]}"
    return " ".join(text.split())


def measure_of(words: str, *, unit: str, count: str, compared: bool) -> Measure:
    """Say what kind of figure stands under these words.

    Args:
        words: Endpoint and column head, or the sentence's clause.
        unit: The figure's unit.
        count: The count behind it, empty if none is given.
        compared: Whether two arms are set against each other.
    """
    if _RATIO.search(words) and not _NOT_RATIO.search(words) and not count:
        return "ratio"
    if compared or (_DIFFERENCE.search(words) and not count):
        return "difference"
    if count:
        return "proportion"
    if _CHANGE.search(words):
        return "change"
    if unit == "%":
        return "percent"
    return "count" if not unit and _COUNTED.search(words) else "value"


def statistic_of(words: str) -> str:
    """Return mean, median or the name of a ratio where the words say it, else nothing."""
    match = _STATISTIC.search(words)
    return match[0] if match else ""
