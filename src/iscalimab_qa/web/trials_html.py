"""The trials as HTML: a row a trial, and below the row that was opened what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from iscalimab_qa.evidence.figures.said_dates import date_told
from iscalimab_qa.evidence.outcomes.values import Outcome
from iscalimab_qa.evidence.trials.ended import dated
from iscalimab_qa.evidence.trials.values import UNKNOWN, Fact, Said, Statement, Trial
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.web.cards import still_card_html
from iscalimab_qa.web.escape import inline
from iscalimab_qa.web.links import registry_address
from iscalimab_qa.web.trial_evidence import Spot, TrialEvidence, outcome_spot, spot_of

Look = Literal["bad", "good", "open", "unknown"]
"""How a status looks; its words say the same."""

HEADS = ("Trial", "Indication", "Phase", "Arms and n", "Status", "Primary result", "Sources")

NO_TRIALS = '<p class="none">No source of this library names a trial.</p>'

_NOTHING = f'<span class="unknown">{UNKNOWN}</span>'

_PRIMARY = re.compile(r"\bprimary\s+(?:efficacy\s+)?(?:endpoint|outcome)", re.IGNORECASE)
_ENDPOINT_LOOKS: dict[str, Look] = {"met": "good", "failed": "bad"}


def trials_html(
    trials: Sequence[Trial],
    outcomes: Sequence[Outcome],
    library_date: str,
    opened: TrialEvidence | None = None,
) -> str:
    """Return the table of trials, with what one of them rests on below its row.

    Args:
        trials: In the order of the rows.
        outcomes: The library's, of which the rows show those of primary endpoints.
        library_date: As of when the library tells this.
        opened: The trial whose evidence is shown, if any.
    """
    if not trials:
        return NO_TRIALS
    rows = "".join(_row(trial, _primary(trial, outcomes), opened) for trial in trials)
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    count = "1 trial" if len(trials) == 1 else f"{len(trials)} trials"
    return (
        f'<div class="trials"><p class="count">{count}. Library as of {inline(library_date)}. '
        "Choose a trial to see its figures by arm, and the exact words behind every entry.</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def question_about(trial: Trial) -> str:
    """Return a question that brings out what became of a trial."""
    name = trial.acronym
    if trial.trial_id != name:
        name = f"{name} ({trial.trial_id})"
    drugs = " and ".join(fact.value for fact in trial.drugs)
    disease = f" in {trial.indication.value}" if trial.indication else ""
    return f"What were the results of {drugs or 'treatment'}{disease} in {name}?"


def _primary(trial: Trial, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the figures of a trial's primary endpoint from the first source that has them."""
    found = [
        each
        for each in outcomes
        if each.trial == trial.trial_id and _PRIMARY.search(each.endpoint) and each.kind == "row"
    ]
    return [
        each
        for each in found
        if (each.source_id, each.endpoint) == (found[0].source_id, found[0].endpoint)
    ]


def _row(trial: Trial, primary: Sequence[Outcome], opened: TrialEvidence | None) -> str:
    is_open = opened is not None and opened.trial.trial_id == trial.trial_id
    cells = [
        _value(trial.indication),
        _value(trial.phase),
        _arms(trial),
        _status(trial.status),
        _endpoint(trial.endpoint, primary),
        _sources(trial.sources),
    ]
    told = "".join(
        f'<td data-head="{head}">{cell}</td>' for head, cell in zip(HEADS[1:], cells, strict=True)
    )
    row = f'<tr class="trial{" open" if is_open else ""}">{_named(trial, is_open)}{told}</tr>'
    if not is_open or opened is None:
        return row
    return f'{row}<tr class="detail"><td colspan="{len(HEADS)}">{_detail(opened)}</td></tr>'


def _named(trial: Trial, is_open: bool) -> str:
    """Return a row's head: a button that opens it, and its numbers, linked to the registry."""
    drugs = _small("drugs", ", ".join(fact.value for fact in trial.drugs))
    return (
        f'<th scope="row"><button type="button" class="open" aria-expanded="{str(is_open).lower()}"'
        f' data-trial="{inline(trial.trial_id)}">{inline(trial.acronym)}</button>'
        f'<span class="names">{" ".join(_name(name, trial) for name in trial.names)}</span>'
        f"{drugs}</th>"
    )


