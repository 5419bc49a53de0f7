"""Passages of the trial that a question names, from the sources that are about it alone.

A paper names its trial once; its other passages are about it all the same, but no search for the
trial's name finds them.
"""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from iscalimab_qa.answering.terms import token_set, tokens_of
from iscalimab_qa.evidence.naming.trial_names import numbers_in
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.retrieval import Filters
from iscalimab_qa.sources.values import SourceMetadata

MOST = 6
"""Passages of such sources that are read beside those found."""


def passages_of_named(
    query: str, sources: frozenset[str], found: Sequence[Document], retriever: BaseRetriever
) -> list[Document]:
    """Return the best passages of some sources that are not among those found already."""
    if not sources:
        return []
    known = {document.id for document in found}
    more = retriever.invoke(query, filters=Filters(sources=sources))
    return [each for each in more if each.id not in known][:MOST]


def own_sources(question: str, registry: TrialRegistry) -> frozenset[str]:
    """Return the sources that are chiefly about one trial, which the question names."""
    named = {each.trial_id for each in registry.names_at(question)}
    return frozenset(each for trial_id in named for each in registry.sources_of.get(trial_id, ()))


def tokens_about(
    metadata: SourceMetadata, source_id: str, registry: TrialRegistry
) -> frozenset[str]:
    """Return the tokens of a source's title and of the names of the trial that it is about."""
    trial = registry.chief_of(source_id)
    return token_set(" ".join([metadata.title, *(trial.names if trial else ())]))


def spoken(question: str) -> str:
    """Put "the trial" for each registry number, unless the question is a number alone.

    To the encoder a number is a row of digits that drowns the other words.
    """
    text = question
    for number in reversed(numbers_in(question)):
        text = f"{text[: number.start]}the trial{text[number.end :]}"
    return text if tokens_of(text) != tokens_of("the trial") else question
