"""`iscalimab-qa eval`: measure, show, compare, gate, review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from iscalimab_qa.cli.context import AsJson, settings_of
from iscalimab_qa.cli.printing import Bars, print_json, say, warn

if TYPE_CHECKING:
    from iscalimab_qa.evaluation.questions import Split
    from iscalimab_qa.evaluation.results import Document
    from iscalimab_qa.evaluation.suite import Plan
    from iscalimab_qa.settings import Settings

BELOW_FLOOR = 1
"""Exit code of `eval --gate` below a floor."""

evaluation = typer.Typer(
    help="Measure answers on labelled questions, beside the alternatives.",
    invoke_without_command=True,
    rich_markup_mode=None,
)

SPLITS = ("dev", "test", "all")


def _split(value: str) -> str:
    if value not in SPLITS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(SPLITS)}")
    return value


@evaluation.callback()
def evaluate(
    context: typer.Context,
    gate: Annotated[
        bool,
        typer.Option("--gate", help="Ask everything twice; exit 1 below a floor of gates.toml."),
    ] = False,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Labelled questions of your own (JSONL).")
    ] = None,
    split: Annotated[
        str, typer.Option("--split", callback=_split, help="dev (to look), test or all.")
    ] = "test",
    system: Annotated[
        list[str] | None,
        typer.Option("--system", help="Only this system; may be given several times."),
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--compare", metavar="A B", help="What changed between two results."),
    ] = None,
    beir: Annotated[
        Path | None, typer.Option("--beir", help="A BEIR folder: retrieval measures only.")
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option("--judge", help="Also ask this chat model (provider:name) for its opinion."),
    ] = None,
    judge_url: Annotated[
        str | None, typer.Option("--judge-url", help="Address of the judge's server.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for results and page.")] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Ask everything anew, also what is kept.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure answers on labelled questions, beside the alternatives."""
    if context.invoked_subcommand:
        return
    if compare:
        _compare(*compare, out, as_json=as_json)
    elif beir:
        _beir(settings_of(context), beir, as_json=as_json)
    elif gate:
        _gate(_plan(context, questions, split, [FULL]), as_json=as_json)
    else:
        plan = _plan(context, questions, split, system or [], kept=None if fresh else _kept())
        _measure(plan, out, judge, judge_url, as_json=as_json)


FULL = "full system"
"""What users have; floors are set for it alone."""


def _plan(
    context: typer.Context,
    questions: Path | None,
    split: str,
    systems: list[str],
    kept: Path | None = None,
) -> Plan:
    from iscalimab_qa.evaluation.suite import Plan  # noqa: PLC0415

    chosen: Split | None = "dev" if split == "dev" else "test" if split == "test" else None
    return Plan(settings_of(context), questions, chosen, systems, kept)


def _kept() -> Path:
    """Return the folder in which outcomes are kept from run to run."""
    import platformdirs  # noqa: PLC0415

    return platformdirs.user_cache_path("iscalimab-qa") / "eval"


def _measure(
    plan: Plan, out: Path | None, judge: str | None, judge_url: str | None, *, as_json: bool
) -> None:
    from iscalimab_qa.evaluation.page import page  # noqa: PLC0415
    from iscalimab_qa.evaluation.results import (  # noqa: PLC0415
        file_stem,
        write_document,
        write_text,
    )
    from iscalimab_qa.evaluation.tables import lines  # noqa: PLC0415

    result = plan.carry_out(Bars())
    if judge:
        result = {**result, "judge": _opinion(plan, result, judge, judge_url)}
    folder = out or _results_folder()
    written = write_document(result, folder)
    shown = write_text(folder / f"{file_stem(result)}.html", page(result))
    if as_json:
        print_json(_headline(result))
    else:
        for line in lines(result):
            say(line)
    warn(f"Results: {written}")
    warn(f"Page: {shown}")


