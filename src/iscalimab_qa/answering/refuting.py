"""The words of a source that deny what a question takes for granted, where a claim check is blind.

"Why did X raise Y?" is denied by "Y was not affected" in a paper on X, though that holds few
words of the question. Each reading here is narrow, and nothing is denied where any of the
nearest units of the same matter bears the question out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from iscalimab_qa.answering.assertions import (
    OPPOSITE,
    Effect,
    Event,
    Sign,
    class_of,
    design_of,
    effect_of,
    event_of,
    stop_of,
)
from iscalimab_qa.answering.holding import Library
from iscalimab_qa.answering.otherwise import (
    Seen,
    all_seen,
    is_special,
    not_stopped,
    of_another_class,
    otherwise_run,
    stopped_otherwise,
)
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.agents import agents_in, is_comparator
from iscalimab_qa.evidence.wording.clauses import clauses
from iscalimab_qa.evidence.wording.plain_words import names_something
from iscalimab_qa.evidence.wording.polarity import polarity
from iscalimab_qa.evidence.wording.wordlists import BETTER, DOWN, UP, WORSE, base
from iscalimab_qa.units import Unit

LOOKED_AT = 8
"""Units of the same matter that may deny it, or bear it out."""

ALPHA = 0.05


def builds_on(question: str, statement: str) -> bool:
    """Whether a question has a form that can be refuted here; else no unit need be sought."""
    read = (
        design_of(question),
        class_of(question),
        stop_of(statement),
        event_of(question, statement),
    )
    return any(read) or effect_of(statement) is not None


def refuting(question: str, statement: str, units: Sequence[Unit], library: Library) -> Unit | None:
    """Return the nearest unit that denies what a question takes for granted, None if none does.

    Args:
        question: As asked.
        statement: What it takes for granted, as a statement; empty where none could be read.
        units: What comes nearest to it, best first.
        library: Metadata and names.
    """
    seen = all_seen(units, LOOKED_AT, library)
    if design := design_of(question):
        return otherwise_run(design, seen)
    if product := class_of(question):
        return of_another_class(product, seen)
    if stop := stop_of(statement):
        return not_stopped(stop, seen) or stopped_otherwise(stop, seen)
    if event := event_of(question, statement):
        return _never_happened(question, event, seen, library)
    effect = effect_of(statement)
    return _without_effect(effect, question, seen, library) if effect else None


_GENERIC = frozenset(
    base(word)
    for word in """level rate risk outcome number amount mean patient people
    participant person effect value score symptom measure group arm high higher result use need
    time significantly event case share recipient man woman subject treat treatment trial study
    drug""".split()
)


def _telling(text: str, library: Library) -> frozenset[str]:
    """Return the tokens of a phrase that say what it is; figures are not among them."""
    tokens = library.names.tokens(text)
    return frozenset(t for t in tokens if t not in _GENERIC and any(map(str.isalpha, t)))


def _holds(text: str, tokens: frozenset[str], library: Library) -> bool:
    return bool(tokens) and tokens <= library.names.tokens(text)


_NULL = re.compile(
    r"""\b(?:not|never|n['’]t|nor|neither|no\s+longer)\b[^,;.()]{0,40}?\b(?:affect\w*|influenc\w*|alter\w*|chang\w*|modif\w*
          |improv\w*|reduc\w*|lower\w*|rais\w*|increas\w*|differ\w*|respond\w*|prolong\w*|slow\w*|superior|better|longer
          |more|less|fewer|distinguish\w*|significant\w*|associat\w*)
      |\bno\s+(?:[\w-]+\s+){0,3}?(?:effects?|differences?|changes?|benefits?|improvements?|influence|association
          |reductions?|increases?|gains?)\b
      |\babsence\s+of\s+(?:any\s+)?(?:effect|benefit|improvement|change|difference)\b
      |\b(?:unaffected|unchanged|unaltered|to\s+(?:an?|the)\s+(?:similar|same)\s+(?:extent|degree)|the\s+same\s+in\s+(?:all|both|either|each)|irrespective\s+of|regardless\s+of|independent\s+of|indistinguishable
          |non-?significan\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FOUND = re.compile(
    r"\b(?:significant(?:ly)?|superior|met|nearly\s+doubled|faster|cut|halved)\b", re.I
)
_WORDS: dict[Sign, tuple[re.Pattern[str], ...]] = {
    "up": (UP,),
    "down": (DOWN,),
    "better": (BETTER,),
    "worse": (WORSE,),
    "other": (UP, DOWN, BETTER, WORSE),
    "won": (BETTER, UP, DOWN),
}
_PLACE = frozenset({"time", "label"})


def _without_effect(
    effect: Effect, question: str, seen: Sequence[Seen], library: Library
) -> Unit | None:
    """Find the nearest unit that found no such effect, or the contrary one.

    What was acted on may be named by its last word, where the others stand around it.
    """
    what = _telling(effect.object, library)
    around = _telling(f"{effect.subject} {effect.rest}", library) | _figures(effect.rest)
    about = [each for each in seen if _is_about(each, around, question, library)]
    head = _telling(effect.object.split()[-1], library)
    near = [each for each in about if what <= each.around(question)]
    found = _not_found(effect, what, question, about, library)
    return found or (_not_found(effect, head, question, near, library) if head < what else None)


def _not_found(
    effect: Effect, what: frozenset[str], question: str, about: Sequence[Seen], library: Library
) -> Unit | None:
    told = [(each, clause) for each in about for clause in _of_matter(each, what, library)]
    if any(_bears_out(_without(clause, what), effect.sign) for _, clause in told):
        return None
    for each, clause in told:
        if _p_value(clause) == "large" or any(
            _holds(near, what, library) for near in _near(_NULL, clause)
        ):
            return each.unit
        same = _acts(effect, each, library) and not is_special(each.unit.text, question)
        away = _away(clause, effect) if same else ()
        if any(_holds(near, what, library) for near in away):
            return each.unit
    return None


def _acts(effect: Effect, seen: Seen, library: Library) -> bool:
    """Whether a unit names what is said to act, or that is a drug, which its source is about.

    All circumstances must be told there: what holds for all need not hold for the old.
    """
    if not library.names.tokens(effect.rest) <= seen.everything:
        return False
    subject = _telling(effect.subject, library)
    drugs = {agent.token for agent in agents_in(effect.subject, library.names)}
    return not subject or bool(drugs) or subject <= library.names.tokens(seen.unit.text)


def _figures(text: str) -> frozenset[str]:
    """Return the times and labels of a text, as figures in their units."""
    return frozenset(f"{q.unit}-{q.key}" for q in read_figures(text).quantities if q.sort in _PLACE)


def _is_about(seen: Seen, around: frozenset[str], question: str, library: Library) -> bool:
    """Whether a unit stands where the question's drug, disease, trial and time are spoken of."""
    times = {token for token in around if "-" in token and token[-1].isdigit()}
    needed = {t for t in around - times if names_something(t) or library.names.kind_of(t)}
    named = {t for t in around if any(map(str.isdigit, t)) and not t.startswith("alias")}
    held = seen.around(question) | _figures(seen.unit.text)
    comparators = {t for t in needed if t in {"placebo", "control"}}
    return (needed | named | times) - comparators <= held


def _of_matter(seen: Seen, what: frozenset[str], library: Library) -> Iterable[str]:
    """Yield the clauses of a unit that speak of something; a row is one."""
    if seen.unit.cells:
        return [seen.unit.text] if _holds(seen.unit.cells[0].text, what, library) else []
    # What stands behind a colon is told of what stands before it: "Difference in X: 3 m, p = 0.4".
    told = clauses(_ASIDE.sub(" ", seen.unit.text).replace(": ", ", "))
    return [clause for clause in told if _holds(clause, what, library)]


_ASIDE = re.compile(r",\s+as\s+\w+(?:ed|n)\s+(?:by|with|on)\b[^,;]*,", re.IGNORECASE)
"""How something was measured, between a noun and its verb."""


def _finds_none(clause: str) -> bool:
    return bool(_NULL.search(clause)) or _p_value(clause) == "large"


def _p_value(text: str) -> str:
    """Return "small" where a p value lies below the level, "large" where all lie above it."""
    values = [q for q in read_figures(text).quantities if q.sort == "p" and q.value is not None]
    if not values:
        return ""
    small = any(q.value is not None and float(q.value) < ALPHA for q in values)
    return "small" if small else "large"


def _bears_out(clause: str, sign: Sign) -> bool:
    """Whether a clause tells such an effect as found, or leaves it open that there is one."""
    if _p_value(clause) == "small":
        return True
    bare = _NULL.sub(" ", clause)
    if _FOUND.search(bare):
        return True
    return not _finds_none(clause) and any(words.search(bare) for words in _WORDS[sign])


def _without(clause: str, what: frozenset[str]) -> str:
    """Leave out the words for what was acted on: a "weight gain" has not gained."""
    return _NOUN.sub(lambda word: "_" if base(word[0]) in what else word[0], clause)


_NOUN = re.compile(r"[^\W\d_][\w'-]*")
_KEPT_FROM = re.compile(
    r"\b(?:ke(?:pt|eps?)|prevent\w*|block\w*|inhibit\w*|abolish\w*|from\s+\w+ing|without)\b", re.I
)


def _away(clause: str, effect: Effect) -> Iterable[str]:
    """Return the words about each word of a clause that points the other way than an effect."""
    opposite = OPPOSITE.get(effect.sign)
    if opposite is None or _NULL.search(clause) or _KEPT_FROM.search(clause):
        return ()
    bare = _BOUND.sub(" ", clause)
    return [near for words in _WORDS[opposite] for near in _near(words, bare)]


_BOUND = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower)\s+than\s+(?:half|twice|double|a\s+\w+|one|two|three|\d)",
    re.IGNORECASE,
)
"""How large something is ("by more than half"), not which way it went."""


