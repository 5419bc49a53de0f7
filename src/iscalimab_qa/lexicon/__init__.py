"""The field's words: how text is cut into them, and what else they are called."""

from iscalimab_qa.lexicon.abbreviations import (
    Abbreviation,
    abbreviations_from_json,
    abbreviations_to_json,
    learn_abbreviations,
)
from iscalimab_qa.lexicon.aliases import AliasGroup, AliasKind, read_aliases, shipped_aliases
from iscalimab_qa.lexicon.expansion import Alternative, Concept, Expansion, Lexicon
from iscalimab_qa.lexicon.shorthand import spelled_out
from iscalimab_qa.lexicon.spelling import Mended, Slip, Vocabulary, word_counts, words_of
from iscalimab_qa.lexicon.tokens import TOKENIZER_ID, tokenize

__all__ = [
    "TOKENIZER_ID",
    "Abbreviation",
    "AliasGroup",
    "AliasKind",
    "Alternative",
    "Concept",
    "Expansion",
    "Lexicon",
    "Mended",
    "Slip",
    "Vocabulary",
    "abbreviations_from_json",
    "abbreviations_to_json",
    "learn_abbreviations",
    "read_aliases",
    "shipped_aliases",
    "spelled_out",
    "tokenize",
    "word_counts",
    "words_of",
]