def _opinion(plan: Plan, result: Document, name: str, url: str | None) -> dict[str, Any]:
    """Ask the judge about the first system's answers; never part of the headline."""
    from iscalimab_qa.evaluation import judge  # noqa: PLC0415
    from iscalimab_qa.evaluation.outcomes import Outcome  # noqa: PLC0415
    from iscalimab_qa.evaluation.questions import LabelledQuestion  # noqa: PLC0415

    model = judge.open_judge(name, plan.settings, url=url)
    asked = [LabelledQuestion.model_validate(each) for each in result["asked"].values()]
    said = [Outcome.from_json(each["outcome"]) for each in result["systems"][0]["outcomes"]]
    named = f"{name} {url or ''}".strip()
    return judge.judge(said, asked, model, Bars(), name=named, kept=plan.kept).as_json()


def _results_folder() -> Path:
    """Return `eval/results` of the checkout; beside the user's data where there is none."""
    import platformdirs  # noqa: PLC0415

    from iscalimab_qa.evaluation.suite import shipped_evaluation  # noqa: PLC0415

    beside = shipped_evaluation()
    if beside.name == "eval":
        return beside / "results"
    return platformdirs.user_data_path("iscalimab-qa") / "eval" / "results"


def _headline(result: Document) -> dict[str, Any]:
    """Leave out what was said: the file holds it."""
    kept = ("name", "sha", "created", "questions", "not_yet")
    of_system = ("name", "measures", "against_first", "latency", "calibration_error", "verdicts")
    return {name: result[name] for name in kept} | {
        "systems": [{name: system[name] for name in of_system} for system in result["systems"]]
    }


def _gate(plan: Plan, *, as_json: bool) -> None:
    """Ask everything twice, demand the same both times, and hold it against the floors."""
    from iscalimab_qa.errors import EvaluationError  # noqa: PLC0415
    from iscalimab_qa.evaluation.gate import breaches, read_floors  # noqa: PLC0415
    from iscalimab_qa.evaluation.results import same  # noqa: PLC0415

    floors = read_floors(plan.questions_file.with_name("gates.toml"), plan.split or "all")
    result, again = plan.carry_out(Bars()), plan.carry_out(Bars())
    if not same(result, again):
        raise EvaluationError("Two runs over the same index gave different results")
    below = breaches(result, floors)
    if as_json:
        print_json(
            {**_headline(result), "gate": {"passed": not below, "below": list(map(str, below))}}
        )
    else:
        say(f"{len(floors) - len(below)} of {len(floors)} floors kept, two identical runs")
    for breach in below:
        warn(f"below the floor: {breach}")
    if below:
        raise typer.Exit(BELOW_FLOOR)


def _compare(before: Path, after: Path, out: Path | None, *, as_json: bool) -> None:
    from iscalimab_qa.evaluation import compare  # noqa: PLC0415
    from iscalimab_qa.evaluation.results import read_document, write_text  # noqa: PLC0415

    found = compare.compare(read_document(before), read_document(after))
    if as_json:
        print_json(compare.as_json(found))
    else:
        for line in compare.lines(found):
            say(line)
    if out:
        warn(f"Page: {write_text(out, compare.page(found))}")


def _beir(settings: Settings, folder: Path, *, as_json: bool) -> None:
    from iscalimab_qa.evaluation.beir import measure  # noqa: PLC0415

    found = measure(settings, folder, progress=Bars())
    if as_json:
        print_json(found.as_json())
    else:
        say(str(found))


@evaluation.command()
def review(
    context: typer.Context,
    feedback: Annotated[
        Path | None, typer.Option("--feedback", help="The chat's feedback; the user's by default.")
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", help="The file that labelled questions are added to.")
    ] = Path("questions.jsonl"),
) -> None:
    """Turn the chat's feedback into labelled questions; asks for each label."""
    from iscalimab_qa.assistant import Assistant  # noqa: PLC0415
    from iscalimab_qa.evaluation.feedback import review_feedback  # noqa: PLC0415
    from iscalimab_qa.settings import feedback_file  # noqa: PLC0415

    with Assistant.open(settings_of(context), progress=Bars()) as assistant:
        added = review_feedback(feedback or feedback_file(), into, assistant.source, input, say)
    say(f"{added} labelled questions added to {into}")
