from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "evidence"))

from registry_of import registry_of

from iscalimab_qa.cli.trials_command import trial_lines


def test_a_trial_is_told_with_the_place_of_each_fact_and_what_is_unknown() -> None:
    text = "ORCHID (NCT00000001) was terminated on 3 May 2024."
    (trial,) = registry_of(paper=text).trials
    assert list(trial_lines(trial)) == [
        "ORCHID (NCT00000001)",
        "    drugs: not in the library",
        "    indication: not in the library",
        "    phase: not in the library",
        "    participants: not in the library",
        "    arms: not in the library",
        "    started: not in the library",
        "    ended: not in the library",
        "    status: terminated (3 May 2024) [paper 0-50]",
        "    reason: not in the library",
        "    primary endpoint: not in the library",
    ]
