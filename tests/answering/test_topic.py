from __future__ import annotations

import pytest

from iscalimab_qa.answering.topic import topic_of
from iscalimab_qa.evidence.notices.drafts import Topic


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How far did pain fall with examplimab at week 12?", "outcome"),
        ("What share of patients responded?", "outcome"),
        ("Did examplimab beat placebo?", "outcome"),
        ("How many patients had a serious adverse event in each arm?", "outcome"),
        ("What was the remission rate?", "outcome"),
        ("Is examplimab still being developed for gout?", "status"),
        ("What happened to the ORCHID trial?", "status"),
        ("Why was the gout trial of examplimab stopped?", "status"),
        ("When did the ORCHID study end?", "status"),
        ("Did the sponsor abandon the programme?", "status"),
        ("Is the phase 3 trial ongoing?", "status"),
        ("Is examplimab approved?", "availability"),
        ("Can patients get examplimab?", "availability"),
        ("Is it on the market yet?", "availability"),
        ("In which diseases was examplimab tested?", "indication"),
        ("Has examplimab been tried in asthma?", "indication"),
        ("Is examplimab safe?", "safety"),
        ("Were there any blood clots?", "safety"),
        ("Was it well tolerated?", "safety"),
        ("How does examplimab work?", "mechanism"),
        ("Which receptor does it bind?", "mechanism"),
        ("What is the half-life of examplimab?", "mechanism"),
        ("What is examplimab?", "definition"),
        ("What does ORCHID stand for?", "definition"),
        ("What was the dose in the gout trial?", "protocol"),
        ("How many patients were randomised?", "protocol"),
        ("How many patients completed the ORCHID trial?", "protocol"),
        ("How was the drug given?", "protocol"),
        ("Which wine goes well with fish?", "other"),
        # how people say that something ended
        ("Why did ORCHID-2 end?", "status"),
        ("Why did the asthma study end early?", "status"),
        ("How did the gout trial end?", "status"),
        ("Why did Acme stop examplimab?", "status"),
        ("What led Acme to drop examplimab?", "status"),
        ("Who pulled the plug on ORCHID-2?", "status"),
        ("What happened to ORCHID-2?", "status"),
        ("What became of the vaccine programme?", "status"),
        ("Did the stroke programme continue?", "status"),
        ("Is examplimab in phase 3?", "status"),
        ("Will examplimab be developed further for gout?", "status"),
        ("What is the current state of examplimab development?", "status"),
        # what only sounds like an end
        ("How does the blockade stop antibody responses?", "mechanism"),
        ("What was the remission rate at the end of the study?", "outcome"),
        ("How many still ended up on dialysis?", "outcome"),
        ("Why did patients stop examplimab?", "safety"),
        ("How many patients dropped out?", "protocol"),
        ("Did LDL cholesterol drop in the treated arm?", "outcome"),
        ("Did examplimab miss its primary endpoint?", "outcome"),
        ("What happens to IL6 under examplimab?", "other"),
        # results without a figure word
        ("How did heart failure patients fare on examplimab?", "outcome"),
        ("Does examplimab protect against flares?", "outcome"),
        ("How common was bleeding on examplimab?", "outcome"),
        ("How many gout patients had complete remission?", "outcome"),
        # design, pharmacology, names
        ("How frequently was examplimab given?", "protocol"),
        ("Who could enter the gout trial?", "protocol"),
        ("Was the study placebo-controlled?", "protocol"),
        ("When did ORCHID-2 start?", "protocol"),
        ("What concentration saturates the receptor?", "mechanism"),
        ("What is the PASI score?", "definition"),
        ("Did regulators authorise examplimab?", "availability"),
        ("When will examplimab be available?", "availability"),
        ("Has examplimab been given to children with asthma?", "indication"),
    ],
)
def test_a_question_has_the_topic_that_its_words_tell(question: str, topic: Topic) -> None:
    assert topic_of(question) == topic
