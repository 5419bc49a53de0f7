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
    ],
)
def test_a_question_has_the_topic_that_its_words_tell(question: str, topic: Topic) -> None:
    assert topic_of(question) == topic
