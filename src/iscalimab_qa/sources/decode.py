"""Bytes of a text file -> characters, whatever encoding they were saved in.

A document is never lost to its encoding: what is not UTF-8 is read with the best guess
there is, and a warning says so.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from iscalimab_qa.errors import UnreadableFileError

# The longer marks first: UTF-32 little endian starts with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAMPLE_BYTES = 65_536
"""Enough to tell text from binary data, and to guess an encoding, in milliseconds."""

_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})
_BINARY_SHARE = 0.02
_STRAY_CONTROLS = 2
"""Random bytes hold 10 % control characters; text holds stray ones at most."""

_UTF16_NUL_SHARE = 0.3
"""Western text in UTF-16 has a NUL in almost every second byte; this is far below that."""

_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_LETTER_BYTE = re.compile(rb"[A-Za-z\x80-\xff]")

_WESTERN_SHARE = 0.3
"""Accents, dashes and symbols are rarer than this among the letters of a Western text;
Cyrillic, Greek and East Asian text consists of high bytes."""

_STRAY_SHARE = 0.2
_WHOLE_LINES_SHARE = 0.2
"""With fewer of its high bytes invalid, or so many of them in lines that are valid, a text is
damaged or mixed UTF-8; in another encoding hardly a line is valid by chance."""

_OTHER_ENCODINGS = [
    "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp1251", "koi8_r", "cp1253", "cp1255",
    "cp1256", "cp1250",
]  # fmt: skip
"""What charset-normalizer chooses among: left alone it reads Windows text as DOS text."""


class Decoded(NamedTuple):
    """The text of a file, and what was done to read it (empty when nothing was lost)."""

    text: str
    warnings: tuple[str, ...] = ()


def decode_text(data: bytes, path: Path) -> Decoded:
    """Decode a text file: byte order mark, UTF-8, mixed encodings, then the best guess.

    Args:
        data: The whole file.
        path: Named in the error only.

    Raises:
        UnreadableFileError: If the bytes are no text in any encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    encoding_of_nuls = _utf16_without_mark(data)
    if encoding_of_nuls:
        return _decode_marked(data, encoding_of_nuls)
    if looks_binary(data):
        raise UnreadableFileError(path, f"is not text (its first bytes are {first_bytes(data)})")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_other(data)


def looks_binary(data: bytes) -> bool:
    """Tell whether more of the bytes are control characters than any text has."""
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > max(_STRAY_CONTROLS, _BINARY_SHARE * len(sample))


def first_bytes(data: bytes, count: int = 8) -> str:
    """Show the first bytes of a file as Python writes them: printable, on one line."""
    return repr(data[:count])


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    warning = f"bytes that are not valid {encoding} show as \ufffd ({lost} of them)"
    return Decoded(text, (warning,) if lost else ())


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = _UTF16_NUL_SHARE * len(sample) / 2
    # One half of the bytes is full of NULs and the other has none: Western text, no mark.
    if odd > enough and not even:
        return "utf-16-le"
    if even > enough and not odd:
        return "utf-16-be"
    return None


def _decode_other(data: bytes) -> Decoded:
    """Read a file that is not all UTF-8: mixed, Western, or in an encoding to be guessed."""
    high, letters = len(_HIGH_BYTE.findall(data)), len(_LETTER_BYTE.findall(data))
    strays = len(data) - len(data.decode("utf-8", errors="ignore").encode("utf-8"))
    western = high <= _WESTERN_SHARE * letters
    partly = strays <= _STRAY_SHARE * high or _in_valid_lines(data) >= _WHOLE_LINES_SHARE * high
    guess = None if western or partly else _guess_encoding(data)
    if guess:
        return Decoded(data.decode(guess, errors="replace"), (f"is not UTF-8; read as {guess}",))
    # Every valid UTF-8 sequence is kept, so a file of two encodings keeps both its halves.
    text = data.decode("utf-8", errors=_WINDOWS_FALLBACK)
    warning = f"bytes that are not valid UTF-8 were read as Windows-1252 ({strays} of {len(data)})"
    return Decoded(text, (warning,))


def _in_valid_lines(data: bytes) -> int:
    """Count the high bytes that stand in lines of valid UTF-8."""
    return sum(len(_HIGH_BYTE.findall(line)) for line in data.splitlines() if _is_utf_8(line))


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess_encoding(data: bytes) -> str | None:
    # Imported here because almost every document is UTF-8 and needs no guess.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_OTHER_ENCODINGS).best()
    return best.encoding if best else None


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that UTF-8 refused as Windows-1252; its five gaps become U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_WINDOWS_FALLBACK = "iscalimab-qa-windows-1252"
codecs.register_error(_WINDOWS_FALLBACK, _windows_1252)
