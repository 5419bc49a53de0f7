"""A bare "why?", "how many?" or "which one?" asked of the question before."""

from __future__ import annotations

import re
from typing import NamedTuple

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import capital, chunks_of
from iscalimab_qa.standalone.kinds import Kind
from iscalimab_qa.standalone.subjects import attached

_BARE = re.compile(
    r"""(?P<word> why | how\s+come | when | where
        | (?:since|until|till|by|for|at|in|to)\s+(?:when|where|whom|how)
        | (?:out\s+of\s+)how\s+many | whom?
        | (?:(?:by|for|in|to|with|of|at|on|from|under)\s+)?(?:how|what|which)
          (?:\s+(?:much|many|long|often|soon|high|low|large|big|old|far|quickly|fast|exactly|so|extent))?
        | (?:(?:by|for|in|to|with|of|at|on|from|under)\s+)?(?:what|which)\s+\w{2,20} )
        (?P<negated>\s+not)? (?:\s+exactly|\s+then)? \W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_REASON = re.compile(
    r"(?:(?:for\s+)?what\s+|(?:what\s+(?:is|was|were)\s+)?the\s+|any\s+)?reasons?\W*$",
    re.IGNORECASE,
)
_WHICH_PLACE = re.compile(
    r"(?:in|at)\s+(?:which|what)\s+(?:countr(?:y|ies)|cit(?:y|ies)|places?|regions?|sites?|centres?"
    r"|centers?|hospitals?|years?|journals?)\W*$",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"how\s+(?:many|much|old|large|big)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"how\s+(?:do|does|did)\s+(?:that|this|it|they|those)\s+compare\s+(?P<other>(?:with|to)\s.{1,80})$",
    re.IGNORECASE,
)
_WHICH_OF_TWO = re.compile(
    r"which(?:\s+(?:one|arm|drug|group|of\s+(?:them|these|those|the\s+two)))?\s+"
    r"(?:is|was|were|are|did|does|has|had|worked|came)\b.{0,60}$",
    re.IGNORECASE,
)
_ALTERNATIVES = re.compile(r"\b(?:or|and|versus|vs|than)\b")
_WAS_THAT = re.compile(
    r"(?P<asked>.{2,60}?)\s+(?P<be>is|was|were|are)\s+(?:that|this|those|these)\W*$", re.IGNORECASE
)
_WHICH_ARM = re.compile(
    r"(?P<asked>(?:in|on|at|with|for)\s+(?:which|what)\s+(?:arm|group|cohort|dose|drug|treatment|trial"
    r"|study|part))\s+(?P<be>is|was|were|are)\s+(?:they|it|he|she)\W*$",
    re.IGNORECASE,
)
_WHAT_WAS_IT = re.compile(
    r"(?:(?:what|how)(?:\s+(?:much|many|high|low|large|big|long|often))?\s+(?:is|was|were|are)\s+(?:it|that|this|they)(?:\s+like)?"
    r"|(?:what|how)\s+(?:do|does|did)\s+(?:it|that|this|they|things)\s+look(?:\s+like)?)"
    r"\s+(?P<piece>(?:at|in|on|after|before|with|by|under|for|among)\s.{1,80}"
    r"|(?:an?|one|two|three|six|\d+)\s+(?:weeks?|months?|years?)\s+(?:later|on)\W*)$",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"(?P<word>(?:when|why|since\s+when|how\s+often|how\s+much|how)\s+)?(?P<auxiliary>is|are|was|were|do|does|did|will|would|can"
    r"|could|has|have|had|should)\s+(?:it|they|he|she|(?P<that>that|this))(?P<be>\s+be)?\W*$",
    re.IGNORECASE,
)
_IS_THAT = re.compile(
    r"(?:is|was|were|are)\s+(?:that|this|those|these|the\s+(?:difference|effect|result|change|improvement)(?:\s+(?:to|from|with|over|versus|vs\.?|against)\s+(?:the\s+)?[\w-]+)?)\s+(?:\w+ly\s+)?(?:significant|different|higher|lower|better"
    r"|worse|good|bad|normal|expected|clinically|common|rare|much|a\s+lot|high|low|many|enough)\b.{0,40}$",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"(?:says\s+who|who\s+says(?:\s+(?:so|that|this|it))?|according\s+to\s+whom|how\s+do\s+you\s+know(?:\s+(?:that|this))?"
    r"|(?:what(?:'s|\s+is|\s+was)\s+(?:the|your)\s+)?source|where\s+(?:is|does|did)\s+(?:that|this|it)\s+(?:come\s+)?from"
    r"|where\s+(?:is|was)\s+(?:that|this|it)\s+(?:stated|written|said|reported|published)"
    r"|are\s+you\s+(?:really\s+)?(?:sure|certain)|is\s+(?:that|this|it)\s+(?:really\s+)?"
    r"(?:true|right|correct|so|certain)|(?:please\s+)?(?:repeat|say)\s+(?:that|it)(?:\s+again)?|again"
    r"|come\s+again|(?:please\s+)?(?:(?:tell\s+me|explain|say)\s+more|explain(?:\s+(?:that|it|this))?|go\s+on|elaborate|more\s+details?|continue))\W*$",
    re.IGNORECASE,
)
_WHY_SO = re.compile(
    r"(?:why|how\s+come)\s+(?:so|that|such|this)\s+(?:few|many|much|little)\W*$", re.IGNORECASE
)
_STATUS = re.compile(r"(?:is|are|was|were|has|have|had|did|does|do)\s", re.IGNORECASE)
_COUNTED = re.compile(
    r"how\s+(?:many|much)\s+(?P<noun>[\w -]{1,40}?)\s+"
    r"(?P<asked>(?:did|do|does|is|are|was|were|has|have|had|can|could)\b.+)$",
    re.IGNORECASE,
)
_SOME = re.compile(r"how\s+many\s+(?P<rest>\w.+)$", re.IGNORECASE)
_WHO_DID = re.compile(r"who\s+(?P<verb>\w+)\s+(?P<object>(?:the\s+)?\w.+)$", re.IGNORECASE)
_ASKED_BEFORE = re.compile(
    r"^(?:(?:since|until|by|for|in|to|at)\s+)?(?:why(?:\s+not)?|when|where|whom"
    r"|how(?:\s+(?:often|long|much|soon))?)"
    r"(?::\s+(?=\w)|\s+(?=(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b))",
    re.IGNORECASE,
)


class _Split(NamedTuple):
    """A yes-or-no question in three: "Does", "the drug", "lower mortality"."""

    auxiliary: str
    subject: str
    predicate: str


def asked_again(rest: str, context: str) -> str | None:
    """Return the earlier question asked anew by a bare word of asking; None if this is none.

    Examples: "Was it stopped?", "why?" gives "Why was it stopped?"; "Does it work?", "why
    not?" gives "Why does it not work?".
    """
    if _DOUBT.match(rest):
        return context
    compared = _COMPARED.match(rest)
    if compared:
        return f"{context.rstrip(' ?.!')} compared {compared['other'].rstrip(' ?.!')}?"
    if _WHY_SO.match(rest):
        return _why_so(rest.rstrip(" ?.!"), context.rstrip(" ?.!"))
    if _WHICH_PLACE.match(rest) and _COUNTS.match(context):
        return attached(rest, context)
    return _by_word(_REASON.sub("why", rest) if _tells_what_happened(context) else rest, context)


def _tells_what_happened(context: str) -> bool:
    """Whether a reason can be asked for: "Was it stopped?", "How many schools left?"."""
    return bool(_STATUS.match(context) or (_SOME.match(context) and not _COUNTED.match(context)))


def _why_so(rest: str, context: str) -> str:
    """Turn "why so few?" after "How many cracks did it close?": why did it close so few cracks."""
    word, _, amount = rest.rpartition(" ")
    counted = _COUNTED.match(context)
    parts = split(counted["asked"]) if counted else None
    if counted and parts:
        words = parts.predicate.split()
        at = next((i for i, word in enumerate(words) if word in w.PREPOSITIONS), 1)
        few = [parts.auxiliary, parts.subject, *words[:at], "so", amount, counted["noun"]]
        return f"Why {' '.join([*few, *words[at:]])}?"
    if counted and counted["asked"].split()[0].lower() in w.BE:
        be, _, left = counted["asked"].partition(" ")
        return f"Why {be} so {amount} {counted['noun']} {left}?"
    return f"{capital(word)} {amount}: {_lowered(context)}?"


def piece_asked_again(rest: str) -> str | None:
    """Return what changes when the same is asked anew: "What was it at week 12?"."""
    found = _WHAT_WAS_IT.match(rest)
    return found["piece"] if found else None


def _by_word(rest: str, context: str) -> str | None:
    bare = _BARE.match(rest)
    if bare:
        return _with_word(bare["word"], context, negated=bool(bare["negated"]))
    left_out = _LEFT_OUT.match(rest)
    parts = split(_ASKED_BEFORE.sub("", context.rstrip(" ?.!"), count=1)) if left_out else None
    if left_out and parts:
        return _said_in_full(left_out, parts)
    return _of_the_whole(rest, context)


def _of_the_whole(rest: str, context: str) -> str | None:
    """Ask something of all that the earlier question says: "is that significant?"."""
    this = _IS_THAT.match(rest)
    of_two = _WHICH_OF_TWO.match(rest) and _ALTERNATIVES.search(context)
    if this or of_two:
        return f"{capital(rest.rstrip(' ?.!'))}: {_lowered(context)}"
    that = _WAS_THAT.match(rest) or _WHICH_ARM.match(rest)
    return _of_that(that["asked"], that["be"], context) if that else None


def _said_in_full(found: re.Match[str], parts: _Split) -> str:
    """Turn "When will it be?" after "Has it been tested?": when will it be tested."""
    predicate = re.sub(r"^(?:not\s+)?(?:been\s+)?", "", parts.predicate)
    auxiliary = found["auxiliary"]
    if found["that"] and parts.auxiliary.lower() in w.DO:
        auxiliary = parts.auxiliary
    words = (found["word"], auxiliary, parts.subject, found["be"], predicate)
    return capital(
        " ".join(
            word.strip().lower() if word in words[:2] else word.strip() for word in words if word
        )
        + "?"
    )


def split(question: str) -> _Split | None:
    """Take a yes-or-no question apart; None if it is none or its subject's end is not known."""
    auxiliary, _, rest = question.partition(" ")
    if auxiliary.lower() not in w.AUXILIARIES or not rest:
        return None
    if auxiliary.lower() in w.DO:
        return _split_at_verb(auxiliary, rest)
    return _split_at_predicate(auxiliary, rest)


def _split_at_verb(auxiliary: str, rest: str) -> _Split | None:
    subject = next((chunk for chunk in chunks_of(f"{auxiliary} {rest}")), None)
    words = list(re.finditer(r"\S+", rest))
    least = (
        subject.end - len(auxiliary) - 1 if subject and subject.start == len(auxiliary) + 1 else 0
    )
    for word in words[1:]:
        bare = word[0].strip(",;?").lower()
        if word.start() >= least and bare in w.VERBS:
            return _Split(auxiliary, rest[: word.start() - 1], rest[word.start() :])
    if len(words) > 1 and 0 < least < len(rest) and words[0].end() <= least:
        return _Split(auxiliary, rest[:least], rest[least + 1 :])
    return None


def _parted(auxiliary: str, rest: str, at: int) -> _Split:
    """Part subject and predicate; "still being" before a participle belongs to it."""
    words = list(re.finditer(r"\S+", rest[:at]))
    while len(words) > 1 and words[-1][0].lower() in w.ADVERBS:
        at = words.pop().start()
    return _Split(auxiliary, rest[: at - 1], rest[at:])


def _split_at_predicate(auxiliary: str, rest: str) -> _Split | None:
    """A predicate is a participle, or follows a subject that is one name or a short phrase."""
    words = list(re.finditer(r"\S+", rest))
    for place, word in enumerate(words[1:], start=1):
        bare = word[0].strip(",;?").lower()
        before = words[place - 1][0].lower()
        if (
            (bare.endswith("ed") and bare not in w.NOT_PARTICIPLES and before not in w.DETERMINERS)
            or bare in w.PREDICATES
        ) and before not in w.PREPOSITIONS:
            return _parted(auxiliary, rest, word.start())
    if len(words) > 1 and words[0][0].lower() not in w.DETERMINERS | w.ADVERBS:
        first = chunks_of(f"{auxiliary} {rest}")
        named = first and first[0].kind in {Kind.AGENT, Kind.TRIAL} and not first[0].vague
        if named or words[0][0].lower() in w.PRONOUNS:
            end = words[0].end()
            return _Split(auxiliary, rest[:end], rest[end + 1 :])
    return None


def _with_word(word: str, context: str, *, negated: bool) -> str:
    word = capital(" ".join(word.split()))
    asked = _ASKED_BEFORE.sub("", context.rstrip(" ?.!"), count=1)
    parts = split(asked)
    if negated and parts:
        predicate = parts.predicate.removeprefix("not ")
        return f"{word} {parts.auxiliary.lower()} {parts.subject} not {predicate}?"
    if word.lower() == "how many" and parts and not negated:
        return _how_many(parts)
    some = _SOME.match(asked)
    if some and word.lower() in {"why", "how come"} and not _COUNTED.match(asked):
        return f"{word}: {some['rest']}?"
    first = asked.split()[0].lower() if asked.split() else ""
    listed = re.match(r"(?:(?:what|which)\s+\w|how\s+many)", word, re.IGNORECASE)
    if first in w.AUXILIARIES and not negated and not listed:
        return f"{word} {asked[0].lower()}{asked[1:]}?"
    return f"{word}{' not' if negated else ''}: {_lowered(asked)}?"


def _how_many(parts: _Split) -> str:
    subject = re.sub(r"^(?:any|some|all|most|the)\s+", "", parts.subject, flags=re.IGNORECASE)
    if subject.lower() in {"there"}:
        return f"How many {re.sub(r'^any ', '', parts.predicate)}?"
    chunk = next(iter(chunks_of(subject)), None)
    if chunk is None or not (chunk.words[-1].endswith("s") or chunk.head in w.PEOPLE):
        return f"How many: {parts.auxiliary.lower()} {parts.subject} {parts.predicate}?"
    return f"How many {subject} {parts.auxiliary.lower()} {parts.predicate}?"


def _of_that(asked: str, be: str, context: str) -> str:
    """Turn "In which trial was that?" of "What was the lowest dose?": was the lowest dose."""
    whole = re.match(
        r"(?:what|which)\s+(?:is|are|was|were)\s+(.+)", context.rstrip(" ?.!"), re.IGNORECASE
    )
    if whole:
        return f"{capital(asked)} {be.lower()} {whole[1]}?"
    did = _WHO_DID.match(context.rstrip(" ?.!"))
    if did and asked.lower() in {"when", "where"}:
        participle = f" {did['verb']}" if did["verb"].endswith("ed") else ""
        return f"{capital(asked)} {be.lower()} {did['object']}{participle}?"
    return f"{capital(asked)}: {_lowered(context.rstrip(' ?.!'))}?"


def _lowered(text: str) -> str:
    """Lower a question's first letter, unless it is a name's."""
    first = text.split(" ", 1)[0].lower()
    known = w.AUXILIARIES | w.ASKING_WORDS | w.ORDERS | w.PREPOSITIONS
    return text[:1].lower() + text[1:] if first in known else text
