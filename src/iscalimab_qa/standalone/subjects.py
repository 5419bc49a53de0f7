"""What a question is about, and saying so in another question: "with tolimab in asthma"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import Chunk, chunks_of
from iscalimab_qa.standalone.kinds import Kind, trial_names

SUBJECT_KINDS = (Kind.AGENT, Kind.PEOPLE, Kind.FIELD, Kind.TRIAL)
_GENERIC_KINDS = (Kind.OUTCOME, Kind.PROPERTY, Kind.STATISTIC, Kind.TIME, Kind.DOSE)
_FIRST_PERSON = re.compile(
    r"\b(?:i|me|my|you|your|we|our|us|today|tomorrow|weather|news)\b", re.IGNORECASE
)
"""Words of a question that is put to the machine or to the day, and not to the documents."""
_DEFINES = re.compile(r"^(?:[Ww]hat|[Ww]ho)\s+(?:is|are)\s+(?:an?\s|[A-Z]\w)")
_WHAT_IS_THE = re.compile(
    r"^(?:what|which|who|when|where)\s+(?:is|are|was|were)\s+(?:the|its|their)\b", re.IGNORECASE
)
_HOW_MANY_LEFT_OUT = re.compile(
    r"^how\s+many\s+(?:of\s+(?:them|these|those|the\s+\w+)\b|(?:still|then|also|ever|will|would|had|has|have|were|was|are|did"
    r"|do|\w+ed|got|fell|took|went|kept|lost)\b)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:other|another|alternatives?|different|competing|similar|rival)\b", re.IGNORECASE
)
"""Words that ask for something beside the drug that was spoken of."""
_LIGHT_NOUNS = frozenset({"part", "place"})
"""Nouns that only make up a verb: "took part"."""
_DOES = re.compile(r"^(?:how\s+)?(?:does|did|do|can|could|will)\s", re.IGNORECASE)
_ASKED_THING = re.compile(r"^(?:\w+\s+)?(?:how\s+(?:many|much)|what|which)\s*$", re.IGNORECASE)


def kinds_in(question: str) -> set[Kind]:
    """Return the kinds of subject that a question names outright."""
    return {chunk.kind for chunk in chunks_of(question) if not chunk.vague and not chunk.is_the_one}


def leaves_noun_out(question: str) -> bool:
    """Whether it asks "how many responded?" of someone who was spoken of before."""
    return bool(_HOW_MANY_LEFT_OUT.match(question))


def lacks_subject(question: str) -> bool:
    """Whether a question without pronouns names nothing that it could be about."""
    if _FIRST_PERSON.search(question) or _DEFINES.match(question):
        return False
    chunks = chunks_of(question)
    named = [chunk for chunk in chunks if _names(chunk, question)]
    if leaves_noun_out(question) or any(
        chunk.kind is Kind.PEOPLE and chunk.noun.lower() in w.DEFINITE_PEOPLE for chunk in chunks
    ):
        return not any(_pins_down(chunk) for chunk in named)
    if _WHAT_IS_THE.match(question) and len(chunks) == 1:
        return not _pins_down(chunks[0])
    return not named


def _pins_down(chunk: Chunk) -> bool:
    if chunk.kind is Kind.AGENT:
        return not chunk.vague
    if chunk.kind is Kind.TRIAL:
        return bool(trial_names(chunk.phrase)) or bool(w.ACRONYM.match(chunk.words[-1]))
    return chunk.kind is Kind.FIELD and bool(chunk.preposition) and not chunk.is_the_one


def _names(chunk: Chunk, question: str) -> bool:
    if chunk.kind in _GENERIC_KINDS or chunk.vague or chunk.noun.lower() in _LIGHT_NOUNS:
        return False
    before = question[: chunk.start].strip()
    if chunk.kind in {Kind.THING, Kind.PEOPLE} and _ASKED_THING.match(before):
        return bool(re.search(r"\b[A-Z]", chunk.noun[1:] if not before else chunk.noun))
    return not chunk.is_the_one


def phrases(context: str, without: Container[Kind] = ()) -> list[str]:
    """Return what a question is about as phrases that can follow another: "in asthma"."""
    chunks = [chunk for chunk in chunks_of(context) if chunk.kind in SUBJECT_KINDS]
    kept = [
        chunk
        for place, chunk in enumerate(chunks)
        if chunk.kind not in without
        and chunk.preposition not in w.COMPARING
        and chunk.after != "compare"
        and not _says_nothing(chunk, chunks[place + 1 :])
    ]
    kept.sort(key=lambda chunk: bool(chunk.preposition) or chunk.kind is not Kind.AGENT)
    said = [*_doer(context, without), *(_phrase(chunk, chunks) for chunk in kept)]
    return said or _main_thing(context, without)


def _doer(context: str, without: Container[Kind]) -> list[str]:
    """Return what does something in "Does exercise lower blood pressure?"; no drug is named."""
    chunks = chunks_of(context)
    if (
        not _DOES.match(context)
        or not chunks
        or chunks[0].kind is not Kind.THING
        or Kind.THING in without
    ):
        return []
    if any(chunk.kind in {Kind.AGENT, Kind.TRIAL} for chunk in chunks):
        return []
    return [f"with {chunks[0].phrase}"]


def _says_nothing(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether it is "patients" alone, with no phrase behind it that says which."""
    if chunk.kind is Kind.PEOPLE and chunk.noun.lower() in w.PEOPLE & w.DEFINITE_PEOPLE | {
        "people",
        "patients",
    }:
        return not (
            following and following[0].start == chunk.end + 1 and following[0].preposition == "with"
        )
    if chunk.kind is Kind.FIELD and chunk.head in w.FLUIDS:
        return True
    return chunk.vague and chunk.noun.lower() in w.DRUG_NOUNS | w.DISEASE_NOUNS | {"trial", "study"}


