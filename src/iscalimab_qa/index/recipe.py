"""Everything that decides what index a corpus becomes, with a name for each part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.encoder import Encoder
from iscalimab_qa.passages import EncodedUnit, Passage
from iscalimab_qa.sources.folder import Candidate, FileBytes
from iscalimab_qa.sources.values import Source

if TYPE_CHECKING:
    from iscalimab_qa.settings import Settings

READER_ID = "reader-6"
"""Names the way of reading and of finding units. When it changes, every file is read and cut
again without a question: vectors stay, for they are kept by the words they were made of."""


class MadeBy(NamedTuple):
    """What made an index; one made by others does not fit the questions of this run.

    Each part is named as the part names itself: the encoder by its identity, splitter and
    tokenizer by their version.
    """

    encoder: str
    splitter: str
    tokenizer: str


class Prepared(NamedTuple):
    """A source cut up: the passages that are searched and the units that are cited."""

    passages: list[Passage]
    units: list[EncodedUnit]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How files become an index.

    Attributes:
        encoder: Loads its weights only when a text has to be encoded.
        read: Makes a source of a file's bytes; raises `UnreadableFileError`.
        reader: Names the way of reading and its limits.
        split: Cuts a source into passages and units.
        splitter: Names the way of cutting.
        tokenize: Cuts a text into the terms of lexical search.
        tokenizer: Names that way of cutting.
        max_file_mb: Larger files are skipped, in millions of bytes.
    """

    encoder: Encoder
    read: Callable[[Candidate, FileBytes], Source]
    reader: str
    split: Callable[[Source], Prepared]
    splitter: str
    tokenize: Callable[[str], list[str]]
    tokenizer: str
    max_file_mb: float

    @property
    def made_by(self) -> MadeBy:
        """What an index of this recipe is made by."""
        return MadeBy(self.encoder.identity, self.splitter, self.tokenizer)


def recipe_of(settings: Settings) -> Recipe:
    """Return the recipe that the settings name; nothing of it is loaded before it is used.

    Raises:
        EncoderError: The settings name an encoder that is not to be had.
    """
    from iscalimab_qa.encoder import open_encoder  # noqa: PLC0415 (see the imports below)
    from iscalimab_qa.lexicon.tokens import TOKENIZER_ID, tokenize  # noqa: PLC0415
    from iscalimab_qa.passages import SPLITTER_ID, encoded_units, split_source  # noqa: PLC0415
    from iscalimab_qa.sources.read import read_source  # noqa: PLC0415 (parsers)
    from iscalimab_qa.units import units_of  # noqa: PLC0415

    encoder, reading = open_encoder(settings), settings.reading

    def read(candidate: Candidate, file: FileBytes) -> Source:
        return read_source(candidate.path, file.data, reading, sidecar=file.sidecar)

    def split(source: Source) -> Prepared:
        passages = split_source(
            source, count_tokens=encoder.count_tokens, max_tokens=encoder.max_tokens
        )
        units = encoded_units(source, units_of(source), count_tokens=encoder.count_tokens)
        return Prepared(passages, units)

    return Recipe(
        encoder=encoder,
        read=read,
        reader=f"{READER_ID}/{reading.max_file_mb:g} MB/{reading.max_text_chars} characters",
        split=split,
        splitter=SPLITTER_ID,
        tokenize=tokenize,
        tokenizer=TOKENIZER_ID,
        max_file_mb=reading.max_file_mb,
    )
