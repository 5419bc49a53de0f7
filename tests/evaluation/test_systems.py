"""Each system answers over a small real library, and each ablation lacks its one thing."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from evaluation_support import asked, unanswerable

from iscalimab_qa import Assistant
from iscalimab_qa.answering.pipeline import Pipeline
from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.experiment import Bench
from iscalimab_qa.evaluation.outcomes import Outcome, Place
from iscalimab_qa.evaluation.questions import LabelledQuestion, Turn
from iscalimab_qa.evaluation.systems import (
    ENTRIES,
    FULL,
    Entry,
    FusedByRank,
    ReciprocalRanks,
    WithoutAliases,
    chosen,
    outcome_of,
)
from iscalimab_qa.lexicon import Lexicon
from iscalimab_qa.retrieval import DenseRetriever, HybridRetriever, LexicalRetriever
from iscalimab_qa.retrieval.retrievers import Request, Scored

WHY = asked(question="Why was GRAND-2 stopped?")
FALL = asked(question="By how much did the PASI fall on orelimab?")
REJECTION = asked(question="How many had acute rejection on iscalimab?")
NOWHERE = unanswerable(question="Which colour do penguins prefer for their bicycles?")
UNKNOWN_DRUG = unanswerable(question="By how much did the PASI fall on zolimab?")
WITH_HISTORY = asked(
    question="And on placebo?",
    history=(
        Turn(role="user", content="By how much did the PASI fall on orelimab?"),
        Turn(role="assistant", content="By 5.9 points."),
    ),
)
QUESTIONS = [WHY, FALL, REJECTION, NOWHERE, UNKNOWN_DRUG, WITH_HISTORY]

OURS = [entry.name for entry in ENTRIES if not entry.name.startswith("textbook")]

every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)


class Systems:
    """Every system over the library, each opened once."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._opened: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._opened:
            (entry,) = chosen([name])
            bench = self._bench
            self._opened[name] = entry.build(bench.settings, bench.recipe, bench.generation)
        return self._opened[name]

    def pipeline(self, name: str) -> Pipeline:
        return cast(Pipeline, self[name].pipeline)

    def retriever(self, name: str) -> HybridRetriever:
        return cast(HybridRetriever, self.pipeline(name).retriever)

    def reply(self, name: str, question: LabelledQuestion) -> Outcome:
        return cast(Outcome, self[name].reply(question))


@pytest.fixture(scope="module")
def systems(bench: Bench) -> Systems:
    return Systems(bench)


def ids_of(documents: list[Any]) -> list[str]:
    return [str(document.id) for document in documents]


def settings_of(retriever: HybridRetriever) -> dict[str, Any]:
    """Return what a retriever is set to, its lexicon and its parts aside."""
    return {
        name: getattr(retriever, name)
        for name in ("k", "filters", "exact_limit", "candidates", "dense_weight", "collection")
    }


# --- all of them ----------------------------------------------------------------------


@every_entry
def test_every_system_cites_words_that_stand_where_it_says(
    entry: Entry, systems: Systems, bench: Bench
) -> None:
    for question in QUESTIONS:
        outcome = systems.reply(entry.name, question)
        assert outcome.question_id == question.id
        assert outcome.found
        assert outcome.milliseconds > 0
        for cited in outcome.citations:
            source_id, start, end = cited.place
            assert bench.source(source_id).text[start:end] == cited.quote
        for source_id, start, end in outcome.found:
            assert 0 <= start < end <= len(bench.source(source_id).text)


@pytest.mark.parametrize("name", [*OURS, "textbook, top chunk"])
def test_a_reason_that_the_library_gives_is_found(name: str, systems: Systems) -> None:
    outcome = systems.reply(name, WHY)
    assert outcome.verdict == "answered"
    assert "liver injury" in outcome.text


@every_entry
def test_no_system_sees_a_label(entry: Entry, systems: Systems) -> None:
    told = WHY.model_copy(update={"figures": ("99.9",), "needs": (), "expected": "not_found"})
    assert systems.reply(entry.name, told) == systems.reply(entry.name, WHY)


