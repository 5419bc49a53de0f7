"""Documents about drugs and trials that do not exist."""

from __future__ import annotations

GRAND = """---
id: grand
title: Orelimab in plaque psoriasis
kind: randomised_trial
text_kind: original
published: 2021-03-01
trials: [{id: NCT09999991, aliases: [GRAND-1], indication: plaque psoriasis}]
---
# Results

GRAND-1 (NCT09999991), a phase 2 trial, compared orelimab with placebo in plaque psoriasis.
Skin cleared in 62.5% of patients on orelimab and in 15.0% of patients on placebo.
Headache was told by 7 of 40 patients on orelimab. No serious infections were reported.
Orelimab was infused every four weeks at 300 mg. Its price in francs is not stated.
"""

STOP = """---
id: stop
title: Acme ends GRAND-2
kind: press_release
published: 2023-05-03
trials: [{id: NCT09999992, aliases: [GRAND-2], indication: plaque psoriasis}]
---
# Acme ends GRAND-2

Acme terminated GRAND-2 (NCT09999992), a phase 3 trial of orelimab in plaque psoriasis, on
3 May 2023 owing to a lack of efficacy.

GRAND-2 enrolled 310 adults at 41 sites.

Acme dropped the development of orelimab entirely in 2023 because of a lack of efficacy.
"""

WAVE = """---
id: wave
title: Tirolimab in asthma
kind: randomised_trial
text_kind: original
trials: [{id: NCT09999993, aliases: [WAVE-1], indication: asthma}]
---
# Results

WAVE-1 (NCT09999993) enrolled 120 adults with asthma who took tirolimab or placebo.
Attacks occurred in 31.4% of patients on tirolimab in WAVE-1.
"""

MECHANISM = """# What orelimab is

Orelimab is an antibody that binds the receptor OX40 on activated T cells. Binding keeps the
ligand away and the T cells go to sleep. The vials of orelimab are stored in a refrigerator.

## References

1. Smith J. Orelimab raises the price of treatment. J Skin. 2019;3:1-9.
"""

NEWS = """---
id: news
title: GRAND-2 in the news
kind: news
published: 2022-01-01
---
# GRAND-2 in the news

GRAND-2 enrolled 290 adults.
"""

DOCUMENTS = {"grand": GRAND, "stop": STOP, "wave": WAVE, "mechanism": MECHANISM, "news": NEWS}
