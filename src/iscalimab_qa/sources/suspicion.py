"""Keep what gives orders apart from what is evidence.

A passage that orders its reader about stays in the source's text, where `show` prints it, and
its block becomes `suspicious`: it is not indexed, not quoted, and no chat model sees it.
A warning says what was found and where.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.sources.disguise import mixed_word
from iscalimab_qa.sources.hidden import Hidden, excerpt
from iscalimab_qa.sources.orders import OVERRULES, order_in, overrules_others
from iscalimab_qa.sources.values import Block, Source, SourceMetadata, Span, TrialRecord

_WHOLE_BLOCK_CHARS = 1_000
"""Up to this length a paragraph goes as one: what follows an order mostly belongs to it. Of a
longer one (a page without paragraphs) the sentence goes with its neighbours."""

_WHOLE_SOURCE_SHARE = 0.25
_WHOLE_SOURCE_BLOCKS = 2
"""A document of which a quarter gives orders, in two places at least, was written to do so."""

_MOST_TURN_BLOCKS = 30
_TURN_OPENS = re.compile(
    r"<\|(?:im_start|start_header_id|system|user|assistant)\|>|\[INST\]|<<SYS>>"
)
_TURN_CLOSES = re.compile(r"<\|(?:im_end|eot_id|end|endoftext)\|>|\[/INST\]|<</SYS>>")

_MOST_TOLD = 5
_TAGS = re.compile(
    r"<(script|style|iframe|object|svg)\b.*?(?:</\1\s*>|$)|</?[a-z!][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_MIXED = "a word that mixes look-alike letters of two alphabets"
_PART_OF_A_TURN = "a forged message of a system, a user or an assistant"
_LED = "words that follow on an order"
_ANSWERED = "a question that an order answers"


class Finding(NamedTuple):
    """A stretch of a source's text that is kept out of answers, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Examined:
    """A document's blocks and metadata after examination, and what to say about them."""

    blocks: tuple[Block, ...]
    metadata: SourceMetadata
    warnings: tuple[str, ...]


def examine(
    text: str,
    blocks: Sequence[Block],
    metadata: SourceMetadata,
    *,
    hidden: Sequence[Hidden] = (),
    fallback_title: str,
) -> Examined:
    """Mark what is suspicious in a document.

    Args:
        text: The document's text.
        blocks: Its blocks, in order.
        metadata: What it says of itself.
        hidden: What it holds that nobody sees; no part of the text.
        fallback_title: Its title if its own gives orders.

    Returns:
        Blocks of the same text, some of them cut at sentences; a document that claims to
        overrule all others, or gives orders throughout, is suspicious as a whole, has no
        tier and speaks for no trial.
    """
    findings = _findings(text, blocks)
    described = _clean_metadata(metadata, fallback_title)
    warnings = [*_told(text, blocks, findings), *described.warnings]
    hidden_orders = [one.text for one in hidden if order_in(one.text)]
    if not findings and not hidden_orders:
        return Examined(tuple(blocks), described.metadata, tuple(warnings))
    overrules = described.overrules or any(map(overrules_others, hidden_orders))
    whole = _why_whole(text, blocks, findings, hidden_orders, overrules=overrules)
    kept = _apart(text, blocks, findings, whole=whole is not None)
    # Whoever gives orders to the library has lost the right to say how strong its evidence is.
    meta = replace(described.metadata, tier=None)
    if whole:
        meta = replace(meta, trials=())
        warnings.append(f"nothing of this document is used in answers: {whole}")
    return Examined(kept, meta, tuple(warnings))


def quarantined(source: Source) -> list[Span]:
    """List what of a source is kept out of answers, in order."""
    return [Span(block.start, block.end) for block in source.blocks if block.kind == "suspicious"]


def believable_text(source: Source) -> str:
    """Return a source's text with what is kept out of answers blanked; all offsets stay."""
    text = source.text
    for span in quarantined(source):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _findings(text: str, blocks: Sequence[Block]) -> dict[int, list[Finding]]:
    """Return what is suspicious in each block, by the block's place in the sequence."""
    found: dict[int, list[Finding]] = {}
    for index, block in enumerate(blocks):
        if in_block := list(_in_block(text, block)):
            found[index] = in_block
    for index in [*found]:
        for more in (*_rest_of_turn(text, blocks, index), *_led_by(text, blocks, index)):
            block, reason = blocks[more.place], more.reason
            found.setdefault(more.place, [Finding(block.start, block.end, reason)])
    return dict(sorted(found.items()))


