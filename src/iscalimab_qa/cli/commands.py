"""The commands. Each parses, calls one public function, and prints.

Heavy imports stand inside the commands, because `--help` should answer at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from iscalimab_qa.cli.context import AsJson, settings_of
from iscalimab_qa.cli.evaluation import evaluation
from iscalimab_qa.cli.printing import Bars, print_asked, print_json, say, warn
from iscalimab_qa.cli.questions import asked_of
from iscalimab_qa.cli.users_command import users
from iscalimab_qa.errors import printable, whole_characters

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.index.report import IndexReport

SKIPPED_SOME = 3
"""Exit code of `index` and `add` when files were left out."""

app = typer.Typer(
    name="iscalimab-qa",
    help="Ask the iscalimab literature: every sentence cited, every figure checked, offline. "
    "A reading aid, not medical advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="The options above may also stand behind the command.",
)

QuestionsFile = Annotated[
    Path | None,
    typer.Option("--questions", help='A file of questions: {"id", "question", "history"?} a line.'),
]

app.add_typer(evaluation, name="eval")
app.add_typer(users, name="user")


@app.callback()
def configure(
    context: typer.Context,
    corpus: Annotated[
        list[Path] | None,
        typer.Option("--corpus", help="A folder of documents; may be given several times."),
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", help="Where library, index and lock lie.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="A configuration file (TOML).")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Refuse whatever would leave the machine.")
    ] = False,
    model: Annotated[
        str | None, typer.Option("--model", help="A chat model, as provider:name.")
    ] = None,
    model_url: Annotated[
        str | None, typer.Option("--model-url", help="Address of the model's server.")
    ] = None,
) -> None:
    """Keep the global options for the command that follows."""
    context.obj = {
        "config": config,
        "corpus": tuple(corpus or ()),
        "index": index,
        "offline": offline or None,
        "model": model,
        "model_url": model_url,
    }


def _assistant(context: typer.Context) -> Assistant:
    """Open the assistant, say what was skipped if an index had to be built, and what is stale."""
    from iscalimab_qa.assistant import Assistant  # noqa: PLC0415

    settings = settings_of(context)
    if settings.model:
        warn(f"{settings.model} is not asked: this version answers in the sources' own words only")
    assistant = Assistant.open(settings, progress=Bars())
    if assistant.built is not None:
        _warn_of_skips(assistant.built)
    elif changed := assistant.changed_files():
        files = "1 file" if changed == 1 else f"{changed} files"
        warn(f"{files} changed: iscalimab-qa index")
    return assistant


@app.command()
def index(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read and encode everything anew.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to date with the corpus."""
    from iscalimab_qa.index.maintenance import update_library  # noqa: PLC0415

    report = update_library(settings_of(context), rebuild=rebuild, progress=Bars())
    _finish(report, as_json=as_json)


@app.command()
def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Documents (.md .txt .html .pdf .docx).")],
    as_json: AsJson = False,
) -> None:
    """Copy documents into the corpus and bring the index up to date."""
    from iscalimab_qa.index.maintenance import add_documents  # noqa: PLC0415

    report = add_documents(settings_of(context), files, progress=Bars())
    _finish(report, as_json=as_json)


@app.command()
def remove(
    context: typer.Context,
    source_ids: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Source ids.")],
    as_json: AsJson = False,
) -> None:
    """Take sources out of the corpus and the index."""
    from iscalimab_qa.index.maintenance import remove_documents  # noqa: PLC0415

    report = remove_documents(settings_of(context), source_ids, progress=Bars())
    _finish(report, as_json=as_json, skips_count=False)


def _finish(report: IndexReport, *, as_json: bool, skips_count: bool = True) -> None:
    """Print what came of an update; files that were left out decide the exit code."""
    _warn_of_skips(report)
    if as_json:
        print_json(report.as_json())
    else:
        say(_summary(report))
    if report.skipped and skips_count:
        raise typer.Exit(SKIPPED_SOME)