@every_entry
def test_every_system_says_the_same_twice(entry: Entry, systems: Systems) -> None:
    for question in (FALL, NOWHERE):
        assert systems.reply(entry.name, question) == systems.reply(entry.name, question)


def test_names_are_unique_and_the_first_is_the_one_that_users_have() -> None:
    names = [entry.name for entry in ENTRIES]
    assert len(set(names)) == len(names)
    assert names[0] == FULL


def test_systems_are_chosen_by_name_in_the_order_asked_for() -> None:
    assert chosen([]) == ENTRIES
    assert [entry.name for entry in chosen(["dense alone", FULL])] == ["dense alone", FULL]
    with pytest.raises(EvaluationError, match="no system 'ours'"):
        chosen(["ours"])


# --- ours -----------------------------------------------------------------------------


def test_the_full_system_says_what_a_user_is_told(systems: Systems, bench: Bench) -> None:
    assistant = Assistant(bench.settings, bench.recipe, bench.generation)
    for question in QUESTIONS:
        history = [{"role": turn.role, "content": turn.content} for turn in question.history]
        told = assistant.ask(question.question, history)
        outcome = systems.reply(FULL, question)
        assert outcome == outcome_of(question.id, told)
        assert outcome.text == told.text
        assert outcome.unmarked == " ".join(
            filter(None, [told.opening, *(claim.text for claim in told.claims)])
        )


def test_the_full_system_tells_how_sure_it_is(systems: Systems) -> None:
    sure, unsure = systems.reply(FULL, WHY), systems.reply(FULL, NOWHERE)
    assert sure.probability is not None
    assert unsure.probability is not None
    assert 0 <= unsure.probability < 0.5 < sure.probability <= 1
    assert (sure.verdict, unsure.verdict) == ("answered", "not_found")


def test_a_follow_up_is_completed_by_ours_and_by_no_textbook(systems: Systems) -> None:
    assert systems.reply(FULL, WITH_HISTORY).standalone == (
        "By how much did the PASI fall on placebo in the trial of orelimab?"
    )
    bare = systems.reply("textbook, top chunk", WITH_HISTORY)
    assert bare.standalone == WITH_HISTORY.question


# --- ablations ------------------------------------------------------------------------


def test_without_aliases_no_other_name_is_known(systems: Systems) -> None:
    full, without = systems.pipeline(FULL), systems.pipeline("without aliases")
    assert isinstance(without, WithoutAliases)
    # Curated: iscalimab is CFZ533. Learnt from the trial's text: PASI.
    for question, other in (("iscalimab", "CFZ533"), ("PASI", "psoriasis area and severity index")):
        known = [each.term.lower() for each in full.lexicon.expand(question).added]
        assert other.lower() in known
        assert without.lexicon.expand(question).added == ()
    assert settings_of(systems.retriever("without aliases")) == settings_of(systems.retriever(FULL))


def test_without_aliases_what_is_told_under_another_name_is_not_found(systems: Systems) -> None:
    assert "21 of 100" in systems.reply(FULL, REJECTION).text
    assert "21 of 100" not in systems.reply("without aliases", REJECTION).text


@pytest.mark.parametrize(
    ("name", "weight", "alone"),
    [("BM25 alone", 0.0, LexicalRetriever), ("dense alone", 1.0, DenseRetriever)],
)
def test_one_ranking_alone_is_that_ranking(
    systems: Systems, bench: Bench, name: str, weight: float, alone: type[Any]
) -> None:
    retriever = systems.retriever(name)
    changed = {**settings_of(systems.retriever(FULL)), "dense_weight": weight}
    assert settings_of(retriever) == changed
    fields = {"collection": bench.generation, "lexicon": systems.pipeline(FULL).lexicon}
    if alone is DenseRetriever:
        fields["embeddings"] = bench.recipe.encoder.embeddings
    for question in (WHY, FALL):
        expected = alone(**fields).invoke(question.question)
        assert ids_of(retriever.invoke(question.question)) == ids_of(expected)


