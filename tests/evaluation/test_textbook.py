"""The textbook pipeline: its chunks can be found again, and the nearest ones win."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings

from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.evaluation.textbook import CHUNK_CHARS, LISTED, Textbook

WORDS = ("liver", "score", "vial", "asthma")


class CountsWords(Embeddings):
    """A unit vector of how often each of four words stands in a text."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        counts = [0.01 + text.lower().count(word) for word in WORDS]
        length = sum(count * count for count in counts) ** 0.5
        return [count / length for count in counts]


TEXTS = {
    "a": "The liver was hurt. The score of the liver fell.",
    "b": "A vial is cold. The vial is blue.",
}


def test_the_nearest_chunk_is_said_whole_and_the_others_are_listed() -> None:
    answer = Textbook(TEXTS, CountsWords()).answer("vial", sentence=False)
    assert answer.text == TEXTS["b"]
    assert answer.place == Place("b", 0, len(TEXTS["b"]))
    assert list(answer.found) == [answer.place, Place("a", 0, len(TEXTS["a"]))]
    assert answer.milliseconds > 0


def test_the_nearest_sentence_is_said_with_its_own_place() -> None:
    answer = Textbook(TEXTS, CountsWords()).answer("score", sentence=True)
    # Of "liver", "liver score" and "vial" sentences only the second holds the score.
    assert answer.text == "The score of the liver fell."
    # "The liver was hurt." has 19 characters, and a space follows.
    assert answer.place == Place("a", 20, 20 + len(answer.text))


def test_a_sentence_comes_from_the_first_four_chunks_only() -> None:
    # Asked for the liver, each of four chunks has a cosine of 3 / sqrt(10) = 0.95, the fifth one
    # of 1 / sqrt(1 + 4 + 4 + 4) = 0.28; but one sentence of the fifth has 1.
    texts = {f"near{n}": "The liver, the liver, the liver and a score." for n in range(4)}
    texts["far"] = "The liver. Score and score. Asthma and asthma. Vial and vial."
    answer = Textbook(texts, CountsWords()).answer("liver", sentence=True)
    assert [place.source_id for place in answer.found][4:] == ["far"]
    assert answer.text == texts["near0"]


def test_at_most_ten_chunks_are_listed() -> None:
    texts = {f"s{n:02}": "The liver." for n in range(LISTED + 5)}
    assert len(Textbook(texts, CountsWords()).answer("liver", sentence=False).found) == LISTED


def test_a_long_text_is_cut_and_every_chunk_is_found_again() -> None:
    text = "\n\n".join(["The same line says the score again and again."] * 100)
    answer = Textbook({"long": text}, CountsWords()).answer("score", sentence=False)
    assert len(answer.text) <= CHUNK_CHARS
    assert text[answer.place.start : answer.place.end] == answer.text
    assert all(0 <= start < end <= len(text) for _, start, end in answer.found)
    assert len(set(answer.found)) == len(answer.found)


LINES = st.lists(
    st.sampled_from(["The liver was hurt.", "The score fell.  ", "\n", "A vial.", "x" * 300]),
    min_size=1,
    max_size=60,
).map(" ".join)


@hypothesis_settings(max_examples=10)
@given(LINES.filter(lambda text: bool(text.strip())), st.booleans())
def test_what_it_says_stands_where_it_says(text: str, sentence: bool) -> None:
    answer = Textbook({"only": text}, CountsWords()).answer("liver", sentence=sentence)
    assert text[answer.place.start : answer.place.end] == answer.text


def test_two_textbooks_do_not_read_each_others_chunks() -> None:
    one = Textbook({"a": TEXTS["a"]}, CountsWords())
    other = Textbook({"b": TEXTS["b"]}, CountsWords())
    assert {place.source_id for place in one.answer("vial", sentence=False).found} == {"a"}
    assert {place.source_id for place in other.answer("vial", sentence=False).found} == {"b"}


@pytest.mark.parametrize("sentence", [True, False])
def test_the_same_question_has_the_same_answer(sentence: bool) -> None:
    textbook = Textbook(TEXTS, CountsWords())
    assert (
        textbook.answer("liver", sentence=sentence)[:3]
        == textbook.answer("liver", sentence=sentence)[:3]
    )