def _name(name: str, trial: Trial) -> str:
    """Return one of a trial's names, linked to its registry; the one it is called by once only."""
    address = registry_address(name)
    shown = "Registry record" if name == trial.acronym else name
    if not address:
        return "" if name == trial.acronym else f"<span>{inline(name)}</span>"
    return (
        f'<a href="{inline(address)}" target="_blank" rel="noopener noreferrer" '
        f'aria-label="{inline(name)} in its registry">{inline(shown)}</a>'
    )


def _value(fact: Fact | None) -> str:
    return inline(fact.value) if fact else _NOTHING


def _arms(trial: Trial) -> str:
    arms = "".join(f"<li>{inline(arm.label)}, n = {arm.n}</li>" for arm in trial.arms)
    enrolled = _small("all", f"{trial.enrolled.value} in all" if trial.enrolled else "")
    return f"<ul>{arms}</ul>{enrolled}" if arms else enrolled or _NOTHING


def _status(status: Statement | None) -> str:
    if status is None:
        return _NOTHING
    when = _small("when", dated(status).strip(" ()"))
    reason = _small("reason", status.reason or "")
    return f"{_mark(_status_look(status), status.status)} {when}{reason}"


def _status_look(status: Statement) -> Look:
    if status.is_end:
        return "bad"
    if status.is_running:
        return "open"
    return "good" if status.status == "completed" else "unknown"


def _endpoint(endpoint: Fact | None, primary: Sequence[Outcome]) -> str:
    """Tell whether the primary endpoint was met, and its figures by arm where they are known."""
    met = (
        _mark(
            _ENDPOINT_LOOKS.get(endpoint.value.split()[0], "unknown"), f"endpoint {endpoint.value}"
        )
        if endpoint
        else ""
    )
    named = _small("endpoint", primary[0].endpoint) if primary else ""
    arms = "".join(f"<li>{inline(each.arm)}: {inline(each.figures)}</li>" for each in primary)
    return f"{met}{named}{f'<ul>{arms}</ul>' if arms else ''}" or _NOTHING


def _mark(look: Look, words: str) -> str:
    return f'<span class="mark {look}">{inline(words)}</span>'


def _small(name: str, text: str) -> str:
    return f'<span class="{name}">{inline(text)}</span>' if text else ""


