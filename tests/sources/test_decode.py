from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.errors import UnreadableFileError
from iscalimab_qa.sources.decode import decode_text

PATH = Path("a.txt")
WORDS = "Sjögren’s disease – mean ≥ 0.5 µg"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")))
def test_utf_8_is_read_exactly_and_without_a_warning(text: str) -> None:
    assert decode_text(text.encode("utf-8"), PATH) == (text, ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_leaves_the_text(
    mark: bytes, encoding: str
) -> None:
    assert decode_text(mark + WORDS.encode(encoding), PATH) == (WORDS, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_nuls(encoding: str) -> None:
    assert decode_text("Plain words, 63.1%".encode(encoding), PATH).text == "Plain words, 63.1%"


def test_windows_text_is_read_as_windows_text() -> None:
    text = "Sjögren’s disease – mean ± SD, 10 µg; “naïve” patients"
    decoded = decode_text(text.encode("cp1252"), PATH)
    assert decoded.text == text
    assert len(decoded.warnings) == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Пациенты получали препарат каждые четыре недели в течение года", "cp1251"),
        ("患者は4週間ごとに投与を受けた。主要評価項目は24週時の変化量であった。", "shift_jis"),
        ("Οι ασθενείς έλαβαν θεραπεία κάθε τέσσερις εβδομάδες", "cp1253"),
    ],
)
def test_other_scripts_are_guessed_by_what_they_look_like(text: str, encoding: str) -> None:
    decoded = decode_text(text.encode(encoding), PATH)
    assert decoded.text == text
    assert "is not UTF-8" in decoded.warnings[0]


def test_of_a_file_in_two_encodings_both_halves_are_kept() -> None:
    data = "first ≥ 0.5\n".encode() + "second naïve – 2\n".encode("cp1252") + "third µ".encode()
    decoded = decode_text(data, PATH)
    assert decoded.text == "first ≥ 0.5\nsecond naïve – 2\nthird µ"
    # ï and the dash of the second line: two bytes that are no UTF-8
    assert decoded.warnings == (
        f"bytes that are not valid UTF-8 were read as Windows-1252 (2 of {len(data)})",
    )


def test_utf_8_cut_in_the_middle_of_a_character_loses_that_character_only() -> None:
    data = "Пациенты получали препарат ≥ 0.5".encode()[:-4]
    assert decode_text(data[:-1], PATH).text.startswith("Пациенты получали препарат ")


@pytest.mark.parametrize(
    "data",
    [
        random.Random(7).randbytes(4_000),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        b"words" + b"\x00" * 100,
    ],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="is not text"):
        decode_text(data, PATH)


def test_a_stray_control_character_does_not_cost_a_short_text() -> None:
    assert decode_text(b"Response\x0045%\x01", PATH).text == "Response\x0045%\x01"


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode_text(data, PATH)
    except UnreadableFileError:
        return
    assert isinstance(decoded.text, str)
