"""A claim about one agent is not borne out by a span about another, nor by one about a class."""

from __future__ import annotations

import re

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.naming.agents import (
    agents_in,
    classes_in,
    is_comparator,
    without_classes,
)
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses, nearest
from iscalimab_qa.sources.normalise import matching_key

_ONLY = re.compile(r"\b(?:only|alone|exclusively|solely)\b", re.IGNORECASE)

OF_ONE_AGENT = "the cited words are about one agent, not about its class"


def check_drug(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Compare the agents and the classes of a claim with those of the cited words.

    The subject may come from caption, section or title, unless the quote itself speaks of a
    class only. An agent that the words name to rule it out ("not about X") bears out nothing.
    """
    claimed = _affirmed(claim, names)
    drugs = {token for token in claimed if not is_comparator(token)}
    findings = [
        *_unsupported(claimed, grounds, names),
        *_class_for_drug(drugs, grounds, names),
        *_drug_for_class(claim, drugs, grounds, names),
    ]
    return tuple(dict.fromkeys(findings))


def _affirmed(text: str, names: Names) -> dict[str, None]:
    agents = agents_in(text, names)
    return dict.fromkeys(agent.token for agent in agents if not agent.ruled_out)


def _unsupported(claimed: dict[str, None], grounds: Grounds, names: Names) -> list[Finding]:
    in_words = _affirmed(grounds.cited, names)
    in_quotes = agents_in("\n".join(grounds.quotes), names)
    ruled_out = {agent.token for agent in in_quotes if agent.ruled_out} - in_words.keys()
    around = _affirmed(grounds.around, names)
    return [
        Finding("drug", names.name_of(token), _why(token, ruled_out, names))
        for token in claimed
        if token not in in_words and (token not in around or token in ruled_out)
    ]


def _why(token: str, ruled_out: set[str], names: Names) -> str:
    name = names.name_of(token)
    if token in ruled_out:
        return f"the cited words say that they are not about {name}"
    return f"the cited words do not speak of {name}"


def _class_for_drug(drugs: set[str], grounds: Grounds, names: Names) -> list[Finding]:
    """Find quotes that speak of a class and of no agent, cited for one agent."""
    quotes = grounds.quotes
    spoken = {each for quote in quotes for each in _affirmed(quote, names)}
    if not drugs or (drugs & spoken):
        return []
    of_class = [quote for quote in quotes if classes_in(quote)]
    if len(of_class) < len(quotes) or not quotes:
        return []
    said = ", ".join(sorted(names.name_of(token) for token in drugs))
    return [Finding("drug", said, "the cited words are about a class of agents, not about one")]


def _drug_for_class(claim: str, drugs: set[str], grounds: Grounds, names: Names) -> list[Finding]:
    """Find classes that a claim makes a statement about, and the cited words do not."""
    if drugs or not classes_in(claim):
        return []
    held = [each for told in grounds.told for each in classes_in(told)]
    plural = {each.target for each in held if each.plural}
    spoken = {
        token
        for quote in grounds.quotes
        for token in _affirmed(quote, names)
        if not is_comparator(token)
    }
    key = matching_key("\n".join(grounds.told)).replace("-", "").replace(" ligand", "l")
    return [
        Finding("drug", each.target, OF_ONE_AGENT)
        for each in classes_in(claim)
        if not (held and each.target.replace("-", "") in key)
        or (each.plural and each.target not in plural and spoken)
    ] + _restricted(claim, grounds, names)


def _restricted(claim: str, grounds: Grounds, names: Names) -> list[Finding]:
    """Find classes for which a claim says what the cited words say of one agent only."""
    if not classes_in(claim) or _ONLY.search(claim):
        return []
    cited = [clause for quote in grounds.quotes for clause in clauses(quote)]
    return [
        Finding("drug", match[0], "the cited words say it of one agent only")
        for clause in nearest(without_classes(claim), cited, names)
        if (match := _ONLY.search(clause)) and not classes_in(clause)
    ]
