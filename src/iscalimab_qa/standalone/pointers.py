"""Say in place of "it", "they", "that trial" and "the other arm" what they point back to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import Chunk, capital, chunks_of
from iscalimab_qa.standalone.kinds import Kind, is_drug, trial_names
from iscalimab_qa.standalone.subjects import phrases

_CASELESS = re.IGNORECASE
_NOUN_POINTER = re.compile(
    r"\b(?:the|this|that|these|those|said)\s+(?:same\s+)?(?P<noun>trials?|study|studies|survey|experiment|drug"
    r"|antibody|agent|compound|medicine|medication|vaccine|treatment|substance|molecule|patients|participants"
    r"|people|subjects|recipients|women|men|children|animals|mice|results|findings|rates|figures|numbers|disease|condition|disorder|illness)\b"
    r"(?!\s+(?:of|with|in|on|who|that|given|treated|arm|group)\b)(?![\w-])",
    _CASELESS,
)
_OTHER = re.compile(
    r"\b(?:the|that)\s+(?P<which>other|first|former|second|latter|previous|earlier|last)\s+"
    r"(?P<noun>trial|study|one|drug|antibody|agent|treatment)\b",
    _CASELESS,
)
_OTHER_ARM = re.compile(r"\b(?:in|on|with)\s+the\s+other\s+(?:arm|group|drug|one)\b", _CASELESS)
_IT = re.compile(r"\b(?P<word>it|its)\b", _CASELESS)
_THAT_ONE = re.compile(r"\b(?:that|this)\s+one\b|\b(?<=\w )(?:it|they|them|that)\b", _CASELESS)
_THEY = re.compile(r"\b(?P<word>they|them|their|these|those)\b", _CASELESS)
_EMPTY = re.compile(
    r"\bit\s+(?:is\s+)?(?:true|known|possible|takes?\s+(?:to|for)|matter|seem|said|clear|likely|rain)\w*\b"
    rf"|{w.CLEFT.pattern}|\bon\s+(?:its|their)\s+own\b"
    r"|\b(?:is|was)\s+it\s+(?:true|known|possible|clear|likely|that)\b|\bthere\b",
    _CASELESS,
)
_MEASURED = re.compile(
    r"\b(?:measured|calculated|assessed|defined|estimated|determined|computed)\b", _CASELESS
)
_MET = re.compile(r"\bit\s+(?:met|reached|achieved|missed|significant)\b", _CASELESS)
_WHICH_DRUG = re.compile(
    r"\b(?:which|what)\s+(?P<noun>drug|antibody|vaccine|compound|agent|medicine|treatment)\s+(?:is|was)\s+(?P<rest>[^?]{3,80})",
    _CASELESS,
)
_CLAUSE = re.compile(r"[,;:]|\b(?:and|but|or|so|if|because|while|although|that)\b", _CASELESS)
_WHICH_DO = re.compile(
    r"^(?:which|what)\s+(?P<noun>(?!(?:is|was|has|does)\b)[\w-]+(?<!ou)s)\s+(?P<rest>(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b)\w.+)$",
    _CASELESS,
)
_WHICH_ARE = re.compile(
    r"^(?:which|what)\s+(?P<noun>(?!(?:is|was|has|does)\b)(?:[\w-]+\s){0,2}?[\w-]+(?<!ou)s)\s+(?:are|were|do|did|have|had)\b",
    _CASELESS,
)
_STUDIED = re.compile(
    r"\bthey\s+(?:also\s+|even\s+|only\s+)?(?:includ|exclud|enrol|recruit|randomi[sz]|test|measur|publish"
    r"|stud(?:y|ied)|look\w*\s+at)",
    _CASELESS,
)
"""What those do who run a trial, and not those who are in it."""
_WHICH_TRIAL = re.compile(
    r"^(?:which|what)\s+(?P<noun>trial|study)\s+(?P<of>(?:of|in|with)\s+[^?]{2,60}?\s)?"
    r"(?P<rest>(?:is|was|has|had|did)\b.+)$",
    _CASELESS,
)
_STUDY_OF = re.compile(
    r"\b(?:the|an?|any)\s+(?P<study>(?:[\w-]+\s+){0,2}?(?:trial|study)\s+of\s+[\w-]+)", _CASELESS
)
_OF_A_TRIAL = re.compile(
    r"its\s+(?:\w+\s+)?(?:results?|findings|endpoints?|participants|arms?|sites?|protocol)\b",
    _CASELESS,
)
"""What a trial has, and a drug only through its trials."""
_IN_IT = re.compile(r"\b(?:in|into|from)\s+it\b", _CASELESS)
_MAX_PRONOUNS = 4
"""Pronouns of one question that are looked at; no question that can be followed has more."""

_SHORT_OWNER = 3
"""Words of an owner that reads well before an adverb; a longer one stands last."""

_SINGULARS = ("it", "its")


def points_back(question: str) -> bool:
    """Whether a question has a word that stands for something named before it."""
    plain = _EMPTY.sub(" ", question)
    if _NOUN_POINTER.search(plain) or _OTHER.search(plain):
        return True
    return any(not _has_its_own(plain, found) for found in _pronouns(plain))


def _pronouns(question: str) -> list[re.Match[str]]:
    found = [*_IT.finditer(question), *_THEY.finditer(question)][:_MAX_PRONOUNS]
    return [each for each in found if not _determines(question, each)]


def _determines(question: str, found: re.Match[str]) -> bool:
    """Whether "those" belongs to a noun or a clause behind it: "those cells", "those who"."""
    return found["word"].lower() in {"these", "those"} and bool(
        re.match(r"\s+(?!(?:is|are|was|were|do|did|have|had)\b)\w", question[found.end() :])
    )


def _has_its_own(question: str, found: re.Match[str]) -> bool:
    """Whether the pronoun stands for something that the question itself names before it."""
    before = question[: found.start()]
    cuts = [cut.end() for cut in _CLAUSE.finditer(before)]
    if re.search(r"\b(?:switch\w*\s+to|instead\s+of)\s*$", before, _CASELESS):
        return False
    named = [chunk for chunk in chunks_of(before) if _could_be_it(chunk)]
    outcomes = [chunk for chunk in chunks_of(before) if chunk.kind is Kind.OUTCOME]
    if cuts and any(chunk.end <= cuts[-1] for chunk in [*named, *outcomes]):
        return True
    after_auxiliary = before.split()[-1:] and before.split()[-1].lower() in w.AUXILIARIES
    in_it = re.search(r"\b(?:in|of|for|on)\s*$", before, _CASELESS)
    return bool(named) and not after_auxiliary and not in_it


def _could_be_it(chunk: Chunk) -> bool:
    if chunk.kind in {Kind.AGENT, Kind.TRIAL}:
        return True
    return chunk.kind is Kind.THING and bool(chunk.words) and not chunk.vague


def without_owned(question: str) -> str:
    """Leave out the pronouns that stand for nothing, or for what the question names before."""
    question = _EMPTY.sub(" ", question)
    for found in sorted(_pronouns(question), key=lambda each: -each.start()):
        if _has_its_own(question, found):
            question = f"{question[: found.start()]}{question[found.end() :]}"
    return question


def resolved(question: str, context: str) -> str:
    """Return the question with its pointers replaced by what the context names, where it does."""
    text = _NOUN_POINTER.sub(lambda found: _named(found, context) or found[0], question)
    shadow = _EMPTY.sub(lambda found: "_" * len(found[0]), text)
    for found in sorted(_pronouns(shadow), key=lambda each: -each.start()):
        if _has_its_own(shadow, found):
            continue
        text = _replaced(text, found, context)
    return text


def _replaced(text: str, found: re.Match[str], context: str) -> str:
    word = found["word"].lower()
    meant = _singular(text, context) if word in _SINGULARS else _plural(context)
    of_trial = _OF_A_TRIAL.match(text, found.start())
    if of_trial or (word == "they" and _STUDIED.match(text, found.start())):
        meant = trial_of(context) or meant
    if meant is None and word in {"them"}:
        meant = "the patients" if re.search(r"\bof\s+$", text[: found.start()]) else None
    if meant is None:
        return text
    if word in {"its", "their"}:
        return _owned(text, found, meant)
    if word == "them" and re.search(r"\b(?:of)\s+$", text[: found.start()]):
        meant = meant if meant.split()[0].lower() in w.DETERMINERS else f"the {meant}"
    return capital(f"{text[: found.start()]}{meant}{text[found.end() :]}")


def _owned(text: str, found: re.Match[str], meant: str) -> str:
    """Turn "Its effect on weight": the effect of X on weight."""
    for chunk in chunks_of(text):
        if chunk.inner == found.start():
            behind = text[chunk.end :].rstrip(" ?.!")
            if len(meant.split()) > _SHORT_OWNER and {*behind.lower().split()} <= w.ADVERBS:
                return f"{text[: chunk.inner]}the {chunk.noun}{behind} of {meant}?"
            return f"{text[: chunk.inner]}the {chunk.noun} of {meant}{text[chunk.end :]}"
    return text


def _named(found: re.Match[str], context: str) -> str | None:
    noun = found["noun"].lower()
    if noun in w.STUDIES:
        return trial_of(context)
    if noun in w.DRUG_NOUNS:
        return _agent(context) or _main(context, whole=False)
    if noun in {"results", "findings", "rates", "figures", "numbers"}:
        specific = found[0].split()[0].lower() != "the"
        return " ".join(["the", noun, *phrases(context)]) if specific else None
    if noun in w.PEOPLE:
        people = _people(context)
        return people if people and people.lower() not in {noun, f"the {noun}"} else None
    return _field(context)


def _singular(question: str, context: str) -> str | None:
    if w.RELAPSE_VERBS.search(question) and _field(context):
        return _field(context)
    if _MET.search(question) and any(chunk.kind is Kind.OUTCOME for chunk in chunks_of(context)):
        return _main(context, whole=True)
    unnamed = _unnamed(context)
    if unnamed:
        return unnamed
    if (w.TRIAL_VERBS.search(question) or _IN_IT.search(question)) and trial_of(context):
        return trial_of(context)
    if _MEASURED.search(question):
        return _main(context, whole=True)
    return _agent(context) or trial_of(context) or _main(context, whole=False)


def _unnamed(context: str) -> str | None:
    """Return the drug or trial that was asked for, by what was said of it: "the trial that"."""
    which = _WHICH_DRUG.search(context)
    if which and not any(is_drug(chunk.phrase) for chunk in chunks_of(context)):
        return f"the {which['noun']} {which['rest']}"
    trial = _WHICH_TRIAL.match(context.rstrip(" ?.!"))
    return f"the {trial['noun']} {trial['of'] or ''}that {trial['rest']}" if trial else None


def trial_of(context: str) -> str | None:
    """Return the trial that a question names, by its name or as "the trial of tolimab"."""
    trials = [chunk for chunk in chunks_of(context) if chunk.kind is Kind.TRIAL]
    names = trial_names(" ; ".join(chunk.phrase for chunk in trials))
    if names:
        return names[-1]
    clear = [chunk for chunk in trials if not chunk.vague or w.ACRONYM.match(chunk.words[-1])]
    if clear:
        last = clear[-1].words[-1]
        return last if w.ACRONYM.match(last) else _definite(clear[-1].phrase)
    whole = _STUDY_OF.search(context)
    if whole:
        behind = [chunk for chunk in chunks_of(context) if chunk.start == whole.end() + 1]
        field = next((chunk for chunk in behind if chunk.kind is Kind.FIELD), None)
        return f"the {whole['study']}{context[whole.end() : field.end] if field else ''}"
    which = re.match(
        r"which\s+(trial|study)\s+(?:tested|of|looked\s+at|was|studied)\b", context, _CASELESS
    )
    subject = [chunk for chunk in chunks_of(context) if chunk.kind in {Kind.AGENT, Kind.FIELD}]
    if which and subject:
        rest = " ".join(f"{_joint(chunk)} {chunk.phrase}" for chunk in subject)
        return f"the {which[1].lower()} {rest}"
    return None


def _joint(chunk: Chunk) -> str:
    if chunk.preposition in {"", "at"}:
        return "of" if chunk.kind is Kind.AGENT or chunk.preposition else "in"
    return chunk.preposition


def _definite(phrase: str) -> str:
    first = phrase.partition(" ")[0].lower()
    return phrase if first in w.DETERMINERS else f"the {phrase}"


def _agent(context: str) -> str | None:
    agents = [
        chunk
        for chunk in chunks_of(context)
        if chunk.kind is Kind.AGENT
        and chunk.preposition not in w.COMPARING
        and chunk.head not in w.ARMS
    ]
    drugs = [chunk for chunk in agents if is_drug(chunk.phrase)]
    chosen = (drugs or [chunk for chunk in agents if chunk.noun.lower() not in w.COMPARATORS])[:1]
    return chosen[0].phrase if chosen else None


def _field(context: str) -> str | None:
    fields = [chunk for chunk in chunks_of(context) if chunk.kind is Kind.FIELD]
    return fields[0].phrase if fields else None


def _people(context: str) -> str | None:
    """Return the people of a question with the phrases that say which ("patients with gout")."""
    chunks = chunks_of(context)
    for place, chunk in enumerate(chunks):
        if chunk.kind is Kind.PEOPLE:
            end = chunk.end
            for following in chunks[place + 1 :]:
                if following.start != end + 1 or following.kind not in {Kind.FIELD, Kind.AGENT}:
                    break
                end = following.end
            return context[chunk.inner : end]
    return None


def _plural(context: str) -> str | None:
    people = _people(context)
    if people:
        return people
    which = _WHICH_DO.match(context.rstrip(" ?.!"))
    if which:
        return f"the {which['noun']} that {which['rest']}"
    which = _WHICH_ARE.match(context)
    if which:
        return f"the {which['noun']}"
    things = [chunk for chunk in chunks_of(context) if chunk.kind in {Kind.THING, Kind.AGENT}]
    plural = [
        chunk
        for chunk in things
        if chunk.words[-1].endswith("s")
        and not chunk.words[-1].endswith("ous")
        and not is_drug(chunk.words[-1])
    ]
    return plural[0].phrase if plural else None


def _main(context: str, *, whole: bool) -> str | None:
    """Return the thing that a question without drug or trial is about."""
    chunks = [chunk for chunk in chunks_of(context) if chunk.kind not in {Kind.TIME, Kind.DOSE}]
    if not chunks:
        return None
    if whole:
        second = chunks[1] if len(chunks) > 1 and chunks[1].preposition == "of" else chunks[0]
        return context[chunks[0].inner : second.end]
    things = [c for c in chunks if c.kind in {Kind.THING, Kind.FIELD}]
    things = things or [c for c in chunks if c.kind is not Kind.PEOPLE]
    if not things:
        return None
    of_it = [chunk for chunk in things if chunk.preposition == "of"]
    return (of_it or things)[0].phrase


def dislocated(rest: str, meant: str) -> str:
    """Put the topic said before a question in the place of the pronoun in it."""
    found = _THAT_ONE.search(rest)
    return f"{rest[: found.start()]}{meant}{rest[found.end() :]}" if found else rest


def others(question: str, said: Sequence[str], siblings: Sequence[str] = ()) -> str:
    """Name "the other trial", "the first study", "the other arm" where exactly one can be meant.

    Args:
        question: What is asked.
        said: The earlier questions, oldest first.
        siblings: The trials of the same name and another number, where the library has such.
    """
    trials = list(dict.fromkeys(name for each in said for name in _trials_in(each)))
    trials = sorted({*trials, *siblings}) if len(trials) == len(siblings) == 1 else trials
    agents = list(dict.fromkeys(name for each in said for name in _agents_in(each)))
    now = said[-1] if said else ""

    def name(found: re.Match[str]) -> str:
        noun, which = found["noun"].lower(), found["which"].lower()
        known = agents if noun in w.DRUG_NOUNS else trials
        return _one_of(known, which, now) or found[0]

    text = _OTHER.sub(name, question)
    if len(agents) == len({"this", "that"}) and _OTHER_ARM.search(text):
        other = _one_of(agents, "other", now)
        return _OTHER_ARM.sub(f"on {other}", text) if other else text
    return text


def numbered(trial: str) -> str | None:
    """Return a trial's name without its number: "GRAND" of "GRAND-1"."""
    found = re.match(r"(?P<stem>[A-Z]{3,20}(?:-[A-Z]{1,20}){0,2})[-\s](?:\d{1,2}|[IVX]+)$", trial)
    return found["stem"] if found else None


def speaks_of_other_trial(question: str) -> bool:
    """Whether a question asks of "the other trial", whose name only the library may know."""
    found = _OTHER.search(question)
    return found is not None and found["noun"].lower() in {"trial", "study", "one"}


def _one_of(known: Sequence[str], which: str, now: str) -> str | None:
    if len(known) < 2:  # noqa: PLR2004 - of one there is no other
        return None
    if which in {"first", "former"}:
        return known[0]
    if which in {"second", "latter", "last"}:
        return known[1] if which == "second" else known[-1]
    rest = [name for name in known if name not in now]
    return rest[-1] if rest else None


def _trials_in(question: str) -> list[str]:
    names = trial_names(question)
    acronyms = [
        chunk.words[-1]
        for chunk in chunks_of(question)
        if chunk.kind is Kind.TRIAL and w.ACRONYM.match(chunk.words[-1])
    ]
    return [*names, *acronyms]


def _agents_in(question: str) -> list[str]:
    return [
        chunk.noun
        for chunk in chunks_of(question)
        if chunk.kind is Kind.AGENT
        and chunk.head not in w.ARMS
        and chunk.noun.lower() not in w.DRUG_NOUNS
    ]
