"""Set a fragment against the question before it where the two are of different shape.

"and in cohort 2?" is a part of the trial that was named, "and in asthma?" another trial than
the one named, "the lower dose" no number but stands where one stood.
"""

from __future__ import annotations

import re

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import Chunk, chunks_of
from iscalimab_qa.standalone.kinds import Kind, is_drug, trial_names

_CASELESS = re.IGNORECASE
_LED_IN = r"(?:(?:in|for|with|on|at|among)\s+)?"
_PART = re.compile(
    rf"{_LED_IN}(?:the\s+)?(?P<part>(?P<noun>cohort|part|period|stage|stratum)\s+(?:\d{{1,2}}|[A-Z]|one|two|three)"
    r"|(?:first|second|third|other|extension)\s+(?P<second>cohort|part|period|stage|stratum))$",
    _CASELESS,
)
_OTHER_DOSE = re.compile(
    rf"{_LED_IN}(?:the\s+)?(?P<which>lower|higher|low|high|lowest|highest|middle|other|smaller"
    r"|larger)\s+(?:dose|dosage|dosing)s?$",
    _CASELESS,
)
_NUMBER = re.compile(rf"{_LED_IN}(?:the\s+)?(?P<number>\d[\d,]*(?:\.\d+)?)", _CASELESS)
_ONES = re.compile(rf"{_LED_IN}(?:the\s+)?(?P<adjective>[a-z][\w-]{{2,20}})\s+ones", _CASELESS)
_HOW_OFTEN = re.compile(
    r"\b(?:is|are|was|were)\s+(?:the\s+)?(?P<how>(?:very\s+|most\s+|least\s+)?(?:common|uncommon|rare|frequent|usual"
    r"|serious|mild|severe|dangerous|harmless|lasting|reversible))\W*$",
    _CASELESS,
)
_TRANSPLANT = re.compile(r"^(?:transplant|allograft)", _CASELESS)
_SHORT_NAME = re.compile(r"^(?!IV$|SC$|PO$|IM$|EU$|US$|UK$|USA$)[A-Z][A-Z0-9]{1,4}$")
"""A disease as its abbreviation; not a route or a country."""


def contrasted(piece: str, context: str) -> str | None:
    """Return the earlier question with a fragment of another shape in it; None if it is none."""
    return (
        _with_part(piece, context)
        or _with_dose_for_control(piece, context)
        or _with_other_dose(piece, context)
        or _with_kind_of(piece, context)
        or _with_other_indication(piece, context)
    )


def _with_part(piece: str, context: str) -> str | None:
    """Turn "and cohort 2?" after "How many were in GRAND-2?": in cohort 2 of GRAND-2."""
    found = _PART.fullmatch(piece)
    if found is None:
        return None
    part, noun = found["part"], found["noun"] or found["second"]
    if not found["noun"]:
        part = f"the {part}"
    before = re.search(rf"\b(?:the\s+\w+\s+{noun}|{noun}\s+\w+)\b", context, _CASELESS)
    if before:
        return f"{context[: before.start()]}{part}{context[before.end() :]}"
    trial = _trial(context)
    return f"{context[: trial.inner]}{part} of {context[trial.inner :]}" if trial else None


def _trial(context: str) -> Chunk | None:
    named = [chunk for chunk in chunks_of(context) if chunk.kind is Kind.TRIAL and not chunk.vague]
    return named[-1] if named else None


def _with_other_dose(piece: str, context: str) -> str | None:
    """Turn "the lower dose" after "How many improved on tolimab 300 mg?": at the lower dose."""
    number = _NUMBER.fullmatch(piece)
    if number:
        return _with_other_number(number["number"], context)
    found = _OTHER_DOSE.fullmatch(piece)
    if found is None:
        return None
    meant = f"at the {found['which'].lower()} dose"
    said = re.search(rf"\s*(?:\b(?:at|of|with)\s+)?{w.DOSE.pattern}", context, _CASELESS)
    if said:
        return f"{context[: said.start()]} {meant}{context[said.end() :]}"
    drugs = [chunk for chunk in chunks_of(context) if is_drug(chunk.phrase)]
    if not drugs or any(chunk.kind is Kind.DOSE for chunk in chunks_of(context)):
        return None
    return f"{context[: drugs[-1].end]} {meant}{context[drugs[-1].end :]}"


