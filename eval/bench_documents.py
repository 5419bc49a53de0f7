"""Documents of invented words for the benchmark: a seed, and always the same texts.

The words mean nothing, so answers over them are worth nothing; but lengths, figures, names,
abbreviations and the spread of frequent and rare words are those of papers, and these decide
how long reading, indexing and answering take.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

SECTIONS = 10
"""Sections a document. Each becomes one passage."""

SECTION_CHARS = 490
"""Two sections of this length do not fit into the textbook's 1,000 characters, and one keeps
within our share of the encoder's reach: both sides get about as many passages."""

_WORDS = 6_000
_CODES = 400
"""About as many different words and drug codes as a few hundred abstracts of one field hold."""

_LETTERS, _VOWELS = "bdfgklmnprstvz", "aeiou"

_SENTENCES = (
    "In the {word} arm of the trial of {code} the mean {word} fell by {share}% at week {week}.",
    "A ratio of {ratio} (95% CI {ratio} to {ratio}) was seen for {word} in those with {word}.",
    "The {word} of the patients was not changed by {word} or by the treatment that came before it.",
    "Of the {count} patients who had {word} at the start, {share}% were treated for {week} weeks.",
    "There was no {word} in the placebo group, and its {word} was as high as it had been before.",
)
_QUESTIONS = (
    "What was the {word} of {word} in the {word} arm of {code} at week {week}?",
    "How many patients with {word} {word} were given {code}?",
    "Was the {word} of the {word} changed by {word}?",
    "What is {code}?",
)


class Document(NamedTuple):
    """A file's name and its text, Markdown."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Language:
    """Invented words, frequent ones first, and drug codes."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    codes: tuple[str, ...]

    def fill(self, pattern: str, chance: random.Random) -> str:
        """Put a word, code or figure of its own into each gap of a sentence."""
        while "{word}" in pattern:
            pattern = pattern.replace("{word}", self.word(chance), 1)
        while "{ratio}" in pattern:
            pattern = pattern.replace("{ratio}", f"{chance.uniform(0, 4):.2f}", 1)
        return pattern.format(
            code=chance.choice(self.codes),
            share=round(chance.uniform(1, 99), 1),
            week=chance.randint(2, 52),
            count=chance.randint(10, 400),
        )

    def word(self, chance: random.Random) -> str:
        """Draw a word as often as its rank has it."""
        return chance.choices(self.words, cum_weights=self.weights)[0]


def invent_language(seed: int) -> Language:
    """Invent the words; the n-th most frequent one is drawn in proportion to 1/n (Zipf)."""
    chance = random.Random(seed)
    words = list(dict.fromkeys(_invented(chance) for _ in range(_WORDS)))
    weights = accumulate(1 / rank for rank in range(1, len(words) + 1))
    letters = [letter.upper() for letter in _LETTERS]
    codes = {"".join(chance.choices(letters, k=3)) + str(n) for n in range(100, 100 + _CODES)}
    return Language(tuple(words), tuple(weights), tuple(sorted(codes)))


def _invented(chance: random.Random) -> str:
    syllables = chance.choice((2, 2, 3))
    return "".join(chance.choice(_LETTERS) + chance.choice(_VOWELS) for _ in range(syllables))


def documents(count: int, *, seed: int) -> Iterator[Document]:
    """Yield documents; the first ones are the same however many are asked for."""
    language = invent_language(seed)
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        sections = [_section(language, chance) for _ in range(SECTIONS)]
        title = f"# The {language.word(chance)} of {language.word(chance)}, report {number}"
        yield Document(f"report{number:05}.md", "\n\n".join([title, *sections]) + "\n")


def _section(language: Language, chance: random.Random) -> str:
    """Write a section; its first sentence defines an abbreviation, as papers do."""
    terms = [language.word(chance) for _ in range(3)]
    short = "".join(term[0] for term in terms).upper()
    text = f"The {' '.join(terms)} ({short}) was {language.word(chance)}."
    while len(text) < SECTION_CHARS:
        text += " " + language.fill(chance.choice(_SENTENCES), chance)
    return f"## {language.word(chance).capitalize()} and {language.word(chance)}\n\n{text}"


def questions(count: int, *, seed: int) -> list[str]:
    """Return questions in the words of the documents of the same seed."""
    language, chance = invent_language(seed), random.Random(f"{seed}/questions")
    return [language.fill(_QUESTIONS[n % len(_QUESTIONS)], chance) for n in range(count)]


def write(folder: Path, found: Iterator[Document]) -> list[Path]:
    """Write documents into a folder, which is made, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for document in found:
        paths.append(folder / document.name)
        paths[-1].write_text(document.text, encoding="utf-8")
    return paths
