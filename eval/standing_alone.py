"""Does a question make sense without the article that it was written beside?

"Who was excluded from the study?" can be answered by any study; asked of a library it has no
right answer. A question stands alone when it says enough to find its article, and points at
nothing that only its reader sees.

Saying enough: each word narrows the articles down to those that hold it. The words of a question
narrow them down by the sum of their inverse document frequencies over articles, counted as if
they were independent. `ENOUGH` is one article in twenty. Pointing: a demonstrative or a pronoun,
or "the study", "the authors", "the results" without an "of".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iscalimab_qa.answering.terms import token_set

ENOUGH = math.log(20)

_POINTING = re.compile(
    r"""\b(?: this | these | those | it | its | they | their | them | he | she | here
          | above | below | the\s+(?:\w+\s+)?(?: stud(?:y|ies) | paper | article | authors?
            | researchers? | survey | trial | experiments? | results? | analys[ei]s | findings?
            | searches | publication | report | review | cases? | sample | participants | patients )
        )\b(?!\s+of\b)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Articles:
    """How many articles there are, and in how many each token stands."""

    count: int
    holding: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Articles:
        """Count the tokens of article texts."""
        tokens = [token_set(text) for text in texts]
        return cls(len(tokens), Counter(token for held in tokens for token in held))

    def narrowed_by(self, question: str) -> float:
        """Return the information in a question's words, in nats; one of no article counts most."""
        holding = (self.holding.get(token, 1) for token in token_set(question))
        return sum(math.log(self.count / articles) for articles in holding)


def stands_alone(question: str, articles: Articles) -> bool:
    """Whether a question can be asked of a library, not only beside its article."""
    return articles.narrowed_by(question) >= ENOUGH and not _POINTING.search(question)
