"""The trial and the population that a claim names must be those of the cited words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from iscalimab_qa.evidence.checks.disease import check_disease, diseases_in
from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.naming.trial_names import name_key, numbers_in
from iscalimab_qa.evidence.wording.clauses import clauses, nearest, overlap

_ACRONYM = re.compile(
    r"(?<![\w-])(?:[A-Z][A-Z]{3,}[A-Za-z]*|[A-Z]{2,}[a-z]?[A-Z]*(?=\s+(?:trial|study|extension)\b)|"
    r"[A-Z]{3,}(?=[- ](?:\d|I{1,3}\b|IV\b|extension\b)))"
    r"(?:[- ](?:\d{1,2}|I{1,3}|IV|V|extension|EXTENSION|OLE|LTE)\b)?(?!\w|-[A-Z]\b)"
)
_SUFFIXED = re.compile(r"[A-Z]{3,}-[A-Z]{2,}\d*(?!\w)")
"""A trial's name with the disease behind it: "HORIZON-HS". Measures look alike."""

_NO_TRIALS = frozenset(
    """hiv covid cohort with without placebo and versus elisa nash copd lupus sars mace asas acr haq
    easi dlqi madrs updrs crispr facs only note table figure""".split()
)
_MEASURED = re.compile(
    r"\s+(?:scores?|ind(?:ex|ices)|scales?|levels?|values?|antibod|titres?|vaccines?|receptors?|ligands?"
    r"|pathways?|proteins?|cells?|signal|genes?)",
    re.IGNORECASE,
)
"""What follows the name of a measure or of a product, and never a trial's."""

UNNAMED = "the cited words name no trial"
"""Said of a trial where neither the cited words nor their source speak of any."""

_REACH = 14
"""Characters beside an acronym that show how it is used."""