WINDOW = 60
"""Characters on each side within which what is denied or turned round is named."""


def _near(words: re.Pattern[str], clause: str) -> list[str]:
    found = words.finditer(clause)
    return [clause[max(0, m.start() - WINDOW) : m.end() + WINDOW] for m in found]


_UNRELATED = re.compile(
    r"""\bunrelated\b(?!\s+to\s+(?:age|sex|dose))
      |\b(?:not|never|neither|none|no)\b[^;.]{0,90}?\b(?:related|attribut\w+|due\s+to|ascribed|linked)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_RELATED = re.compile(
    r"\b(?<!un)(?:related|attribut\w+\s+to|possibly|probably|caused\s+by)\b", re.IGNORECASE
)
_PARTLY = re.compile(r"\b(?:one|two|three|some|most|\d+)\s+of\s+(?:them|these|those|which)\b", re.I)
_DEATH = re.compile(r"\b(?:deaths?|die[sd]?|fatal\w*|killed|mortality)\b", re.IGNORECASE)
_TO_CONTROLS = re.compile(
    r"\b(?:all|both|each|one\s+\w+|\w+)\s+(?:of\s+(?:them|these)\s+|were\s+|was\s+)?(?:in|on|from)\s+(?:the\s+)?"
    r"(?:placebo|sham|control)\b",
    re.IGNORECASE,
)


def _never_happened(
    question: str, event: Event, seen: Sequence[Seen], library: Library
) -> Unit | None:
    """Find the nearest unit that says that an event did not happen, or not to these, or not so."""
    what = _event_tokens(event.what)
    named = _named(question, library)
    about = [
        each for each in seen if what and named <= each.around(question) and _tells(each, what)
    ]
    denying = [each for each in about if _denies(each, what, event, question, library)]
    others = [each for each in about if each not in denying]
    if event.by and not any(_TO_CONTROLS.search(each.unit.text) for each in denying):
        # That an event is told of says nothing of its cause.
        others = [each for each in others if _RELATED.search(each.unit.text)]
    return denying[0].unit if denying and not others else None


def _event_tokens(what: str) -> frozenset[str]:
    """Return the stems of an event's words; all of dying are one."""
    if _DEATH.search(what):
        return frozenset({base("death")})
    words = re.findall(r"[^\W\d_][\w'-]*", _TO_END.split(what, maxsplit=1)[0])
    stems = {base(word) for word in words if word.lower() not in _DETERMINERS}
    return frozenset(stems - _GENERIC) or frozenset(stems)


_TO_END = re.compile(r"\s+(?:in|on|with|among|of|during|at|after)\s+", re.IGNORECASE)
_DETERMINERS = frozenset(
    "the a an its their all any some both many several one two three four five six".split()
)


def _named(question: str, library: Library) -> frozenset[str]:
    """Return the drugs and trials that a question names, comparators left out."""
    agents = {a.token for a in agents_in(question, library.names) if not is_comparator(a.token)}
    acronyms = re.findall(r"\b[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*\b", question)
    known = {t for t in library.names.tokens(question) if library.names.kind_of(t) in _SUBJECTS}
    return frozenset(agents | known) | library.names.tokens(" ".join(acronyms))


_SUBJECTS = frozenset({"drug", "trial", "disease"})


def _tells(seen: Seen, what: frozenset[str]) -> bool:
    """Whether a unit speaks of an event in its own words."""
    text = seen.unit.cells[0].text if seen.unit.cells else seen.unit.text
    words = {base(word) for word in re.findall(r"[^\W\d_][\w'-]*", text)}
    dead = base("death") in what and bool(_DEATH.search(text))
    return dead or what <= words


def _denies(
    seen: Seen, what: frozenset[str], event: Event, question: str, library: Library
) -> bool:
    text = seen.unit.text
    if seen.unit.cells or _PARTLY.search(text):
        return False
    if event.by and _UNRELATED.search(text) and not _RELATED.search(_UNRELATED.sub(" ", text)):
        return True
    if any(what <= _denied_of(clause) for clause in seen.clauses):
        return True
    return _is_of_controls(text, event, question, library)


def _denied_of(clause: str) -> frozenset[str]:
    """Return the words of a clause that it denies outright; who is denied is no event."""
    read = polarity(clause)
    return read.heads | (read.denied if read.heads else frozenset())


def _is_of_controls(text: str, event: Event, question: str, library: Library) -> bool:
    """Whether a unit tells of an event in the control arm, asked of those who had the drug."""
    said = f"{event.by} {event.to}" if event.by or event.to else question
    asked = {a.token for a in agents_in(said, library.names)}
    treated = bool(event.by or asked or _TREATED.search(said) or _ON.search(said))
    if not treated or any(map(is_comparator, asked)) or not _TO_CONTROLS.search(text):
        return False
    told = {a.token for a in agents_in(text, library.names) if not is_comparator(a.token)}
    return not told and not _TREATED.search(text)


_ON = re.compile(
    r"\b(?:on|given|taking|receiving)\s+(?!(?:the\s+)?(?:placebo|sham|control|waiting)\b)[a-z]",
    re.I,
)
_TREATED = re.compile(r"\b(?:vaccinated|treated|active|vaccine|recipients|immunised)\b", re.I)
