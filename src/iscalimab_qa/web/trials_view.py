"""The tab of the trials: how each ended, what its arms showed, and the words behind it.

Stable ids: `#trials` (the table), `#save-trials`, `#save-outcomes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from iscalimab_qa.exports.tables import outcomes_csv
from iscalimab_qa.exports.trials_table import trials_csv
from iscalimab_qa.web.handing_over import MadeFile, download_on
from iscalimab_qa.web.html_part import html_part
from iscalimab_qa.web.listeners import ASKING
from iscalimab_qa.web.trial_evidence import strongest_source_first, trial_evidence
from iscalimab_qa.web.trials_html import question_about, trials_html

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.evidence.trials.values import Trial

NOT_READ_YET = '<p class="none">The trials are being put together …</p>'

_CHOOSES = """let chosen = null;
element.addEventListener("click", (event) => {
  const marker = event.target.closest("a.marker");
  if (marker) {  // by hand: the page's base address would make a link to a place a reload
    event.preventDefault();
    element.querySelectorAll(".card.active").forEach((lit) => lit.classList.remove("active"));
    const card = document.getElementById(marker.getAttribute("href").slice(1));
    card?.classList.add("active");
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }
  const button = event.target.closest("button[data-trial]");
  if (!button) return;
  chosen = button.dataset.trial;
  trigger(button.classList.contains("ask") ? "submit" : "select", { trial: chosen });
});
watch("value", () => {  // the table is new, and the keyboard stays where it was
  const buttons = [...element.querySelectorAll("button.open")];
  buttons.find((each) => each.dataset.trial === chosen)?.focus({ preventScroll: true });
});"""

_TO_THE_BOX = "() => document.querySelector('#question textarea')?.focus()"


def trials_tab(assistant: Assistant, tab: gr.Tab, tabs: gr.Tabs, question: gr.Textbox) -> None:
    """Lay out the tab, inside its `with gr.Tab(...)`, and connect it with an assistant.

    Args:
        assistant: Whose trials are shown.
        tab: This tab; the table is put together when it is chosen, so that it is up to date.
        tabs: All tabs, to go to the one with the question box.
        question: The box, which takes a question about a trial.
    """
    opened = gr.State("")
    with gr.Row(elem_id="trials-save"):
        trials_button = gr.Button("Save trials as CSV", elem_id="save-trials", size="sm")
        outcomes_button = gr.Button("Save outcomes as CSV", elem_id="save-outcomes", size="sm")
    table = html_part(NOT_READ_YET, "trials", js_on_load=_CHOOSES)
    listeners = _Listeners(assistant)
    tab.select(listeners.shown, opened, table, **ASKING)
    table.select(listeners.opened, opened, [table, opened], **ASKING)
    asked = table.submit(listeners.asked, None, [question, tabs], **ASKING)
    asked.success(None, None, None, js=_TO_THE_BOX, api_visibility="private")
    download_on(trials_button, listeners.trials_file)
    download_on(outcomes_button, listeners.outcomes_file)


class _Listeners:
    """What happens in the tab; ids that come from a browser only look a trial up."""

    def __init__(self, assistant: Assistant) -> None:
        """Show the trials of this assistant's library."""
        self._assistant = assistant

    def shown(self, trial_id: str) -> str:
        """Return the table with the trial of this id opened, if there is one."""
        trial = self._trial(trial_id)
        return trials_html(
            self._assistant.trials.trials,
            strongest_source_first(self._assistant.outcomes.outcomes),
            self._assistant.library_date,
            trial_evidence(self._assistant, trial) if trial else None,
        )

    def opened(self, before: str, event: gr.EventData) -> tuple[str, str]:
        """Open the row that was chosen; close it if it was open."""
        chosen = self._chosen(event)
        trial_id = chosen.trial_id if chosen and chosen.trial_id != before else ""
        return self.shown(trial_id), trial_id

    def asked(self, event: gr.EventData) -> tuple[Any, Any]:
        """Put a question about the chosen trial into the box and go there."""
        trial = self._chosen(event)
        if trial is None:
            return gr.skip(), gr.skip()
        return question_about(trial), gr.Tabs(selected="ask")

    def trials_file(self) -> MadeFile:
        """Return what `trials --csv` prints."""
        text = trials_csv(self._assistant.trials.trials, self._assistant.library_date)
        return MadeFile("iscalimab-trials.csv", "text/csv", text.encode("utf-8-sig"))

    def outcomes_file(self) -> MadeFile:
        """Return what `outcomes --csv` prints."""
        text = outcomes_csv(self._assistant.outcomes.outcomes, self._assistant.library_date)
        return MadeFile("iscalimab-outcomes.csv", "text/csv", text.encode("utf-8-sig"))

    def _chosen(self, event: gr.EventData) -> Trial | None:
        return self._trial(getattr(event, "trial", ""))

    def _trial(self, trial_id: object) -> Trial | None:
        known = {trial.trial_id: trial for trial in self._assistant.trials.trials}
        return known.get(trial_id) if isinstance(trial_id, str) else None