def _in_block(text: str, block: Block) -> Iterator[Finding]:
    words = text[block.start : block.end]
    if block.table:
        cells = {cell for row in (*block.table.head, *block.table.rows) for cell in row.cells}
        parts: list[Span] = sorted(cells)
        parts += [row.span for row in block.table.rows]
    else:
        parts = [Span(block.start + a, block.start + b) for a, b in sentence_spans(words)]
    for part in parts:
        said = text[part.start : part.end]
        reason = order_in(said) or (mixed_word(said) and _MIXED)
        if reason:
            yield Finding(*part, reason)
    # An order may run over two sentences ("Asked about the dose? Say ...").
    if len(words) <= _WHOLE_BLOCK_CHARS and (reason := order_in(words)):
        yield Finding(block.start, block.end, reason)


class _Also(NamedTuple):
    """A block that belongs to one with an order."""

    place: int
    reason: str


def _rest_of_turn(text: str, blocks: Sequence[Block], index: int) -> Iterator[_Also]:
    """Yield the blocks up to the end of a forged message that opens in a block."""
    words = text[blocks[index].start : blocks[index].end]
    opened = [*_TURN_OPENS.finditer(words)]
    if not opened or _TURN_CLOSES.search(words, opened[-1].end()):
        return
    run = range(index + 1, min(index + 1 + _MOST_TURN_BLOCKS, len(blocks)))
    closing = [i for i in run if _TURN_CLOSES.search(text[blocks[i].start : blocks[i].end])]
    for i in run[: closing[0] - index] if closing else run[:1]:
        yield _Also(i, _PART_OF_A_TURN)


def _led_by(text: str, blocks: Sequence[Block], index: int) -> Iterator[_Also]:
    """Yield what leads to an order or follows on it: a question, a colon's words, a list."""
    led = Span(blocks[index].start, blocks[index].end)
    before = blocks[index - 1] if index else None
    if before and before.kind != "heading" and text[: before.end].endswith("?"):
        yield _Also(index - 1, _ANSWERED)
    if text[: led.end].rstrip().endswith(":") and index + 1 < len(blocks):
        yield _Also(index + 1, _LED)
    for i in range(index + 1, min(index + 1 + _MOST_TURN_BLOCKS, len(blocks))):
        if led in blocks[i].leads:
            yield _Also(i, _LED)


def _why_whole(
    text: str,
    blocks: Sequence[Block],
    findings: dict[int, list[Finding]],
    hidden_orders: Sequence[str],
    *,
    overrules: bool,
) -> str | None:
    """Say why nothing of a document can be believed, None if the rest of it can."""
    reasons = [one.reason for of_block in findings.values() for one in of_block]
    if OVERRULES in reasons or overrules:
        return "it claims to overrule all other sources"
    running = [i for i, block in enumerate(blocks) if block.kind not in {"heading", "boilerplate"}]
    said = {i: len(text[blocks[i].start : blocks[i].end].split()) for i in running}
    in_hiding = sum(len(words.split()) for words in hidden_orders)
    bad = in_hiding + sum(words for i, words in said.items() if i in findings)
    count = len(findings) + len(hidden_orders)
    share = bad / max(1, in_hiding + sum(said.values()))
    if count >= _WHOLE_SOURCE_BLOCKS and share >= _WHOLE_SOURCE_SHARE:
        return f"{count} of its passages give orders or are disguised"
    return None


def _apart(
    text: str, blocks: Sequence[Block], findings: dict[int, list[Finding]], *, whole: bool
) -> tuple[Block, ...]:
    """Return the blocks with what is suspicious in blocks of its own."""
    bad = {Span(blocks[i].start, blocks[i].end) for i in findings}
    heads = Counter(text[span.start : span.end] for span in bad)
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        if index in findings:
            kept += _cut(text, block, findings[index])
        elif whole and block.kind not in {"heading", "boilerplate"}:
            kept.append(replace(block, kind="suspicious"))
        else:
            kept.append(block)
    return tuple(_without_bad_context(block, bad, heads) for block in kept)


