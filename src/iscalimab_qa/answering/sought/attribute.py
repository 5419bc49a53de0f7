"""What an attribute of a study or a document is: how it is asked for, and how it is told."""

from __future__ import annotations

import re
from typing import NamedTuple


class Attribute(NamedTuple):
    """What is asked for, the forms that tell it, and words that passages on it use.

    `words` are those of the question that a statement may lack; `query` is added to the question
    when passages are sought. `strict` says that nothing answers but one of the forms;
    `hints` are forms from which it may be gathered; `lists` says that it is often told as a list.
    `of_document` says that a document tells it of itself: it need not say its own title again, and
    what surrounds its contents (a disclaimer, an address) may tell it.
    """

    words: str
    asked: re.Pattern[str]
    told: re.Pattern[str]
    query: str
    strict: bool = False
    hints: re.Pattern[str] | None = None
    lists: bool = False
    of_document: bool = False
