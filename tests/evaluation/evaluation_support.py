"""Questions, outcomes and sources that are small enough to work a score out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from iscalimab_qa.answering.values import Verdict
from iscalimab_qa.errors import SourceNotFoundError
from iscalimab_qa.evaluation.outcomes import Cited, Outcome, Place, Said
from iscalimab_qa.evaluation.questions import Attack, Label, LabelledQuestion, Turn
from iscalimab_qa.evaluation.systems import Entry, System
from iscalimab_qa.sources.values import Source, SourceMetadata

FELL = "The score fell by 5.9 points on orelimab."
PLACEBO = "It fell by 2.1 points on placebo."
STOPPED = "Four of 40 people stopped because of liver injury."
ENROLLED = "The trial enrolled 60 adults with psoriasis."
REVIEW = "A review tells that the score fell by 5.9 points."

SENTENCES = {"trial": (FELL, PLACEBO, STOPPED, ENROLLED), "review": (REVIEW,)}
TEXTS: Mapping[str, str] = {name: " ".join(said) for name, said in SENTENCES.items()}


def source(source_id: str) -> Source:
    """Return one of the two sources, as a library does."""
    if source_id not in TEXTS:
        raise SourceNotFoundError(source_id)
    return Source(source_id, SourceMetadata(title=source_id), TEXTS[source_id], ())


def at(words: str, source_id: str = "trial") -> Place:
    """Return where words stand."""
    start = TEXTS[source_id].index(words)
    return Place(source_id, start, start + len(words))


def label(words: str, source_id: str = "trial") -> Label:
    return Label(source_id=source_id, quote=words)


def asked(**changes: Any) -> LabelledQuestion:
    """Return a question that asks by how much the score fell; the other arm's value is wrong."""
    return LabelledQuestion(
        **{
            "id": "fall",
            "question": "By how much did the score fall on orelimab?",
            "needs": ((label(FELL),),),
            "figures": ("5.9",),
            "wrong_figures": ("2.1",),
            **changes,
        }
    )


def unanswerable(**changes: Any) -> LabelledQuestion:
    """Return a question that the sources do not answer."""
    return LabelledQuestion(
        **{"id": "cost", "question": "What does it cost?", "expected": "not_found", **changes}
    )


def said(*quotes: str, verdict: Verdict = "answered", **changes: Any) -> Outcome:
    """Return an outcome that says sentences of the trial, each with its own citation."""
    cited = tuple(Cited(n, at(quote), quote, quote) for n, quote in enumerate(quotes, 1))
    return Outcome(
        **{
            "question_id": "fall",
            "verdict": verdict,
            "text": " ".join(f"{quote} [{n}]" for n, quote in enumerate(quotes, 1)),
            "claims": tuple(Said(quote, (n,)) for n, quote in enumerate(quotes, 1)),
            "citations": cited,
            "found": tuple(map(at, quotes)),
            **changes,
        }
    )


REFUSED = Outcome("cost", "not_found", "Not in this library.")


class Recorder:
    """A system that says its questions back, and remembers what it was asked."""

    def __init__(self, *, breaks_at: str | None = None) -> None:
        self.asked: list[str] = []
        self.breaks_at = breaks_at

    def entry(self, name: str = "recorder") -> Entry:
        """Return an entry that opens this very system."""

        def build(*_: object) -> System:
            return self

        return Entry(name, "says the question back", build)

    def reply(self, question: LabelledQuestion) -> Outcome:
        if question.id == self.breaks_at:
            raise RuntimeError("the machine went down")
        if question.id != "warm":
            self.asked.append(question.id)
        return Outcome(question.id, "answered", question.question, milliseconds=1.5)


def numbered(count: int) -> list[LabelledQuestion]:
    """Return questions `q0`, `q1` ..."""
    return [asked(id=f"q{n}", question=f"Question {n}?") for n in range(count)]


# --- anything at all ------------------------------------------------------------------

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Z", "Cc")), min_size=1, max_size=12
)
PLACES = st.builds(
    lambda source_id, start, length: Place(source_id, start, start + length),
    st.sampled_from(sorted(TEXTS)),
    st.integers(0, 60),
    st.integers(0, 60),
)
MARKERS = st.lists(st.integers(1, 4), max_size=3).map(tuple)
TEXT = st.lists(
    st.sampled_from([*SENTENCES["trial"], REVIEW, "5.9", "2.1", "[1]", "[2]"]) | WORDS, max_size=5
).map(" ".join)
OUTCOMES = st.builds(
    Outcome,
    question_id=WORDS,
    verdict=st.sampled_from(["answered", "partial", "not_found"]),
    text=TEXT,
    claims=st.lists(st.builds(Said, TEXT, MARKERS), max_size=3).map(tuple),
    citations=st.lists(st.builds(Cited, st.integers(1, 4), PLACES, TEXT, TEXT), max_size=4).map(
        tuple
    ),
    notices=st.lists(st.sampled_from(["premise", "advice", "spelling"]), max_size=3).map(tuple),
    found=st.lists(PLACES, max_size=14).map(tuple),
    standalone=WORDS,
    probability=st.none() | st.floats(0, 1),
    milliseconds=st.floats(0, 1e6),
)


def _optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


_LABELS = st.sampled_from(
    [label(words, name) for name, all_said in SENTENCES.items() for words in all_said]
)
_BESIDE = _optional(
    voice=st.sampled_from(["patient", "typo"]),
    history=st.lists(
        st.builds(Turn, role=st.sampled_from(["user", "assistant"]), content=WORDS), max_size=2
    ).map(tuple),
    notices=st.just(("premise",)),
    attack=st.builds(
        Attack, kind=st.just("question"), obeyed=st.lists(WORDS, min_size=1, max_size=2).map(tuple)
    ),
    wrong_figures=st.just(("2.1",)),
    also=st.lists(_LABELS, max_size=2).map(tuple),
    why=WORDS,
)


def _with_needs(needs: Sequence[Sequence[Label]], beside: dict[str, Any]) -> LabelledQuestion:
    return asked(needs=tuple(map(tuple, needs)), **beside)


QUESTIONS = st.one_of(
    st.builds(
        _with_needs,
        st.lists(st.lists(_LABELS, min_size=1, max_size=2), min_size=1, max_size=3),
        _BESIDE,
    ),
    _BESIDE.map(lambda beside: unanswerable(**beside)),
)
"""Labelled questions about the two sources, of any kind."""