def _phrase(chunk: Chunk, chunks: Sequence[Chunk]) -> str:
    if chunk.kind is Kind.FIELD and chunk.preposition == "with":
        beside = any(other.end + 1 == chunk.start for other in chunks if other.kind is Kind.PEOPLE)
        return f"with {chunk.phrase}" if beside else f"in {chunk.phrase}"
    if chunk.preposition and chunk.preposition not in {"of", "to", "by", "from", "about"}:
        return f"{chunk.preposition} {chunk.phrase}"
    article = "the " if chunk.words[0].lower() in {"any", "some", "no"} else ""
    noun = article + (chunk.noun if article else chunk.phrase)
    return f"{'with' if chunk.kind is Kind.AGENT else 'in'} {noun}"


def _main_thing(context: str, without: Container[Kind]) -> list[str]:
    chunks = [chunk for chunk in chunks_of(context) if chunk.kind is Kind.THING]
    if not chunks or Kind.THING in without:
        return []
    main = next((chunk for chunk in chunks if chunk.preposition == "of"), chunks[0])
    return [f"of {main.phrase}"]


def _unsaid(said: Sequence[str], question: str) -> list[str]:
    """Drop the phrases that the question holds already, and people of whom nothing is said."""
    known = question.lower()
    new = [phrase.partition(" ")[2].lower() not in known for phrase in said]
    bare = [phrase in {"in people", "in patients"} for phrase in said]
    told = [*new[1:], False][: len(new)]
    return [
        phrase
        for phrase, is_new, is_bare, is_told in zip(said, new, bare, told, strict=True)
        if is_new and (is_told or not is_bare)
    ]


def attached(question: str, context: str, *, carried: Sequence[Kind] = SUBJECT_KINDS) -> str:
    """Say in a question what the one before was about, as far as it names none of the kind."""
    without = (set(SUBJECT_KINDS) - set(carried)) | kinds_in(question)
    if _ANOTHER.search(question):
        without = {*without, Kind.AGENT}
    if without - {Kind.TIME, Kind.DOSE} and not set(SUBJECT_KINDS) - without:
        return question
    if kinds_in(question) & {*SUBJECT_KINDS, Kind.THING}:
        without = {*without, Kind.THING}
    said = " ".join(_unsaid(phrases(context, without), question))
    if not said:
        return question
    bare = question.rstrip(" ?.!")
    if bare.split(" ", 1)[0].lower() in w.PREPOSITIONS:
        listed = re.sub(r"^(?:of|in|with|on|for)\s", "", said)
        return f"{bare} ({listed})?"
    if bare.lower().endswith((" trial", " study")) and said.startswith("with "):
        said = f"of {said.removeprefix('with ')}"
    order = bare.split(" ", 1)[0].lower() in w.ORDERS
    return f"{bare} {said}{'' if order else '?'}"