def _with_other_number(number: str, context: str) -> str | None:
    """Turn "on 300?" after "How many improved on tolimab 150 mg?": on tolimab 300 mg."""
    doses = [*w.DOSE.finditer(context)]
    if len(doses) != 1 or w.TIME.search(context):
        return None
    at, dose = doses[0].start(), doses[0][0]
    return context[:at] + re.sub(r"^[\d.,]*\d", number, dose) + context[doses[0].end() :]


def _with_dose_for_control(piece: str, context: str) -> str | None:
    """Turn "on 150 mg?" after "How many women were there on placebo?": there on 150 mg."""
    if not re.fullmatch(rf"{_LED_IN}(?:the\s+)?{w.DOSE.pattern}", piece, _CASELESS):
        return None
    controls = [c for c in chunks_of(context) if c.noun.lower() in w.CONTROLS and c.preposition]
    if len(controls) != 1 or w.DOSE.search(context):
        return None
    led_in = piece.partition(" ")[0].lower() in w.PREPOSITIONS
    dose = piece if led_in else f"on {piece}"
    return f"{context[: controls[0].start]}{dose}{context[controls[0].end :]}"


def _with_kind_of(piece: str, context: str) -> str | None:
    """Turn "Serious ones?" after "Does it cause infections?": does it cause serious infections."""
    ones = _ONES.fullmatch(piece)
    if ones is None or ones["adjective"].lower() in w.DEGREES | dict.fromkeys(w.DETERMINERS):
        return None
    said = _HOW_OFTEN.search(context)
    if said and _HOW_OFTEN.search(f"are {ones['adjective']}"):
        return f"{context[: said.start('how')]}{ones['adjective']}"
    plural = [
        chunk
        for chunk in chunks_of(context)
        if chunk.noun.endswith("s") and not is_drug(chunk.phrase)
    ]
    if not plural:
        return None
    at = plural[-1].end - len(plural[-1].noun)
    text = f"{context[:at]}{ones['adjective']} {context[at:]}"
    return _without_drug(text) if ones["adjective"].lower().startswith("untreated") else text


def _without_drug(text: str) -> str:
    """Take out what "untreated" contradicts."""
    given = [
        chunk
        for chunk in chunks_of(text)
        if chunk.kind is Kind.AGENT and chunk.preposition in w.AGENT_PREPOSITIONS
    ]
    return f"{text[: given[0].start].rstrip()}{text[given[0].end :]}" if given else text


def _with_other_indication(piece: str, context: str) -> str | None:
    """Turn "and in asthma?" after "Why was GRAND-2 stopped?": why was the trial in asthma.

    A trial is run in one disease, so that another disease is another trial.
    """
    chunks = chunks_of(piece)
    trial = _trial(context)
    if len(chunks) != 1 or trial is None or not _is_disease(chunks[0]):
        return None
    if any(chunk.kind is Kind.FIELD for chunk in chunks_of(context)):
        return None
    told = any(w.DISEASE.search(word) or _SHORT_NAME.match(word) for word in trial.words)
    if not told and not (chunks[0].preposition in {"in", "for"} and _is_named(trial)):
        return None
    phrase = f"the trial in {chunks[0].phrase}"
    return f"{context[: trial.inner]}{phrase}{context[trial.end :]}"


def _is_disease(chunk: Chunk) -> bool:
    if chunk.kind not in {Kind.FIELD, Kind.THING} or chunk.preposition not in {"", "in", "for"}:
        return False
    last = chunk.words[-1]
    signs = (w.DISEASE.search(last), _TRANSPLANT.match(last), _SHORT_NAME.match(last))
    return any(signs) or bool(w.POSSESSIVE_DISEASE.match(last))


def _is_named(trial: Chunk) -> bool:
    return bool(trial_names(trial.phrase)) or bool(w.ACRONYM.match(trial.words[-1]))