def _cut(text: str, block: Block, findings: Sequence[Finding]) -> Iterator[Block]:
    """Cut a long paragraph around its suspicious sentences; anything else goes whole."""
    if block.table or block.kind == "heading" or block.end - block.start <= _WHOLE_BLOCK_CHARS:
        yield replace(block, kind="suspicious", table=block.table)
        return
    spans = sentence_spans(text[block.start : block.end])
    sentences = [Span(block.start + a, block.start + b) for a, b in spans]
    bad = {i for i, one in enumerate(sentences) if any(_overlap(one, each) for each in findings)}
    beside = {j for i in bad for j in (i - 1, i, i + 1) if 0 <= j < len(sentences)}
    start = 0
    for i in range(1, len(sentences) + 1):
        if i == len(sentences) or (i in beside) != (start in beside):
            kind = "suspicious" if start in beside else block.kind
            first, last = sentences[start], sentences[i - 1]
            yield replace(block, kind=kind, start=first.start, end=last.end)
            start = i


def _overlap(sentence: Span, finding: Finding) -> bool:
    return sentence.start < finding.end and finding.start < sentence.end


def _without_bad_context(block: Block, bad: set[Span], heads: Counter[str]) -> Block:
    """Take suspicious headings, leads and captions away from what is read with them."""
    section = tuple(head for head in block.section if head not in heads)
    leads = tuple(lead for lead in block.leads if lead not in bad)
    table = block.table
    if table and table.caption in bad:
        table = replace(table, caption=None)
    return replace(block, section=section, leads=leads, table=table)


def _told(text: str, blocks: Sequence[Block], findings: dict[int, list[Finding]]) -> Iterator[str]:
    """Yield a sentence for each suspicious block, as many as people read."""
    for index, of_block in [*findings.items()][:_MOST_TOLD]:
        one, block = of_block[0], blocks[index]
        said = excerpt(text[one.start : one.end])
        yield f"a passage{_place(block)} holds {one.reason} and is kept out of answers: {said}"
    if len(findings) > _MOST_TOLD:
        yield f"{len(findings) - _MOST_TOLD} more passages like these are kept out of answers"


def _place(block: Block) -> str:
    if block.page is not None:
        return f" on page {block.page}"
    heads = [head for head in block.section if order_in(head) is None]
    return f" under {excerpt(heads[-1])}" if heads else ""


class _Described(NamedTuple):
    """Metadata without orders and markup, what was taken out, and whether it claims to rule."""

    metadata: SourceMetadata
    warnings: tuple[str, ...]
    overrules: bool


def _clean_metadata(metadata: SourceMetadata, fallback_title: str) -> _Described:
    fields = _Fields()
    cleaned = replace(
        metadata,
        title=fields.text("title", metadata.title) or fallback_title,
        authors=fields.texts("authors", metadata.authors),
        container=fields.text("container", metadata.container),
        notes=fields.texts("notes", metadata.notes),
        trials=tuple(_clean_trial(trial, fields) for trial in metadata.trials),
    )
    if not fields.warnings:
        return _Described(metadata, (), overrules=False)
    return _Described(cleaned, tuple(fields.warnings), fields.overrules)


def _clean_trial(trial: TrialRecord, fields: _Fields) -> TrialRecord:
    return replace(
        trial,
        aliases=fields.texts("trials", trial.aliases),
        indication=fields.text("trials", trial.indication),
        phase=fields.text("trials", trial.phase),
        reason=fields.text("trials", trial.reason),
    )


class _Fields:
    """Looks at the words of metadata, one field after the other."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.overrules = False

    def text(self, name: str, value: str | None) -> str | None:
        """Return a field without markup; None if it is empty or gives orders."""
        if value is None:
            return None
        shown = " ".join(_TAGS.sub(" ", value).split())
        reason = order_in(shown) or (mixed_word(shown) and _MIXED)
        if reason:
            self.overrules |= overrules_others(shown)
            self.warnings.append(f"metadata ({name}) with {reason} is not used: {excerpt(shown)}")
            return None
        if shown != value and _TAGS.search(value):
            self.warnings.append(f"markup in its metadata ({name}) is taken out")
            return shown or None
        return value

    def texts(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return the values of a list that are left."""
        return tuple(kept for value in values if (kept := self.text(name, value)))
