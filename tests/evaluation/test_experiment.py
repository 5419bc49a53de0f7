"""Every question is asked once: what was asked before is kept, what changed is asked anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from evaluation_support import FELL, Recorder, asked, label, numbered

from iscalimab_qa.errors import OutputError
from iscalimab_qa.evaluation import experiment
from iscalimab_qa.evaluation.experiment import Bench, run
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import LabelledQuestion, Turn
from iscalimab_qa.evaluation.results import document, same
from iscalimab_qa.evaluation.summary import judge
from iscalimab_qa.evaluation.systems import chosen

FIVE = numbered(5)
IDS = ["q0", "q1", "q2", "q3", "q4"]


def ask(
    bench: Bench,
    kept: Path | None,
    *,
    questions: list[LabelledQuestion] = FIVE,
    name: str = "recorder",
    **options: Any,
) -> list[str]:
    """Run a fresh system and return the ids of the questions that it was really asked."""
    recorder = Recorder(**options)
    (found,) = run([recorder.entry(name)], questions, {"plain": bench}, kept=kept)
    assert [outcome.question_id for outcome in found.outcomes] == [each.id for each in questions]
    assert [outcome.text for outcome in found.outcomes] == [each.question for each in questions]
    return recorder.asked


def break_at(bench: Bench, kept: Path, question_id: str) -> None:
    with pytest.raises(RuntimeError, match="went down"):
        ask(bench, kept, breaks_at=question_id)


def kept_file(kept: Path) -> Path:
    (file,) = kept.iterdir()
    return file


# --- once -----------------------------------------------------------------------------


def test_nothing_is_asked_twice(bench: Bench, tmp_path: Path) -> None:
    assert ask(bench, tmp_path) == IDS
    assert ask(bench, tmp_path) == []


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(bench: Bench, tmp_path: Path) -> None:
    break_at(bench, tmp_path, "q3")
    assert ask(bench, tmp_path) == ["q3", "q4"]
    assert ask(bench, tmp_path) == []


def test_what_is_kept_is_all_that_was_said_with_its_time(bench: Bench, tmp_path: Path) -> None:
    entry = Recorder().entry()
    (first,) = run([entry], FIVE, {"plain": bench}, kept=tmp_path)
    (again,) = run([entry], FIVE, {"plain": bench}, kept=tmp_path)
    assert again == first
    assert [outcome.milliseconds for outcome in again.outcomes] == [1.5] * 5


def test_without_a_folder_nothing_is_kept_and_everything_asked_anew(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(bench, None) == IDS
    assert ask(bench, None) == IDS
    assert list(tmp_path.iterdir()) == []


def test_a_system_is_opened_only_where_something_is_left_to_ask(
    bench: Bench, tmp_path: Path
) -> None:
    ask(bench, tmp_path)

    def build(*_: object) -> Any:
        raise AssertionError("opened for nothing")

    entry = replace(Recorder().entry(), build=build)
    assert len(run([entry], FIVE, {"plain": bench}, kept=tmp_path)[0].outcomes) == 5


def test_a_system_has_warmed_up_before_its_first_question(bench: Bench) -> None:
    replies: list[str] = []

    class Slow(Recorder):
        def reply(self, question: LabelledQuestion) -> Outcome:
            replies.append(question.id)
            return super().reply(question)

    (found,) = run([Slow().entry()], FIVE[:1], {"plain": bench})
    assert replies == ["warm", "q0"]
    assert len(found.outcomes) == 1


# --- broken lines ---------------------------------------------------------------------


@pytest.mark.parametrize("left", [1, 30, -2, -1])
def test_a_line_that_is_half_written_is_asked_again_once(
    bench: Bench, tmp_path: Path, left: int
) -> None:
    ask(bench, tmp_path)
    file = kept_file(tmp_path)
    *whole, last = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(whole) + last[:left], encoding="utf-8")
    # Of the last line all but its end is there at -1: what it says is whole.
    assert ask(bench, tmp_path) == ([] if left == -1 else ["q4"])
    assert ask(bench, tmp_path) == []


def test_what_is_kept_after_a_whole_line_without_its_end_stands_in_a_line_of_its_own(
    bench: Bench, tmp_path: Path
) -> None:
    break_at(bench, tmp_path, "q2")
    file = kept_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    assert ask(bench, tmp_path) == ["q2", "q3", "q4"]
    assert ask(bench, tmp_path) == []


def test_every_line_that_is_kept_is_json_of_its_own(bench: Bench, tmp_path: Path) -> None:
    odd = asked(id="odd", question="Line\u2028separator, \x85 and \x1b[2J?")
    assert ask(bench, tmp_path, questions=[odd, *FIVE]) == ["odd", *IDS]
    assert ask(bench, tmp_path, questions=[odd, *FIVE]) == []
    for line in kept_file(tmp_path).read_bytes().splitlines():
        json.loads(line)


def test_a_folder_that_cannot_be_made_is_told(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="taken"):
        ask(bench, tmp_path / "taken")


# --- what counts as the same ----------------------------------------------------------


def test_another_label_asks_nothing_anew(bench: Bench, tmp_path: Path) -> None:
    ask(bench, tmp_path)
    relabelled = [
        each.model_copy(update={"figures": ("7.1",), "also": (label(FELL),), "why": "corrected"})
        for each in FIVE
    ]
    assert ask(bench, tmp_path, questions=relabelled) == []


def test_another_wording_or_history_asks_that_question_anew(bench: Bench, tmp_path: Path) -> None:
    by_user = asked(id="q0", history=(Turn(role="user", content="And orelimab?"),))
    ask(bench, tmp_path, questions=[by_user])
    reworded = by_user.model_copy(update={"question": "How much?"})
    by_assistant = asked(id="q0", history=(Turn(role="assistant", content="And orelimab?"),))
    longer = asked(id="q0", history=by_user.history * 2)
    for changed in (reworded, by_assistant, longer):
        assert ask(bench, tmp_path, questions=[changed]) == ["q0"]
    assert ask(bench, tmp_path, questions=[by_user]) == []


def test_another_system_is_asked_for_itself(bench: Bench, tmp_path: Path) -> None:
    ask(bench, tmp_path)
    assert ask(bench, tmp_path, name="another") == IDS
    assert ask(bench, tmp_path) == []


def test_another_library_is_asked_for_itself(
    bench: Bench, other_bench: Bench, tmp_path: Path
) -> None:
    ask(bench, tmp_path)
    assert ask(other_bench, tmp_path) == IDS
    assert ask(bench, tmp_path) == []


def test_other_settings_of_the_answer_ask_anew(bench: Bench, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    ask(bench, kept)
    settings = bench.settings
    aliases = tmp_path / "aliases.toml"
    aliases.write_text("", encoding="utf-8")
    sections = {
        "retrieval": settings.retrieval.model_copy(update={"passages": 3}),
        "answering": settings.answering.model_copy(update={"max_question_chars": 60}),
        "aliases": aliases,
    }
    for name, value in sections.items():
        changed = replace(bench, settings=settings.model_copy(update={name: value}))
        assert ask(changed, kept) == IDS
        assert ask(changed, kept) == []


def test_other_words_in_the_same_file_of_aliases_ask_anew(bench: Bench, tmp_path: Path) -> None:
    aliases = tmp_path / "aliases.toml"
    settings = bench.settings.model_copy(update={"aliases": aliases})
    for words in ("", "# more"):
        aliases.write_text(words, encoding="utf-8")
        assert ask(replace(bench, settings=settings), tmp_path / "kept") == IDS


def test_where_the_index_lies_asks_nothing_anew(bench: Bench, tmp_path: Path) -> None:
    ask(bench, tmp_path)
    moved = bench.settings.model_copy(update={"index": tmp_path / "elsewhere"})
    assert ask(replace(bench, settings=moved), tmp_path) == []


def test_other_code_asks_anew(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(bench, tmp_path)
    monkeypatch.setattr(experiment, "code_digest", lambda: "changed")
    assert ask(bench, tmp_path) == IDS


def test_a_configuration_is_named_whatever_the_order_of_its_parts() -> None:
    assert experiment.sha12({"a": "1", "b": "2"}) == experiment.sha12({"b": "2", "a": "1"})
    assert experiment.sha12({"a": "1"}) != experiment.sha12({"a": "2"})
    assert len(experiment.sha12("µ")) == 12


# --- libraries and progress -----------------------------------------------------------


def test_each_question_is_asked_of_the_library_that_it_names(
    bench: Bench, other_bench: Bench
) -> None:
    opened_on: list[object] = []
    recorders = {id(bench.generation): Recorder(), id(other_bench.generation): Recorder()}

    def build(_: object, __: object, generation: object) -> Recorder:
        opened_on.append(generation)
        return recorders[id(generation)]

    planted = asked(id="planted", library="planted")
    entry = replace(Recorder().entry(), build=build)
    (found,) = run([entry], [FIVE[0], planted, FIVE[1]], {"plain": bench, "planted": other_bench})
    assert [outcome.question_id for outcome in found.outcomes] == ["q0", "planted", "q1"]
    assert opened_on == [bench.generation, other_bench.generation]
    assert recorders[id(other_bench.generation)].asked == ["planted"]


def test_progress_counts_every_question_kept_or_asked(bench: Bench, tmp_path: Path) -> None:
    phases: list[tuple[str, int]] = []
    steps: list[int] = []

    class Counting:
        @contextmanager
        def phase(self, name: str, total: int) -> Iterator[Any]:
            phases.append((name, total))
            yield steps.append

    break_at(bench, tmp_path, "q2")
    run([Recorder().entry()], FIVE, {"plain": bench}, kept=tmp_path, progress=Counting())
    assert (phases, sum(steps)) == ([("recorder", 5)], 5)


# --- the same twice -------------------------------------------------------------------


def test_the_same_questions_twice_give_the_same_document(bench: Bench) -> None:
    questions = [
        asked(id="why", question="Why was GRAND-2 stopped?", needs=((_stopped(),),)),
        asked(id="fall", question="By how much did the PASI fall?", needs=((_stopped(),),)),
    ]
    entries = chosen([])

    def once() -> Any:
        runs = run(entries, questions, {"plain": bench})
        results = [judge(each, questions, lambda _: bench.source) for each in runs]
        made_by = [experiment.configuration(entry, bench) for entry in entries]
        return document("twice", questions, results, made_by)

    assert same(once(), once())


def _stopped() -> Any:
    words = "stopped early because of liver injury in four of 40 people"
    return label(words, "grand2")