def test_ranks_are_fused_by_their_reciprocals(
    bench: Bench, systems: Systems, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {
        "similarity": np.array([0.9, 0.5, 0.1, 0.0]),
        "lexical": np.array([0.0, 2.0, 3.0, 0.0]),
    }
    rows = np.arange(4)
    monkeypatch.setattr(HybridRetriever, "_scored", lambda *_: Scored(rows, np.zeros(4), parts))
    retriever = cast(ReciprocalRanks, systems.retriever("fusion by rank"))
    fused = retriever._scored(Request("?", 4, retriever.filters, rows))
    # By meaning the ranks are 1 2 3 4; by words the third is first, the second second, and the
    # others have no word of the question: 1/61; 1/62 + 1/62; 1/63 + 1/61; 1/64.
    assert fused.scores == pytest.approx([0.016393, 0.032258, 0.032266, 0.015625], abs=1e-6)
    assert fused.parts is parts


def test_fusion_by_rank_differs_from_the_full_system_in_the_fusion_only(systems: Systems) -> None:
    full, fused = systems.retriever(FULL), systems.retriever("fusion by rank")
    assert isinstance(systems.pipeline("fusion by rank"), FusedByRank)
    assert isinstance(fused, ReciprocalRanks)
    assert settings_of(fused) == settings_of(full)
    for question in (WHY, FALL):
        ours = {document.id: document.metadata for document in full.invoke(question.question, k=50)}
        theirs = {
            document.id: document.metadata for document in fused.invoke(question.question, k=50)
        }
        assert ours.keys() == theirs.keys()
        for one, found in ours.items():
            for part in ("similarity", "lexical"):
                assert theirs[one][part] == found[part]


def test_without_units_whole_passages_are_quoted(systems: Systems, bench: Bench) -> None:
    whole, full = systems.reply("without units", WHY), systems.reply(FULL, WHY)
    passages = {_place(each.metadata): each.page_content for each in bench.generation.passages()}
    assert whole.found == full.found
    assert whole.resting_on
    for cited in whole.resting_on:
        assert passages[cited.place] == cited.quote
        assert bench.source(cited.place.source_id).text[cited.place.start : cited.place.end] == (
            cited.quote
        )
    # The reason's passage says who was compared as well; the sentence alone does not.
    assert "60 people with plaque psoriasis" in whole.citations[0].quote
    assert "60 people with plaque psoriasis" not in full.citations[0].quote


def _place(metadata: dict[str, Any]) -> Place:
    return Place(metadata["source_id"], metadata["start"], metadata["end"])


def test_without_abstention_everything_is_answered(systems: Systems) -> None:
    for question in QUESTIONS:
        never = systems.reply("without abstention", question)
        full = systems.reply(FULL, question)
        assert never.verdict == "answered"
        assert (never.found, never.probability) == (full.found, full.probability)
    assert systems.reply(FULL, NOWHERE).verdict == "not_found"


@pytest.mark.parametrize("name", [name for name in OURS if name != "without aliases"])
def test_all_other_variants_keep_the_lexicon(systems: Systems, name: str) -> None:
    lexicon = systems.pipeline(name).lexicon
    assert isinstance(lexicon, Lexicon)
    assert lexicon.expand("PASI").added == systems.pipeline(FULL).lexicon.expand("PASI").added != ()


# --- the textbook ---------------------------------------------------------------------


def test_the_textbook_answers_whatever_is_asked(systems: Systems) -> None:
    for name in ("textbook, top chunk", "textbook, best sentence"):
        outcome = systems.reply(name, NOWHERE)
        assert (outcome.verdict, outcome.probability) == ("answered", None)
        assert [cited.quote for cited in outcome.citations] == [outcome.text]
        assert outcome.claims[0].citations == (1,)


def test_the_textbooks_sentence_lies_within_what_it_found(systems: Systems) -> None:
    (cited,) = systems.reply("textbook, best sentence", WHY).citations
    found = systems.reply("textbook, top chunk", WHY).found
    assert any(
        place.source_id == cited.place.source_id
        and place.start <= cited.place.start < cited.place.end <= place.end
        for place in found[:4]
    )