def _warn_of_skips(report: IndexReport) -> None:
    for skip in report.skipped:
        warn(" ".join(f"skipped {skip.file}: {skip.reason}".split()))
    for warning in report.warnings:
        warn(" ".join(warning.split()))


def _summary(report: IndexReport) -> str:
    changes = [
        f"{len(ids)} {what}"
        for ids, what in (
            (report.added, "added"),
            (report.changed, "changed"),
            (report.removed, "removed"),
            (report.skipped, "skipped"),
        )
        if ids
    ]
    return (
        f"{', '.join(changes) or 'Nothing changed'}: {report.sources} sources, "
        f"{report.passages} passages ({report.embedded} texts encoded, {report.seconds:.1f} s)"
    )


@app.command()
def sources(context: typer.Context, as_json: AsJson = False) -> None:
    """List what is in the library, with kind, trial, tier and passages."""
    with _assistant(context) as assistant:
        for record in assistant.sources():
            if as_json:
                print_json(record.as_json())
            else:
                tier = "unclassified" if record.tier is None else f"tier {record.tier}"
                facts = [record.kind, ", ".join(record.trials), tier, f"{record.passages} passages"]
                say(f"{printable(record.source_id)}: {printable(record.title)}")
                say(f"    {' · '.join(fact for fact in facts if fact)}")
                for warning in record.warnings:
                    say(f"    ! {printable(warning)}")


@app.command()
def outcomes(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(metavar="[TRIAL|INDICATION]", help="A trial by any name, or a disease."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="One row a figure, with its span.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the outcomes of each arm of each trial, every figure cited."""
    from iscalimab_qa.cli.outcomes_command import print_outcomes  # noqa: PLC0415

    form = _form(as_csv=as_csv, as_json=as_json)
    with _assistant(context) as assistant:
        print_outcomes(assistant, topic, form)


@app.command()
def show(
    context: typer.Context,
    source_id: Annotated[str, typer.Argument(metavar="SOURCE", help="A source id.")],
    start: Annotated[int, typer.Option("--start", min=0, help="First character.")] = 0,
    end: Annotated[
        int | None, typer.Option("--end", min=0, help="Character to stop before.")
    ] = None,
) -> None:
    """Print the normalised text that all offsets refer to."""
    with _assistant(context) as assistant:
        # As it is: offsets refer to it, and reading has taken all control characters out.
        print(assistant.source(whole_characters(source_id)).text[start:end])  # noqa: T201


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="A question or a few keywords.")] = None,
    limit: Annotated[int, typer.Option("-n", min=1, max=1000, help="Passages to show.")] = 10,
    questions: QuestionsFile = None,
    as_json: AsJson = False,
) -> None:
    """Show the passages an answer would rest on, best first."""
    asked = asked_of(query, questions)
    with _assistant(context) as assistant:
        for question_id, text, _ in asked:
            results = assistant.search(text, k=limit)
            if as_json:
                found = [result.as_json() for result in results]
                print_json({"id": question_id, "results": found})
                continue
            if questions:
                print_asked(question_id, text)
            for result in results:
                say(f"{result.rank}. {result.source_id} ({result.score:.3f}) {result.section}")
                say(f"    {' '.join(result.text.split())}")


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="A question.")] = None,
    questions: QuestionsFile = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Also write the answers to this file, as JSON.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with cited sentences and table rows."""
    from iscalimab_qa.cli.ask_command import print_answers, save_records  # noqa: PLC0415

    asked = asked_of(question, questions)
    with _assistant(context) as assistant:
        records = print_answers(assistant, asked, as_json=as_json, numbered=questions is not None)
    if save:
        save_records(save, records)


@app.command()
def chat(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")] = 7860,
    auth_file: Annotated[
        Path | None, typer.Option("--auth-file", help="Users who may log in (see: user add).")
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", help="Another address that leads here, as https://HOST."),
    ] = None,
) -> None:
    """Serve the chat in the browser."""
    from iscalimab_qa.web.access import access_for  # noqa: PLC0415
    from iscalimab_qa.web.origin import read_origins  # noqa: PLC0415
    from iscalimab_qa.web.serve import serve_assistant  # noqa: PLC0415

    access, origins = access_for(host, auth_file), read_origins(allow_origin or ())
    serve_assistant(_assistant(context), host, port, access=access, origins=origins)


@app.command()
def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Say what is installed, built, stale or broken, and the command that mends it."""
    from iscalimab_qa.doctor import examine  # noqa: PLC0415

    findings = examine(settings_of(context))
    for finding in findings:
        if as_json:
            print_json(finding._asdict())
        else:
            mend = f"  ->  {finding.mend}" if finding.mend else ""
            say(f"{finding.state:<7} {finding.subject}: {finding.found}{mend}")
    if any(finding.state == "broken" for finding in findings):
        raise typer.Exit(1)


