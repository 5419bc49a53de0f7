"""Find orders to a program that reads: in a sentence of a document, or in a question.

A document is data. A sentence that tells its reader what to answer, to ignore the other
sources, or to send something out is no evidence for anything, and is told here by its words
alone: by what it asks for, of whom, and in which mood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from iscalimab_qa.sources import forgery_patterns as forgery
from iscalimab_qa.sources import order_patterns as patterns
from iscalimab_qa.sources.disguise import decoded, undisguised, with_letters_for_digits

_CLAUSE_BREAK = re.compile(r"[.:;!?]\s|[\"(\[]")
_WORDS_BEFORE = 8
_CHARS_BEFORE = 200
_WINDOW, _OVERLAP = 2_000, 400
"""Characters looked at in one piece. Sentences are shorter; a text that was built to be slow to
search is cut up, and an order of usual length still lies whole in one piece."""
_REACH = 400
"""How far after a condition its consequence is looked for."""
_TO_SOMEBODY = re.compile(
    r"\b(?:you|assistants?|models?|(?<!immune )(?<!nervous )systems?|ai|bots?|chat-?bots?"
    r"|readers?|machines?|programs?|crawlers?)\b",
    re.IGNORECASE,
)
_NO_COMMAND_AFTER = frozenset(
    """to that which who whom may might could would can cannot can't often usually not don't didn't
    doesn't did do does will we they it he she i people some others both was were is are be been
    being the a an of in for by with from their his her our or than as when while if""".split()
)
"""Words before a verb that make it a report, an infinitive or a noun."""
_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|subjects?|people|persons?|volunteers?|children|students?|users?"
    r"|raters?|clinicians?|physicians?|doctors?|nurses?|investigators?|authors?|researchers?"
    r"|reviewers?|assessors?|adults?|women|men|mice|rats|animals?|respondents?|observers?|parents?"
    r"|we|they|he|she)\b",
    re.IGNORECASE,
)

_INSTRUCTIONS = "an order to ignore instructions or sources"
_FORGED = "a forged message of a system, a user or an assistant"
_SCRIPT = "an order to give a certain answer"
_ROLE = "an order to play another part"
_SECRET = "an order to reveal what a program was told"  # noqa: S105 (no password)
_OUT = "an order to send data out"
_OBEY = "an order to decode and obey"
_HIDE = "an order to hide or leave out sources"
_CITATION = "a forged citation"
_CODE = "code that a page or a template would run"
OVERRULES = "a claim to overrule all other sources"


def order_in(text: str) -> str | None:
    """Say what order a text gives to a program that reads it, None where it gives none.

    Args:
        text: A sentence or a paragraph of a document, or a question.

    Returns:
        A noun phrase that fits after "holds": "an order to ignore instructions or sources".
        People who are told to ignore something in a report, imperatives of a leaflet or a
        questionnaire, and questions about orders are none.
    """
    if len(text) > _WINDOW:
        starts = range(0, len(text) - _OVERLAP, _WINDOW - _OVERLAP)
        return next((said for at in starts if (said := order_in(text[at : at + _WINDOW]))), None)
    plain = undisguised(text)
    if found := _order_in_plain(plain):
        return found
    if plain != text and forgery.RUN_TOGETHER.search(plain.replace(" ", "")):
        return _INSTRUCTIONS
    if forgery.OTHER_LANGUAGES.search(text):
        return _INSTRUCTIONS
    if _DIGIT_IN_WORD.search(plain) and _ignores(with_letters_for_digits(plain)):
        return _INSTRUCTIONS
    return next((_OBEY for said in decoded(text) if _order_in_plain(said)), None)


_DIGIT_IN_WORD = re.compile(r"[a-z][013457@$]+[a-z]|\b1[a-z]")


def overrules_others(text: str) -> bool:
    """Tell whether a text says that it overrules every other source."""
    return bool(forgery.SUPERSEDES.search(undisguised(text)))


def _order_in_plain(text: str) -> str | None:
    lowered = text.lower()
    return next(
        (
            rule.reason
            for rule, stems in zip(_RULES, _STEMS, strict=True)
            if any(stem in lowered for stem in stems) and rule.fits(text)
        ),
        None,
    )


def _ignores(text: str) -> bool:
    return bool(_FORGET_ALL.search(text)) or any(
        _is_commanded(text, match.start("verb"))
        and (_is_plain_enough(match) or _names_what_came_before(match, text[match.end() :]))
        for match in patterns.IGNORE.finditer(text)
    )


_ASKS_OF_ANOTHER = re.compile(
    r"(?:(?:how|why|when|where|to\s+what\s+extent)\s+)?(?:did|does|do|can|could|may|might|would)\s+"
    r"(?:the|an?|these|those|any|new|later)\s+(?:[\w'-]+\s*){1,5}$",
    re.IGNORECASE,
)
"""The words before the verb of "How did the protocol override earlier guidelines?"."""

_PLAIN_VERBS = re.compile(r"ignor|disregard|forget|pay no|do not|don't|stop", re.IGNORECASE)


def _is_plain_enough(match: re.Match[str]) -> bool:
    """Tell that an order needs no word for whose instructions are meant; overriding does."""
    return match["weak"] is None and bool(_PLAIN_VERBS.match(match[0]))


_WEAK_VERBS = re.compile(r"ignore|ignoring|disregard|forget", re.IGNORECASE)
_GIVEN = re.compile(
    r"\s+(?:you|above|(?:that comes? |which came )?before (?:this|it|that)|i\b|that came|so far"
    r"|in this (?:library|context))",
    re.IGNORECASE,
)


def _names_what_came_before(match: re.Match[str], after: str) -> bool:
    if match["all"]:
        return False
    if patterns.BEFORE.search(match[0]) or _GIVEN.match(after):
        return True
    return bool(_SOURCES.search(match[0]) and _WEAK_VERBS.match(match[0]))


_SOURCES = re.compile(
    r"(?:papers?|abstracts?|sources?|documents?|registr\w+|librar\w+|contexts?)$", re.IGNORECASE
)


def _is_commanded(text: str, at: int) -> bool:
    """Tell a command from a report by the words before the verb."""
    clause = _CLAUSE_BREAK.split(text[max(0, at - _CHARS_BEFORE) : at])[-1]
    before = clause.split()[-_WORDS_BEFORE:]
    if not before:
        return True
    around = " ".join(before)
    if _PEOPLE.search(around) and not re.search(r"\byou\b", around, re.IGNORECASE):
        return False
    if _TO_SOMEBODY.search(around):
        return not re.search(r"\b(?:not|n't|asked|was|were|when)\s*(?:to)?$", around, re.IGNORECASE)
    if _ASKS_OF_ANOTHER.match(around):
        return False
    last = before[-1].strip(",\"'*-").lower()
    return last not in _NO_COMMAND_AFTER


def _is_forged_turn(text: str) -> bool:
    return bool(forgery.FORGED_TURN.search(text) or forgery.FORGED_SYSTEM.search(text))


_FORGET_ALL = re.compile(
    r"(?:^|[.:;!?]\s+)\W*(?:please\s+)?(?:forget|ignore|disregard)\s+everything\s*(?:[,;.!]|and\b|$)"
    r"|(?:^|[.:;!?]\s+)\W*(?:please\s+)?tell\s+(?:whoever|anyone who|everyone who)\s+asks\b",
    re.IGNORECASE,
)


def _is_conditional(text: str) -> bool:
    """Tell "when asked about X, answer Y" from what people ask of one another."""
    for condition in patterns.CONDITION.finditer(text):
        begin = condition.end() - 1
        result = patterns.CONSEQUENCE.search(text, begin, begin + _REACH)
        if result is None:
            continue
        people = patterns.HUMAN_ASKS.search(condition[0])
        if not people or _has_code_word(text[result.start() :]):
            return True
    return False


def _has_code_word(text: str) -> bool:
    return any(match[0][0] not in "\"'" for match in patterns.LITERAL.finditer(text))


def _is_addressed(text: str) -> bool:
    """Tell words that turn to a program and command it."""
    address = patterns.ADDRESS.search(text)
    if address and patterns.COMMAND.search(text, address.start()):
        return True
    role = patterns.ROLE_LINE.match(text)
    return bool(role and (_starts_with_command(role["said"]) or _YOU_MUST.search(role["said"])))


_YOU_MUST = re.compile(
    r"\b(?:you (?:must|will|shall|now|are to|should|can|may|have to|need to)"
    r"|(?:every|all|each|any) (?:answers?|repl(?:y|ies)|questions?|percentages?|figures?|numbers?)"
    r"|(?:outranks?|overrides?|supersedes?)|the assistant)\b",
    re.IGNORECASE,
)
_STARTS_WITH_COMMAND = re.compile(
    r"\W*(?:please\s+|now\s+|always\s+|only\s+|never\s+)*(?:answer|reply|respond|say|output|print|write"
    r"|repeat|tell|begin|start|end|finish|do not|don't|treat|use|give|cite|quote|ignore|stop|when"
    r"|if|rate|recommend|accept|praise|assume|present|the (?:answer|number|figure) to)\b",
    re.IGNORECASE,
)


def _starts_with_command(said: str) -> bool:
    return bool(_STARTS_WITH_COMMAND.match(said))


_MAY_HOLD_LITERAL = re.compile(
    r"[\"']|[A-Z]{5}|[A-Z]-[A-Z0-9]|(?i:word|phrase|code|string|token|sentence|answer|repl|respons"
    r"|output|summar)"
)


def _is_scripted(text: str) -> bool:
    if not _MAY_HOLD_LITERAL.search(text):
        return False
    for match in patterns.SCRIPTED.finditer(text):
        literal = match["literal"] or match["words"]
        shouted = match[0].split()[0].isupper()
        if literal and not _is_striking(literal, text, loose=bool(match["loose"]) or shouted):
            continue
        if _is_commanded(text, match.start()):
            return True
    return False


_WITH_WORDS = re.compile(
    r"\b(?:only|exactly|just|verbatim|twice|word|phrase|sentence|token)\b", re.IGNORECASE
)
_FEWEST_WORDS = 4


def _is_striking(literal: str, text: str, *, loose: bool) -> bool:
    """Tell words to be repeated from a term in quotation marks, a heading, a warning."""
    if patterns.ORDINARY_LITERAL.match(literal) or _AS_AN_EXAMPLE.search(text):
        return False
    words = literal.strip("\"'")
    if words == literal and words.isalpha() and (loose or text.isupper() or _IS_CODE.search(text)):
        return False
    striking = re.search(r"[A-Z]{4,}|\d", words) or len(words.split()) >= _FEWEST_WORDS
    return bool(striking or _WITH_WORDS.search(text))


_IS_CODE = re.compile(r"[{}\\$;]|(?:^|\s)--?\w|\w\(")
_AS_AN_EXAMPLE = re.compile(
    r"\b(?:e\.g|for example|search(?:ed)?|terms?|keywords?)\b", re.IGNORECASE
)


def _found(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


def _commanded(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: any(_is_commanded(text, match.start()) for match in pattern.finditer(text))


class _Rule(NamedTuple):
    """A kind of order: what it is called, how it is told, and stems it cannot do without.

    The stems are lower case, parted by `|`; looking for them is quick.
    """

    reason: str
    fits: Callable[[str], bool]
    stems: str


_MACHINES = "assistant|bot|llm|model|gpt|claude|gemini|copilot|ai|crawler|machine"
_SAYING = "say|print|output|repl|respon|answer|repeat|emit|shout|write"
_RULES = (
    _Rule(
        OVERRULES,
        _found(forgery.SUPERSEDES),
        "other |older |earlier |previous |prior |must not be|the only ",
    ),
    _Rule(
        _INSTRUCTIONS,
        _ignores,
        "ignor|disregard|forget|overlook|overrid|bypass|discard|dismiss|neglect|unlearn|erase"
        "|pay no|do not |don't |stop |tell |aside|throw |abandon|cancel|suspend",
    ),
    _Rule(
        _FORGED,
        _is_forged_turn,
        "<|[|##|system|developer|admin|root|tool|function|plugin|search|retriev|document|context"
        "|prompt|instruction|sources|user|human",
    ),
    _Rule(_FORGED, _found(forgery.FORGED_REPLY), _MACHINES),
    _Rule(
        _SCRIPT,
        _is_conditional,
        f"ask|quer|prompt|quire|wants to know|question|{_SAYING}",
    ),
    _Rule(
        _SCRIPT,
        _is_addressed,
        f"{_MACHINES}|system|program|tool|software|developer|admin|moderator|reader|whoever",
    ),
    _Rule(
        _SCRIPT,
        _found(patterns.WHOLE_ANSWER),
        "to be|copy|whole|your|full|final|question|answer|repl|respon|output|session|chat"
        "|repeat after|conversation|nothing|never|this |instead|positive|favo|glowing|do not|don't",
    ),
    _Rule(
        _SCRIPT,
        _is_scripted,
        f"{_SAYING}|sign|conclu|begin|start|open|prefix|end|finish|close|append|preced|preface",
    ),
    _Rule(
        _ROLE,
        _found(patterns.PERSONA),
        "you are|from now|from here|from this|from the next|act |behave|respond |answer |speak "
        "|pretend|your | mode|new |rights above|system prompt",
    ),
    _Rule(
        _SECRET,
        _commanded(forgery.REVEAL),
        "prompt|instruction|rules|config|api key|secret|password|directive|guideline",
    ),
    _Rule(
        _OUT,
        _commanded(forgery.SEND_OUT),
        "http|www.|url|link|server|@|endpoint|webhook|address|image",
    ),
    _Rule(_OBEY, _found(forgery.DECODE), "decod|deciph|obfusc|rot|base|scramb"),
    _Rule(_HIDE, _found(forgery.CONCEAL), "without|not |n't|never|no |leav|shall call"),
    _Rule(_CITATION, _found(forgery.FORGED_CITATION), "{|with |as if|citation|【|reference"),
    _Rule(_CODE, _found(forgery.TEMPLATE), "{|<|script:|data:"),
)
"""Tried in order; the first that fits names what was found."""
_STEMS = [tuple(rule.stems.split("|")) for rule in _RULES]