def check_trial(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find trials, phases and diseases of a claim that the cited words are not about.

    Where the quote, its context or its section names trials, the claim's must be among them;
    else those of the source's title and metadata count.
    """
    named = dict(_trials(claim, names, grounds))
    known = _of_the_source(grounds, names)
    allowed = known | _said_there(grounds)
    findings = [
        Finding("trial", name, f"the cited words are not about {name}" if known else UNNAMED)
        for key, name in named.items()
        if key not in allowed
    ]
    findings += _other_subject(claim, named, grounds, names)
    findings += _other_phase(claim, grounds)
    findings += check_disease(claim, grounds, names)
    return tuple(dict.fromkeys(findings))


def names_trial_or_disease(claim: str, names: Names) -> bool:
    """Whether a claim names a trial or a disease at all."""
    mentioned = names.mentions(claim)
    return bool(
        any(mention.kind in {"trial", "disease"} for mention in mentioned)
        or numbers_in(claim)
        or diseases_in(claim, names)
        or any(_like_trial(claim, match) for match in _ACRONYM.finditer(claim))
    )


def _trials(text: str, names: Names, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """Yield the key and the spelling of each trial that a text names."""
    for number in numbers_in(text):
        yield _resolved(number.name, names, grounds), number.name
    known = _known_keys(grounds)
    others = _keys_of_other_names(names)
    for match in _ACRONYM.finditer(text):
        suffixed = _SUFFIXED.match(text, match.start())
        if suffixed and name_key(suffixed[0]) in known:
            yield _resolved(suffixed[0], names, grounds), suffixed[0]
            continue
        key = name_key(match[0])
        short = name_key(re.split(r"[- ]", match[0])[0])
        if key in known or _is_trial(match[0], names):
            yield _resolved(match[0], names, grounds), match[0]
        elif short not in _NO_TRIALS and key not in others and _like_trial(text, match):
            yield key, match[0]


@lru_cache(maxsize=8)
def _keys_of_other_names(names: Names) -> frozenset[str]:
    return frozenset(
        name_key(name) for group in names.groups if group.kind != "trial" for name in group.says
    )


def _like_trial(text: str, match: re.Match[str]) -> bool:
    """Whether an unknown acronym is used as trials' names are: "the ABC trial", "in ABCDE,".

    "The ABC score" and "ABC vaccine" are names of something else.
    """
    after = text[match.end() : match.end() + _REACH]
    before = text[max(0, match.start() - _REACH) : match.start()]
    if _MEASURED.match(after):
        return False
    return bool(
        re.match(
            r"\s+(?:trial|study|extension|cohort|enrol|random|recruit|participant|investigator)",
            after,
        )
        or re.search(r"\b(?:trial|study|[Ii]n|of|the)\s+$", before)
        or not before.strip()
    )


def _is_trial(name: str, names: Names) -> bool:
    return any(mention.kind == "trial" for mention in names.mentions(name))


def _known_keys(grounds: Grounds) -> dict[str, str]:
    """Map the keys of the names of the cited sources' trials to the trial's first name."""
    keys: dict[str, str] = {}
    for citation in grounds.citations:
        known = grounds.sources.get(citation.source_id)
        for trial in known.trials if known else ():
            for name in (trial.trial_id, *trial.aliases):
                keys[name_key(name)] = name_key(trial.trial_id)
        for name in citation.trials:
            keys.setdefault(name_key(name), name_key(name))
    return keys


def _resolved(name: str, names: Names, grounds: Grounds) -> str:
    """Return one key for all names of a trial."""
    key = name_key(name)
    known = _known_keys(grounds)
    if key in known:
        return known[key]
    for mention in sorted(names.mentions(name)):
        if mention.kind == "trial":
            others = [name_key(other) for other in names.groups[mention.group].says]
            return next((known[other] for other in others if other in known), others[0])
    return key


def _of_the_source(grounds: Grounds, names: Names) -> set[str]:
    """Return the trials that the cited words name, else those of title and metadata."""
    named = {key for key, _ in _trials(_near(grounds), names, grounds)}
    if named:
        return named
    titles = "\n".join(citation.title for citation in grounds.citations)
    said = {key for key, _ in _trials(titles, names, grounds)}
    return said | set(_known_keys(grounds).values())


def _said_there(grounds: Grounds) -> set[str]:
    """Return all acronyms of the cited words, which may be trials though they do not say so."""
    return {name_key(match[0]) for match in _ACRONYM.finditer(_near(grounds))}


def _near(grounds: Grounds) -> str:
    return "\n".join([grounds.cited, *(citation.section for citation in grounds.citations)])


SAME_MATTER = 0.5
"""Share of a claim's words that a clause must hold to be the one that it tells."""


def _other_subject(
    claim: str, named: dict[str, str], grounds: Grounds, names: Names
) -> Iterator[Finding]:
    """Yield trials of which a claim says what the cited words say of another one."""
    if len(named) != 1:
        return
    ((key, name),) = named.items()
    cited = [clause for quote in grounds.quotes for clause in clauses(quote)]
    near = [
        clause
        for clause in nearest(claim, cited, names)
        if overlap(names.tokens(claim), names.tokens(clause)) >= SAME_MATTER
    ]
    said = [{other for other, _ in _trials(clause, names, grounds)} for clause in near]
    if said and all(others and key not in others for others in said):
        yield Finding("trial", name, "the cited words say this of another trial")


def _other_phase(claim: str, grounds: Grounds) -> Iterator[Finding]:
    phases = _phases_in(claim)
    if not phases:
        return
    held = _phases_in(grounds.cited) or _phases_in(grounds.around)
    for phase in sorted(phases - held) if held else ():
        if not any(_same_phase(phase, other) for other in held):
            yield Finding("trial", f"phase {phase}", "the cited words name another phase")


def _phases_in(text: str) -> set[str]:
    return {q.key for q in read_figures(text).quantities if q.unit == "phase"}


def _same_phase(claimed: str, held: str) -> bool:
    return claimed == held or claimed == held.rstrip("ab")
