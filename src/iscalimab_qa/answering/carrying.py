"""What a sentence is about need not be said in it: it carries on from the one before.

"For gout, a trial tested it. Nausea was told by 12 patients." The second sentence is about gout,
because nothing between them names another disease.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from iscalimab_qa.evidence.checks.trial import names_trial_or_disease
from iscalimab_qa.evidence.naming.agents import agents_in, is_comparator
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import ContextQuote, Unit

FARTHEST = 4
"""Sentences that are read back: a subject that was named longer ago has been left."""


def carried_on(unit: Unit, source: Source, names: Names) -> Unit:
    """Return a sentence with those before it in its paragraph, up to the one that names a subject.

    The drug may be named before the trial: "Tolimab fared better. In LARK, 90 people had it. The
    benefit faded." Rows and headings carry nothing on and are returned as they are.
    """
    if unit.kind != "sentence" or unit.cells:
        return unit
    before: list[ContextQuote] = []
    placed, has_drug = False, _names_drug(unit.text, names)
    for sentence in _before(unit, source)[:FARTHEST]:
        names_subject = names_trial_or_disease(sentence.quote, names)
        if placed and names_subject:
            break
        before.append(sentence)
        placed = placed or names_subject
        has_drug = has_drug or _names_drug(sentence.quote, names)
        if placed and has_drug:
            break
    return replace(unit, context=(*unit.context, *reversed(before)))


def _names_drug(text: str, names: Names) -> bool:
    return any(not is_comparator(agent.token) for agent in agents_in(text, names))


def _before(unit: Unit, source: Source) -> Sequence[ContextQuote]:
    """Return the sentences of a unit's paragraph that stand before it, nearest first."""
    block = next((each for each in source.blocks if each.start <= unit.start < each.end), None)
    if block is None or block.table:
        return ()
    text = source.text[block.start : unit.start]
    spans = ((block.start + start, block.start + end) for start, end in sentence_spans(text))
    found = [ContextQuote("lead", start, end, source.text[start:end]) for start, end in spans]
    return found[::-1]
