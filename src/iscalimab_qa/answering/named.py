"""Passages of the trial that a question names, from the sources that are about it alone.

A paper names its trial once; its other passages are about it all the same, but no search for the
trial's name finds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from iscalimab_qa.answering.terms import token_set
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


def own_sources(
    question: str, registry: TrialRegistry, sources_of_trial: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """Return the sources that are about one trial only, which the question names."""
    named = {each.trial_id for each in registry.names_at(question)}
    return frozenset(
        source_id
        for trial_id in named
        for source_id in sources_of_trial.get(trial_id, ())
        if len(registry.of_source(source_id)) == 1
    )


def tokens_about(
    metadata: SourceMetadata, source_id: str, registry: TrialRegistry
) -> frozenset[str]:
    """Return the tokens of a source's title and, where it is about one trial, of its names."""
    trials = registry.of_source(source_id)
    names = trials[0].names if len(trials) == 1 else ()
    return token_set(" ".join([metadata.title, *names]))
