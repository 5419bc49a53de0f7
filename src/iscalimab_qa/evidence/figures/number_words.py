"""Numbers as they are written: in digits with their marks, and in words."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS_AND_TEENS = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split(),
        range(20),
        strict=True,
    )
)
TENS = {
    word: 10 * tens
    for tens, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}


def number_of(written: str) -> Decimal:
    """Read a number's digits: "1,204" is 1204, "0,5" is 0.5, "1.204,5" is 1204.5."""
    digits = written.rstrip(".,")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}", digits):
        digits = digits.replace(".", "").replace(",", ".")
    else:
        whole, *rest = re.split(r"[.,]", digits)
        digits = f"{whole}.{''.join(rest)}" if rest else whole
    return Decimal(digits if digits[0] != "." else f"0{digits}")


def number_of_words(written: str) -> int:
    """Read a number in words up to ninety-nine: "twenty-one" is 21."""
    first, *rest = re.split(r"[- ]", written.lower())
    if first in UNITS_AND_TEENS:
        return UNITS_AND_TEENS[first]
    return TENS[first] + sum(UNITS_AND_TEENS[word] for word in rest)


def key_of(value: Decimal) -> str:
    """Write a number in one spelling, without a power of ten or closing zeros: "63.1"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
