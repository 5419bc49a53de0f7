"""Does a claim speak as strongly as the cited words, and no more?

Significance against p values, one- and two-sided, the interval's level, interim and final,
the endpoint's rank, and causal words against data without a control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.results import is_result
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.wording.wordlists import DOWN, UP

ALPHA = Decimal("0.05")
"""The level that "significant" means where no other is given."""

_SIGNIFICANT = re.compile(
    r"\b(?:statistically\s+)?significan(?:tly|ce)\b|\bstatistically\s+significant\b|"
    r"\bsignificant\s+(?:\w+[ -]){0,2}(?:differ\w*|improv\w*|reduc\w*|increas\w*|decreas\w*|"
    r"effects?|dose|response|change\w*|association|benefit|slow\w*|fall|rise|gain)\b|"
    r"\b(?:was|were|is|are)\s+significant\b",
    re.IGNORECASE,
)
_NOT_SIGNIFICANT = re.compile(
    r"\b(?:not|no|without|never|neither|nor|n['’]t|failed\s+to)\b[^,;.]{0,60}?significan\w+|"
    r"\bnon-?significan\w+|\binsignifican\w+|"
    r"\bno\s+(?:\w+\s+){0,3}?differ\w+|\b(?:not|n['’]t)\s+(?:\w+\s+){0,2}?differ\w*|\bsimilar\b|"
    r"\bcomparable\b|\bindistinguishable\b|\bmissed\b",
    re.IGNORECASE,
)
_NO_DIFFERENCE = re.compile(
    r"\bno\s+(?:\w+\s+){0,2}?differ\w+|\b(?:not|n['’]t)\s+(?:\w+\s+){0,2}?differ\w*", re.IGNORECASE
)
_EFFECT = re.compile(
    r"\b(?:improv\w+|superior\w*|better|work(?:s|ed)?\s+(?:for|in|against|well)|helps?|helped|beat(?:s|en)?|outperform\w*|effective\w*|benefi\w+|slow(?:ed|s)?|"
    r"reduc(?:ed?|es)|prevent(?:ed|s)?|differ(?:ed|s)|increas(?:ed?|es)|more\s+\w+\s+than)\b",
    re.IGNORECASE,
)
_SIDED = re.compile(r"\b(?P<side>one|two|1|2)-(?:sided|tailed)\b", re.IGNORECASE)
_LEVEL = re.compile(
    r"(?P<level>\d{2}(?:\.\d+)?)\s?%\s*(?:CI|CrI|confidence|credible)", re.IGNORECASE
)
_STAGES = {
    "interim": re.compile(r"\binterim\b|\bpreliminary\b", re.IGNORECASE),
    "final": re.compile(
        r"\bfinal\s+(?:\w+\s+)?(?:analys[ie]s|data|results?|report|readout)\b", re.I
    ),
}
_RANKS = {
    "primary": r"\b(?:co-?)?primary",
    "secondary": r"\b(?:key\s+)?secondary",
    "exploratory": r"\bexploratory",
}
_RANKED = (
    r"\s+(?:\w+\s+){0,2}?(?:end\s?-?points?|outcomes?|measures?|objectives?|variables?|efficacy)\b"
)
_POST_HOC = re.compile(r"\bpost[- ]hoc\b|\bnot\s+pre-?specified\b", re.IGNORECASE)
_PRESPECIFIED = re.compile(r"\bpre-?(?:specified|planned|defined)\b", re.IGNORECASE)
_CAUSAL = re.compile(
    r"\b(?:caus(?:es?|ed|ing)|led\s+to|leads\s+to|result(?:s|ed|ing)\s+in|due\s+to|owing\s+to|thanks\s+to|"
    r"because\s+of|brought\s+about|attribut\w+\s+to|responsible\s+for|cured?|produced|induced|"
    r"prevent(?:s|ed))\b",
    re.IGNORECASE,
)
_UNCONTROLLED = re.compile(
    r"\bopen-label\b|\buncontrolled\b|\b(?:no|without\s+an?)\s+(?:control|placebo|comparator)\b|"
    r"\bsingle-arm\b|\bobservational\b|\bretrospective\w*|\bcase\s+(?:reports?|series)\b|\bcohort\s+study\b|"
    r"\bregist(?:ry|er)\s+study\b|\bassociat(?:ed|ion)\s+with\b|\bcross-sectional\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:absent|missing|not\s+yet|unavailable|awaited|pending|expected|will\s+follow)\b",
    re.IGNORECASE,
)
_UNCONTROLLED_KINDS = frozenset({"open_label_trial"})


def check_significance(claim: str, grounds: Grounds) -> Findings:
    """Compare what a claim calls significant with the p values and words that it cites."""
    held = "\n".join(grounds.quotes)
    says, cited = _significance(claim), _significance(held)
    if says is None and _NO_DIFFERENCE.search(claim) and not _NO_DIFFERENCE.search(held):
        says = False
    p_values = [q for q in read_figures(claim).quantities if q.sort == "p"]
    if says is None:
        return tuple(_hidden_null(claim, held))
    if not p_values:
        p_values = [q for q in read_figures(held).quantities if q.sort == "p"]
    verdicts = {_below(q.bound, q.value) for q in p_values if q.value is not None} - {None}
    if cited is None and len(verdicts) != 1:
        text = "the cited words give neither a p value nor the word"
        findings = [Finding("negation", "significant", text)] if says else []
    elif (cited is not None and cited is not says) or (cited is None and verdicts != {says}):
        findings = [Finding("negation", "significant", "the cited words say otherwise")]
    elif verdicts == {not says}:
        findings = [Finding("negation", "significant", "the p value says otherwise")]
    else:
        findings = []
    return tuple(findings)


def _significance(text: str) -> bool | None:
    """Return whether a text says significant (True), not significant (False) or neither."""
    denied = [m.span() for m in _NOT_SIGNIFICANT.finditer(text) if "ignifican" in m[0].lower()]
    affirmed = [
        m
        for m in _SIGNIFICANT.finditer(text)
        if not any(start <= m.start() < end for start, end in denied)
    ]
    if not affirmed and not denied:
        return None
    return None if affirmed and denied else bool(affirmed)


def _below(bound: str, value: Decimal | None) -> bool | None:
    if value is None:
        return None
    if bound in {"<", "<="}:
        return True if value <= ALPHA else None
    if bound in {">", ">="}:
        return False if value >= ALPHA else None
    return value < ALPHA


_DENIED_EFFECT = re.compile(
    r"(?:\b(?:not|no|never|neither|nor|without|hardly|fail(?:s|ed)?\s+to|unable\s+to)\b|n['’]t\b)[^,;.:]*",
    re.IGNORECASE,
)

_MISSED_AIM = re.compile(
    r"\b(?:end\s?-?point|aim|goal|outcome)s?\b[^.;:]{0,50}\bnot\s+(?:met|reached|achieved)\b"
    r"|\b(?:missed|not\s+meet|not\s+reach)\b[^.;:]{0,30}\b(?:end\s?-?point|aim|goal|outcome)s?\b",
    re.IGNORECASE,
)


def _hidden_null(claim: str, held: str) -> Iterator[Finding]:
    """Yield claims of an effect where the cited words found none and name no effect."""
    p_values = [q for q in read_figures(held).quantities if q.sort == "p"]
    null = _NOT_SIGNIFICANT.search(held) or (
        p_values and all(_below(q.bound, q.value) is False for q in p_values)
    )
    effect = _EFFECT.search(_DENIED_EFFECT.sub(" ", claim))
    if not null or not effect or _NOT_SIGNIFICANT.search(claim) or _EFFECT.search(held):
        return
    missed = _MISSED_AIM.search(held) and not any(map(is_result, read_figures(claim).quantities))
    if (UP.search(held) or DOWN.search(held)) and not missed:
        return
    if not any(q.sort == "p" for q in read_figures(claim).quantities):
        yield Finding("negation", effect[0], "the cited words found no difference")


def check_precision(claim: str, grounds: Grounds) -> Findings:
    """Compare sides of a p value and levels of intervals."""
    held = grounds.cited
    sides, cited = _sides(claim), _sides(held)
    levels, cited_levels = set(_LEVEL.findall(claim)), set(_LEVEL.findall(held))
    findings = [
        Finding("figures", f"{side}-sided", "the cited words do not say so")
        for side in sorted(sides - cited)
    ]
    findings += [
        Finding("figures", f"{level}% interval", "the cited words give another level or none")
        for level in sorted(levels - cited_levels)
    ]
    return tuple(findings)


def _sides(text: str) -> set[str]:
    return {{"1": "one", "2": "two"}.get(s := m["side"].lower(), s) for m in _SIDED.finditer(text)}


def check_stage(claim: str, grounds: Grounds) -> Findings:
    """Compare interim and final, and whether an analysis was planned."""
    held = "\n".join([*grounds.told, grounds.around])
    findings = []
    for stage, pattern in _STAGES.items():
        other = "final" if stage == "interim" else "interim"
        if not pattern.search(claim) or _STAGES[other].search(claim):
            continue
        if not _affirms(pattern, held) and (stage == "interim" or _STAGES[other].search(held)):
            findings.append(Finding("arms", stage, "the cited words do not call it so"))
    if _PRESPECIFIED.search(claim) and _POST_HOC.search(held) and not _PRESPECIFIED.search(held):
        findings.append(Finding("arms", "prespecified", "the cited analysis is post hoc"))
    return tuple(findings)


def _affirms(pattern: re.Pattern[str], text: str) -> bool:
    return any(
        not _ABSENT.search(text[match.end() : match.end() + 40].split(".", maxsplit=1)[0])
        for match in pattern.finditer(text)
    )


def check_rank(claim: str, grounds: Grounds) -> Findings:
    """Compare the rank that a claim gives an endpoint with the rank it has in the cited words."""
    held = "\n".join([*grounds.told, grounds.around])
    ours, theirs = _ranks(claim), _ranks(held)
    findings = [
        Finding("arms", f"{rank} endpoint", "the cited words do not rank it so")
        for rank in sorted(ours - theirs)
        if not (rank == "primary" and not theirs and _met(held))
    ]
    return tuple(findings)


def _met(text: str) -> bool:
    return bool(re.search(r"\bprimary\b", text, re.IGNORECASE))


def _ranks(text: str) -> set[str]:
    ranks = {r for r, words in _RANKS.items() if re.search(words + _RANKED, text, re.IGNORECASE)}
    return ranks | ({"post hoc"} if _POST_HOC.search(text) else set())


def check_causal(claim: str, grounds: Grounds) -> Findings:
    """Find causal words about data without a control, where the cited words have none."""
    causal = _CAUSAL.search(claim)
    if not causal:
        return ()
    quoted = "\n".join(grounds.quotes)
    kinds = {citation.kind for citation in grounds.citations}
    uncontrolled = _UNCONTROLLED.search(grounds.everything)
    if _CAUSAL.search(quoted) or not (uncontrolled or kinds & _UNCONTROLLED_KINDS):
        return ()
    text = "the cited data have no control that could show a cause"
    return (Finding("arms", causal[0], text),)