def _sources(sources: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{inline(source)}</li>' for source in sources)}</ul>"


# --- a trial that was opened -----------------------------------------------------------


def _detail(told: TrialEvidence) -> str:
    trial = told.trial
    return (
        f'<section class="trial-detail" aria-label="{inline(trial.acronym)}">'
        f'<p class="acts"><button type="button" class="ask" data-trial="{inline(trial.trial_id)}">'
        "Ask about this trial</button></p>"
        f'<div class="told"><div><h3>What the library says</h3>{_facts(told)}'
        f"<h3>Outcomes by arm</h3>{_outcomes(told)}</div>"
        f'<div class="panel"><h3>The words behind it</h3>{_cards(told)}</div></div></section>'
    )


def _facts(told: TrialEvidence) -> str:
    return f"<dl>{''.join(_entry(name, values) for name, values in _told(told))}</dl>"


def _entry(name: str, values: Sequence[str]) -> str:
    shown = "".join(f"<dd>{value}</dd>" for value in values) or f"<dd>{_NOTHING}</dd>"
    return f"<dt>{name}</dt>{shown}"


def _told(told: TrialEvidence) -> Iterator[tuple[str, Sequence[str]]]:
    trial = told.trial

    def fact(one: Fact | None) -> list[str]:
        return [f"{inline(one.value)}{_marker(told, one.said)}"] if one else []

    yield "Drugs", [value for drug in trial.drugs for value in fact(drug)]
    yield "Indication", fact(trial.indication)
    yield "Phase", fact(trial.phase)
    yield "Participants", fact(trial.enrolled)
    yield (
        "Arms",
        [f"{inline(arm.label)}, n = {arm.n}{_marker(told, arm.said)}" for arm in trial.arms],
    )
    yield "Started", fact(_dated(trial.started))
    yield "Ended", fact(_dated(trial.ended))
    yield "Status", [_statement(told, trial.status)] if trial.status else []
    yield "Primary endpoint", fact(trial.endpoint)
    if trial.also:
        yield "Also said of its status", [_statement(told, also) for also in trial.also]


def _dated(fact: Fact | None) -> Fact | None:
    return Fact(date_told(fact.value), fact.said) if fact else None


def _statement(told: TrialEvidence, statement: Statement) -> str:
    said = f"{inline(statement.status)}{inline(dated(statement))}{_marker(told, statement.said)}"
    if not statement.reason:
        return said
    reason = _marker(told, statement.reason_said or statement.said)
    return f'{said}<span class="reason">{inline(statement.reason)}{reason}</span>'


def _marker(told: TrialEvidence, said: Said) -> str:
    return _marker_at(told, spot_of(said))


def _marker_at(told: TrialEvidence, spot: Spot) -> str:
    number = told.numbers.get(spot)
    return f' <a class="marker" href="#{_anchor(told, number)}">[{number}]</a>' if number else ""


def _anchor(told: TrialEvidence, number: int) -> str:
    return f"said-{inline(told.trial.trial_id).replace(' ', '-')}-{number}"


def _outcomes(told: TrialEvidence) -> str:
    """Return the figures by arm: a group an endpoint, time and source; a row an arm."""
    if not told.outcomes:
        return f'<p class="none">Outcomes: {UNKNOWN}.</p>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Arm", "n", "Result", "Words"))
    groups = groupby(told.outcomes, key=lambda each: (each.source_id, each.endpoint, each.time))
    body = "".join(_group(told, list(group)) for _, group in groups)
    return f'<table class="outcomes"><thead><tr>{heads}</tr></thead>{body}</table>'


def _group(told: TrialEvidence, group: Sequence[Outcome]) -> str:
    first = group[0]
    time = "" if first.time.lower() in first.endpoint.lower() else first.time
    kind = "preclinical" if first.preclinical else ""
    named = " · ".join(inline(piece) for piece in (first.endpoint, time, kind) if piece)
    lines = "".join(_arm(told, each) for each in group)
    notes = dict.fromkeys(each.note for each in group if each.note)
    noted = "".join(f'<tr class="note"><td colspan="4">{inline(note)}</td></tr>' for note in notes)
    head = f'<tr class="group"><th colspan="4" scope="rowgroup">{named}</th></tr>'
    return f"<tbody>{head}{lines}{noted}</tbody>"


def _arm(told: TrialEvidence, outcome: Outcome) -> str:
    size = str(outcome.arm_n) if outcome.arm_n is not None else ""
    return (
        f'<tr><th scope="row">{inline(outcome.arm)}</th><td>{size}</td>'
        f"<td>{inline(outcome.figures)}</td><td>{_marker_at(told, outcome_spot(outcome))}</td></tr>"
    )


def _cards(told: TrialEvidence) -> str:
    cards = {
        cited.marker: still_card_html(cited, _anchor(told, cited.marker), backing)
        for cited, backing in zip(told.citations, told.backing, strict=True)
    }
    for number, metadata in told.recorded.items():
        cards[number] = _record_card(metadata, _anchor(told, number), number)
    return "".join(cards[number] for number in sorted(cards))


def _record_card(metadata: SourceMetadata, anchor: str, number: int) -> str:
    return (
        f'<article class="card" id="{anchor}" tabindex="-1" aria-label="Citation {number}">'
        f'<h3><span class="number">{number}</span><cite>{inline(metadata.title)}</cite></h3>'
        '<p class="place">As recorded with the document in this library; no sentence of it '
        "says so.</p></article>"
    )
