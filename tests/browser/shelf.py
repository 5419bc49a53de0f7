"""A shelf of documents about drugs and trials that do not exist, one of them hostile."""

from __future__ import annotations

from pathlib import Path

HOSTILE = "<img src=x onerror=alert(1)>"
HOSTILE_NAME = f"{HOSTILE}.md"
PLANTED = "<img src=planted.png>"
"""Markup that runs nothing, so that the passage it stands in is not set aside."""

ANIMALS = (
    "badger beaver bison camel crane donkey falcon ferret gibbon heron ibex jackal kestrel lemur "
    "lynx magpie marten moose newt ocelot otter panda plover quail raven salmon tapir turtle "
    "walrus zebra"
).split()
DOSES = {f"{animal}umab": 101 + number for number, animal in enumerate(ANIMALS)}
"""Thirty drugs, each with a dose of its own in mg."""

_DOSED = "\n\n".join(f"{drug.title()} was infused at {dose} mg." for drug, dose in DOSES.items())

DOCUMENTS = {
    "lumen.md": """---
id: lumen
title: Zeltorimab in lupus nephritis, a randomised trial
kind: randomised_trial
text_kind: original
authors: [Ash A, Birch B]
container: Journal of Examples 12(3):45-67
published: 2021-03-01
doi: 10.5555/lumen.2021
trials: [{id: NCT09990001, aliases: [LUMEN-1], indication: lupus nephritis}]
---
# Results

LUMEN-1 (NCT09990001), a phase 2 trial, compared zeltorimab with placebo in lupus nephritis.

| Outcome at week 24 | Zeltorimab (n=40) | Placebo (n=20) |
|---|---|---|
| Fall in proteinuria | 61.5% | 33.0% |
| Serious infections | 2 (5.0%) | 1 (5.0%) |

Zeltorimab was infused every four weeks at 300 mg. The half-life of zeltorimab was 17 days.
Headache was told by 7 of 40 patients on zeltorimab.
""",
    "stop.md": """---
id: stop
title: Acme ends BEACON-2
kind: press_release
published: 2023-05-03
trials: [{id: NCT09990002, aliases: [BEACON-2], indication: kidney transplantation}]
---
# Acme ends BEACON-2

Acme terminated BEACON-2 (NCT09990002), a phase 2 trial of zeltorimab in kidney transplantation,
on 3 May 2023 because the rate of rejection was higher than on tacrolimus.
""",
    "mechanism.md": """# What zeltorimab is

Zeltorimab is an antibody that binds the receptor OX40 on activated T cells. Binding keeps the
ligand away, and no cell is killed.
""",
    "doses.md": f"# Doses of other antibodies\n\n{_DOSED}\n",
    HOSTILE_NAME: f"""---
title: "{HOSTILE} Brachistol for itch"
kind: review
published: 2020-01-01
---
# Brachistol

Brachistol calms itch within 9 days in most people &lt;img src=planted.png&gt;.

Brachistol lasts 3 nights {HOSTILE} <script>alert(1)</script> in [most](javascript:alert(1)) people.
""",
}


def write_shelf(folder: Path) -> Path:
    """Write the documents into a new folder."""
    folder.mkdir(parents=True)
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
