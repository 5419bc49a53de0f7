"""Steps of the extractive answer, on units and views that are made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document

from iscalimab_qa.answering.citing import cite
from iscalimab_qa.answering.extractive import Asked, LibraryView, _led, about_the_named, is_told
from iscalimab_qa.answering.noticing import with_notices
from iscalimab_qa.answering.premise import corrected, false_premise, premise_notice
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.answering.selection import MAX_CLAIMS
from iscalimab_qa.answering.subject import mismatches, names_several, to_the_point
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.naming.names import shipped_names
from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import RowCell, Unit

NAMES = shipped_names()
ARMS = "Skin cleared in 62.5% of patients on orelimab and in 15.0% of patients on placebo."


def unit(text: str, source_id: str = "s", start: int = 0) -> Unit:
    return Unit(source_id, start, start + len(text), text, text, "sentence")


def candidate(text: str, source_id: str = "s") -> Candidate:
    features = Features(0.5, 0.5, 0.5, 0, 0, 0, 1)
    return Candidate(unit(text, source_id), Document(text), features, 1.0)


def metadata(source_id: str) -> SourceMetadata:
    return SourceMetadata(title=source_id)


def source_of(source_id: str) -> Source:
    return Source(source_id, metadata(source_id), "", ())


def view(sources: Mapping[str, str], known: str = "") -> LibraryView:
    """Return a library that knows some words, and names by their letters alone."""
    return LibraryView(
        source=lambda name: Source(name, metadata(name), sources[name], ()),
        mentions=lambda name, word: word in sources[name],
        known=lambda tokens: frozenset(tokens) & frozenset(known.split()),
        leading=lambda _: (),
        names=NAMES,
        source_count=len(sources),
    )


def told(question: str, *units: Unit, known: str = "") -> bool:
    return is_told(Asked(analyse(question), Terms({}, {}), ()), units, view({}, known))


def test_a_score_is_told_only_where_the_library_knows_its_name() -> None:
    assert told("What was the HiSCR?", unit("It was 5."), known="hiscr")
    assert not told("What was the HiSCR?", unit("It was 5."))


def test_one_of_the_units_must_bring_the_figure_that_is_named() -> None:
    asked = "What percentage responded?"
    assert told(asked, unit("They responded late."), unit("7 of 15 responded."))
    assert not told(asked, unit("They responded late."))
    assert not told(asked)


def test_a_cell_is_read_with_its_head_and_caption() -> None:
    cells = (RowCell("", "Responders"), RowCell("Tolimab, n (%)", "7 (46.7)"))
    text = "Responders: Tolimab, n (%) 7 (46.7)"
    row = Unit("s", 0, 22, "Responders | 7 (46.7)", text, "row", cells=cells)
    assert told("What percentage responded to tolimab?", row)


def kept(question: str, **sources: str) -> list[str]:
    candidates = [candidate(text, name) for name, text in sources.items()]
    found = about_the_named(analyse(question), candidates, view(sources))
    return [each.unit.source_id for each in found]


def test_of_two_trials_those_that_speak_of_one_are_kept_where_none_speaks_of_both() -> None:
    sources = {"a": "GRAND-1 had 40.", "b": "WAVE-2 had 120.", "c": "FOAM-3 had 9."}
    assert kept("How many were in GRAND-1 and how many in WAVE-2?", **sources) == ["a", "b"]


def test_of_two_trials_a_source_of_both_comes_alone() -> None:
    sources = {"a": "GRAND-1 had 40.", "both": "GRAND-1 had 40 and WAVE-2 120."}
    assert kept("How many were in GRAND-1 and how many in WAVE-2?", **sources) == ["both"]


def test_a_trial_that_no_source_names_leaves_nothing() -> None:
    assert kept("How many were in GRAND-1 and in WAVE-2?", a="GRAND-1 had 40.") == []


def test_a_question_without_names_keeps_all() -> None:
    assert kept("How many took part?", a="40 did.", b="9 did.") == ["a", "b"]


STARTS = st.lists(st.integers(0, 9), max_size=6, unique=True)


@given(STARTS, STARTS, st.booleans())
def test_what_leads_comes_first_and_what_was_found_for_sure_keeps_a_place(
    leading: Sequence[int], found: Sequence[int], sure: bool
) -> None:
    ends, others = ([unit("x", start=at) for at in each] for each in (leading, found))
    led = _led(analyse("How did it end?"), ends, others, sure=sure)
    assert len({each.start for each in led}) == len(led)
    if not ends:
        assert led == others
        return
    assert led[0] == ends[0]
    assert len(led) <= MAX_CLAIMS
    if sure and others:
        assert others[0] in led


def test_a_cause_that_was_asked_for_comes_before_an_end_without_one() -> None:
    end, told = unit("It was stopped."), unit("It was stopped because it did harm.", start=20)
    asked = analyse("Why was it stopped?")
    assert _led(asked, [end], [told], sure=True) == [told, end]
    assert _led(asked, [end], [told], sure=False) == [end]
    assert _led(analyse("Was it stopped?"), [end], [told], sure=True) == [end, told]


def test_a_unit_that_rules_the_drug_out_is_not_to_the_point() -> None:
    out, about = candidate("This is not about orelimab."), candidate("Orelimab was safe.")
    question = analyse("Was orelimab safe?")
    assert to_the_point(question, [out, about], source_of, NAMES) == [about]
    assert mismatches(question, out.unit, metadata, NAMES)
    assert not mismatches(question, about.unit, metadata, NAMES)


def test_a_question_on_two_drugs_is_left_what_speaks_of_one() -> None:
    asked = "Was orelimab safer than tirolimab?"
    assert names_several(asked, NAMES)
    assert not names_several("Was orelimab safer than placebo?", NAMES)
    one = candidate("Orelimab was safe.")
    assert to_the_point(analyse(asked), [one], source_of, NAMES) == [one]


def test_a_figure_of_the_other_arm_is_a_false_premise_and_its_own_is_none() -> None:
    asked = analyse("Why did the skin clear in only 15.0% of patients on orelimab?")
    premise = false_premise(asked, [candidate(ARMS)], metadata, NAMES)
    assert premise is not None
    assert premise.unit.text == ARMS
    notice = premise_notice(premise)
    assert (notice.kind, notice.citations) == ("premise", (1,))
    assert "15.0%: belongs to another arm: the question has orelimab" in notice.text
    right = analyse("Why did the skin clear in 62.5% of patients on orelimab?")
    assert false_premise(right, [candidate(ARMS)], metadata, NAMES) is None


def test_a_question_without_a_figure_takes_none_for_granted() -> None:
    asked = analyse("Why did so few respond to orelimab?")
    assert false_premise(asked, [candidate(ARMS)], metadata, NAMES) is None


def test_only_the_nearest_units_correct_a_question() -> None:
    asked = analyse("Why did the skin clear in only 15.0% of patients on orelimab?")
    far = [*[candidate("Skin is an organ.")] * 3, candidate(ARMS)]
    assert false_premise(asked, far, metadata, NAMES) is None


def test_the_first_claim_denies_and_the_others_stand() -> None:
    question = analyse("Why did the skin clear?")
    cited = corrected(cite([unit(ARMS), unit("It itched.")], metadata, question, NAMES))
    assert [claim.text for claim in cited.claims] == [f"No: {ARMS}", "It itched."]


def test_an_answer_that_found_nothing_carries_no_notice() -> None:
    answer = Answer("q", "q", "not_found", (), ())
    assert with_notices(answer, build_registry([]), [], metadata) == answer
