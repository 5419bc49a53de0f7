"""A conversation as Markdown, DOCX and plain text, read back as others read them."""

from __future__ import annotations

import io

from docx import Document
from export_support import NOTICE, answer, citation, conversation, row
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from iscalimab_qa.exports.docx import docx
from iscalimab_qa.exports.markdown import markdown
from iscalimab_qa.exports.outline import quotation
from iscalimab_qa.exports.plain import plain_text
from iscalimab_qa.exports.text import one_line
from iscalimab_qa.exports.values import Conversation

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("[]()<>!*_`#&;:/\\|~$@{}-+=.1\n\r\t\x00\u2028\u202e 'w"), st.characters()
    ),
    max_size=40,
)
OUR_INLINE = {"text", "em_open", "em_close", "strong_open", "strong_close"}


def inline_tokens(text: str) -> list[Token]:
    """Read Markdown as CommonMark with tables and strike-through, which many readers add."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [child for token in tokens if token.children for child in token.children]


def shown(text: str) -> list[str]:
    """Return the text of each block of a Markdown document."""
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        "".join(child.content for child in token.children if child.type == "text")
        for token in tokens
        if token.type == "inline" and token.children
    ]


def paragraphs(talk: Conversation) -> list[tuple[str, str]]:
    found = Document(io.BytesIO(docx(talk))).paragraphs
    return [(each.style.name if each.style else "", each.text) for each in found]


TALK = conversation(
    answer("What is fernumab?", citation(1), row(2, "moss2021"), notices=(NOTICE,)),
    answer(
        "And placebo?",
        row(1, "moss2021", text_kind="digest"),
        standalone_question="What of placebo?",
        verdict="partial",
        opening="Nothing direct.",
    ),
)


def test_markdown_reads_in_the_order_of_the_page() -> None:
    assert shown(markdown(TALK))[2:9] == [
        "What is fernumab?",
        "Found in the library",
        "The trial was terminated. [1]",
        "Claim of fern2020. [1]",
        "[1] “Fernumab blocks the receptor.” (Fernumab in arthritis (fern2020), Discussion, "
        "characters 100-129)",
        "Claim of moss2021. [2]",
        "[2] Week 12 — Joint score; Fernumab: -6.1; Placebo: -2.4 (Fernumab in arthritis "
        "(moss2021), Discussion, characters 100-129)",
    ]


def test_a_later_answer_keeps_the_number_its_source_was_given() -> None:
    said = shown(markdown(TALK))
    assert "Claim of moss2021. [2]" in said[9:]
    assert said[-3:][0] == "References"
    assert said[1].startswith("Library as of 2025-11-22.")


def test_a_digest_is_never_set_in_quotation_marks() -> None:
    told = quotation(citation(text_kind="digest", page=3))
    assert "“" not in told
    assert told.endswith("page 3, characters 100-129, as summarised in this library)")


@given(HOSTILE)
def test_no_title_quote_or_question_becomes_markup_in_markdown(text: str) -> None:
    hostile = citation(title=text, quote=text, section=text)
    talk = conversation(answer(text or "?", hostile, opening=text, standalone_question=text + "?"))
    written = markdown(talk)
    assert {token.type for token in inline_tokens(written)} <= OUR_INLINE
    assert any(one_line(text) in said for said in shown(written))
    assert [line for line in written.splitlines() if line.startswith("#")] == [
        line for line in written.splitlines() if line.startswith(("# ", "## "))
    ]
    kinds = {token.type for token in MarkdownIt("commonmark").parse(written)}
    assert not kinds & {"html_block", "fence", "code_block", "hr", "table_open"}


def test_a_bare_address_in_a_title_is_no_link_for_readers_that_link_them() -> None:
    title = "See https://evil.example/x or www.evil.example or me@evil.example"
    written = markdown(conversation(answer("?", citation(title=title))))
    assert "https://" not in written
    assert "www.evil" not in written
    assert "me@" not in written
    assert title in shown(written)[-1]


def test_docx_has_real_headings_superscript_numbers_and_the_verdict() -> None:
    said = paragraphs(TALK)
    assert ("Heading 1", "What is fernumab?") in said
    assert ("Normal", "Found in the library") in said
    assert ("Intense Quote", "The trial was terminated.[1]") in said
    assert ("Heading 1", "References") in said
    assert said[-1][1].startswith("2. Fernumab in arthritis (moss2021). 2020 Mar")
    document = Document(io.BytesIO(docx(TALK)))
    claim = next(p for p in document.paragraphs if p.text.startswith("Claim of fern2020"))
    assert [(run.text, run.font.superscript) for run in claim.runs][-1] == ("[1]", True)


@given(HOSTILE)
def test_docx_holds_whatever_a_document_wrote_as_text(text: str) -> None:
    hostile = citation(title=text, quote=text, section=text)
    said = paragraphs(conversation(answer("?", hostile)))
    assert any(one_line(text) in told for _, told in said)


def test_plain_text_is_the_answer_with_its_references() -> None:
    talk = conversation(answer("What is fernumab?", citation(1, title="Fernumab")))
    assert plain_text(talk) == (
        "What is fernumab?\n"
        "Found in the library\n"
        "Claim of fern2020. [1]\n"
        "\n"
        "References\n"
        "1. Fernumab. 2020 Mar.\n"
        "Library as of 2025-11-22. A reading aid, not medical advice.\n"
    )