@app.command()
def trials(
    context: typer.Context,
    as_csv: Annotated[bool, typer.Option("--csv", help="One row a trial, with places.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the trials: indication, phase, arms, status, dates and reason, each with its place."""
    from iscalimab_qa.cli.trials_command import print_trials  # noqa: PLC0415

    form = _form(as_csv=as_csv, as_json=as_json)
    with _assistant(context) as assistant:
        print_trials(assistant, form)


def _form(*, as_csv: bool, as_json: bool) -> Literal["people", "csv", "json"]:
    if as_csv and as_json:
        raise typer.BadParameter("give either --csv or --json")
    return "csv" if as_csv else "json" if as_json else "people"


@app.command()
def check(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT|FILE", help="A text, or a document to read.")
    ] = None,
    claims: Annotated[
        Path | None, typer.Option("--claims", help='A file of claims: {"id", "claim"} a line.')
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say of each sentence of a text whether the library supports or contradicts it."""
    from iscalimab_qa.cli.check_command import given_claims, print_checked  # noqa: PLC0415

    if (text is None) == (claims is None):
        raise typer.BadParameter("give either TEXT, a FILE or --claims FILE.jsonl")
    if text is not None and not text.strip():
        raise typer.BadParameter("the text is empty")
    given = given_claims(text, claims, settings_of(context).reading)
    with _assistant(context) as assistant:
        print_checked(assistant, given, as_json=as_json)


RecordFile = Annotated[Path, typer.Argument(metavar="RECORD", help="What `ask --save` wrote.")]


@app.command()
def verify(context: typer.Context, record: RecordFile, as_json: AsJson = False) -> None:
    """Hold the claims of a saved answer against the sources as they are now."""
    from iscalimab_qa.records import STATE_LABELS, read_records  # noqa: PLC0415
    from iscalimab_qa.records import verify as verified  # noqa: PLC0415

    records = read_records(record)
    with _assistant(context) as assistant:
        for each in records:
            claims = verified(each, assistant.source)
            if as_json:
                print_json({"id": each.id, "claims": [claim.as_json() for claim in claims]})
                continue
            say(each.question)
            for claim in claims:
                why = f" ({'; '.join(claim.findings)})" if claim.findings else ""
                say(f"    {STATE_LABELS[claim.state]}{why}: {claim.claim}")


@app.command()
def replay(context: typer.Context, record: RecordFile, as_json: AsJson = False) -> None:
    """Ask the question of a saved answer again, and show what changed."""
    from iscalimab_qa.records import read_records  # noqa: PLC0415
    from iscalimab_qa.records import replay as replayed  # noqa: PLC0415

    records = read_records(record)
    with _assistant(context) as assistant:
        for each in records:
            again = replayed(each, assistant.ask)
            changes = list(again.changes())
            if as_json:
                answer = again.answer.as_json(each.id)
                print_json({"id": each.id, "changes": changes, "answer": answer})
                continue
            say(each.question)
            for change in changes or ["nothing changed"]:
                say(f"    {change}")
