from __future__ import annotations

import random
from pathlib import Path

import pytest
from make_docx import add_table, add_xml, docx_bytes, new_document, with_parts

from iscalimab_qa.errors import TooLargeError, UnreadableFileError, UnsafeFileError
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.docx import read_docx
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Block

PATH = Path("paper.docx")
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def read(data: bytes) -> tuple[str, tuple[Block, ...]]:
    built = read_docx(data, PATH, max_chars=1_000_000).built
    return built.text, built.blocks


def lines(document) -> list[tuple[str, str]]:
    text, blocks = read(docx_bytes(document))
    return [(block.kind, text[block.start : block.end]) for block in blocks]


def paragraph_xml(runs: str) -> str:
    return f"<w:p {{W}}>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


# --- structure ----------------------------------------------------------------------


def test_title_and_headings_make_the_section_path() -> None:
    document = new_document()
    document.add_heading("A trial", 0)
    document.add_heading("Methods", 1)
    document.add_heading("Patients", 2)
    document.add_paragraph("Adults took part.")
    _, blocks = read(docx_bytes(document))
    assert [block.kind for block in blocks] == ["heading"] * 3 + ["paragraph"]
    assert blocks[-1].section == ("A trial", "Methods", "Patients")
    assert blocks[-1].page is None


def test_a_heading_is_known_by_the_outline_of_a_style_of_ones_own() -> None:
    document = new_document()
    style = document.styles.add_style("House Section", 1)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("Results", style=style)
    assert lines(document) == [("heading", "Results")]


def test_a_short_bold_line_is_a_heading_and_a_bold_sentence_is_not() -> None:
    document = new_document()
    document.add_paragraph().add_run("Study design").bold = True
    document.add_paragraph().add_run("This must be read with care.").bold = True
    assert [kind for kind, _ in lines(document)] == ["heading", "paragraph"]


def test_lists_keep_their_depth_by_style_and_by_numbering() -> None:
    document = new_document()
    document.add_paragraph("Endpoints:")
    document.add_paragraph("Primary", style="List Bullet")
    document.add_paragraph("Response", style="List Bullet 2")
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    add_xml(document, paragraph_xml(numbered + run("Relapse")))
    text, blocks = read(docx_bytes(document))
    items = [block for block in blocks if block.kind == "list_item"]
    leads = [[text[lead.start : lead.end] for lead in item.leads] for item in items]
    assert leads == [["Endpoints:"], ["Endpoints:", "Primary"], ["Endpoints:", "Primary"]]


def test_a_table_is_bound_to_its_caption_and_its_first_row_is_its_head() -> None:
    document = new_document()
    document.add_paragraph("Table 1 Response at week 24")
    add_table(
        document,
        [["Endpoint", "Drug (n=20)", "Placebo (n=10)"], ["Response", "45%", "20%"]],
    )
    text, blocks = read(docx_bytes(document))
    table = blocks[-1].table
    assert table is not None
    assert table.caption is not None
    assert text[slice(*table.caption)] == "Table 1 Response at week 24"
    assert [text[slice(*row.span)] for row in table.head] == [
        "Endpoint | Drug (n=20) | Placebo (n=10)"
    ]
    assert [text[slice(*row.span)] for row in table.rows] == ["Response | 45% | 20%"]


def test_a_caption_under_its_table_belongs_to_it_and_one_above_the_next_does_not() -> None:
    document = new_document()
    add_table(document, [["Endpoint", "Drug"], ["Response", "45%"]])
    document.add_paragraph("Table 1. The first")
    document.add_paragraph("Text between the tables.")
    document.add_paragraph("Table 2. The second")
    add_table(document, [["Endpoint", "Drug"], ["Relapse", "8%"]])
    text, blocks = read(docx_bytes(document))
    captions = [block.table.caption for block in blocks if block.table]
    assert [text[slice(*caption)] for caption in captions if caption] == [
        "Table 1. The first",
        "Table 2. The second",
    ]


def test_a_cell_merged_downwards_is_said_in_each_row_it_stands_for() -> None:
    document = new_document()
    table = add_table(
        document,
        [["Time", "Arm", "Response"], ["Week 24", "Drug", "45%"], ["", "Placebo", "20%"]],
    )
    table.cell(1, 0).merge(table.cell(2, 0))
    assert lines(document)[0][1] == (
        "Time | Arm | Response\nWeek 24 | Drug | 45%\nWeek 24 | Placebo | 20%"
    )


def test_a_head_of_two_rows_keeps_its_spans() -> None:
    document = new_document()
    table = add_table(
        document,
        [
            ["Endpoint", "Week 24", ""],
            ["", "Drug", "Placebo"],
            ["Response", "45%", "20%"],
        ],
    )
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    text, blocks = read(docx_bytes(document))
    assert blocks[0].table is not None
    head = [[text[slice(*cell)] for cell in row.cells] for row in blocks[0].table.head]
    assert head == [["Endpoint", "Week 24", "Week 24"], ["", "Drug", "Placebo"]]


def test_a_row_that_spans_the_table_is_a_group() -> None:
    document = new_document()
    table = add_table(
        document,
        [["Endpoint", "Drug"], ["Secondary endpoints", ""], ["Response", "45%"]],
    )
    table.cell(1, 0).merge(table.cell(1, 1))
    text, blocks = read(docx_bytes(document))
    assert blocks[0].table is not None
    (row,) = blocks[0].table.rows
    assert row.group is not None
    assert text[slice(*row.group)] == "Secondary endpoints"


def test_a_frame_of_one_cell_is_text() -> None:
    document = new_document()
    document.add_table(1, 1).cell(0, 0).text = "Key message in a frame."
    assert lines(document) == [("paragraph", "Key message in a frame.")]


# --- what is read and what is not ---------------------------------------------------


def test_deleted_and_hidden_text_is_gone_and_inserted_text_is_there() -> None:
    document = new_document()
    add_xml(
        document,
        paragraph_xml(
            run("The dose was ")
            + '<w:del w:id="1" w:author="x"><w:r><w:delText>300</w:delText></w:r></w:del>'
            + f'<w:ins w:id="2" w:author="x">{run("600")}</w:ins>'
            + run(" mg")
            + run(" internal remark", "<w:vanish/>")
            + run(" daily", '<w:vanish w:val="0"/>')
            + run(".")
        ),
    )
    assert lines(document) == [("paragraph", "The dose was 600 mg daily.")]


def test_a_deleted_row_of_a_table_is_gone() -> None:
    document = new_document()
    table = add_table(document, [["Endpoint", "Drug"], ["Old", "1%"], ["Response", "45%"]])
    row = table.rows[1]._tr
    row.get_or_add_trPr().append(row.makeelement(row.tag[: row.tag.index("}") + 1] + "del", {}))
    assert lines(document) == [("table", "Endpoint | Drug\nResponse | 45%")]


def test_content_controls_and_text_boxes_are_read_once() -> None:
    document = new_document()
    add_xml(
        document,
        f"<w:sdt {{W}}><w:sdtContent><w:p>{run('In a control.')}</w:p></w:sdtContent></w:sdt>",
    )
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    add_xml(
        document,
        f"<w:p {{W}} {mc}>{run('Anchor.')}<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>",
    )
    assert [text for _, text in lines(document)] == ["In a control.", "Anchor.", "In a box."]


def test_reference_marks_leave_and_powers_stay() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    document = new_document()
    add_xml(
        document,
        paragraph_xml(
            run("Response was rare.") + run("3", raised) + run(",", raised) + run("4", raised)
        ),
    )
    add_xml(document, paragraph_xml(run("Counts above 10") + run("9", raised) + run("/L.")))
    assert [text for _, text in lines(document)] == ["Response was rare.", "Counts above 10⁹/L."]


def test_letters_of_the_symbol_font_are_what_they_show() -> None:
    document = new_document()
    add_xml(
        document,
        paragraph_xml(
            run("Score ")
            + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
            + run(" 3 and TNF-\uf061; done ")
            + '<w:r><w:sym w:font="Wingdings" w:char="F06C"/></w:r>'
        ),
    )
    assert lines(document) == [("paragraph", "Score ≥ 3 and TNF-α; done")]


def test_field_codes_and_the_table_of_contents_are_not_evidence() -> None:
    document = new_document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Methods ... 4", style="toc 1")
    add_xml(
        document,
        paragraph_xml(
            run("See ")
            + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("the page")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + run(".")
        ),
    )
    assert lines(document) == [("boilerplate", "Methods ... 4"), ("paragraph", "See the page.")]


def test_footnotes_stand_at_the_end_and_their_marks_are_gone() -> None:
    document = new_document()
    add_xml(document, paragraph_xml(run("Text") + '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    data = docx_bytes(document)
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run("Only in adults.")}</w:p>'
        "</w:footnote></w:footnotes>"
    )
    data = with_parts(data, with_relation(data, "footnotes", FOOTNOTES, notes))
    text, blocks = read(data)
    assert [(block.kind, text[block.start : block.end]) for block in blocks] == [
        ("paragraph", "Text"),
        ("heading", "Footnotes"),
        ("paragraph", "Only in adults."),
    ]


def with_relation(data: bytes, name: str, content_type: str, xml: str) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").decode()
        relations = package.read("word/_rels/document.xml.rels").decode()
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
    return {
        f"word/{name}.xml": xml.encode(),
        "[Content_Types].xml": types.replace(
            "</Types>",
            f'<Override PartName="/word/{name}.xml" ContentType="{content_type}"/></Types>',
        ).encode(),
        "word/_rels/document.xml.rels": relations.replace(
            "</Relationships>",
            f'<Relationship Id="rNote" Type="{kind}" Target="{name}.xml"/></Relationships>',
        ).encode(),
    }


# --- hostile packages ---------------------------------------------------------------


def bomb(size: int) -> bytes:
    return with_parts(docx_bytes(new_document()), {"word/media/image1.bin": b"\0" * size})


def test_a_decompression_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnsafeFileError, match="as a decompression bomb does"):
        read_docx(bomb(40_000_000), PATH, max_chars=5_000_000)


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    noise = random.Random(3).randbytes(30_000) * 400  # packs some 100 fold
    data = with_parts(docx_bytes(new_document()), {"word/media/image1.bin": noise})
    # 10,000,000 in any case, 20 for each of 1,000 characters, ten times the file: below 12,000,000
    with pytest.raises(TooLargeError, match=r"unpacks to 1\d,\d{3},\d{3} bytes"):
        read_docx(data, PATH, max_chars=1_000)


def test_a_document_type_with_entities_is_refused() -> None:
    xml = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = with_parts(docx_bytes(new_document()), {"word/document.xml": xml.encode()})
    with pytest.raises(UnsafeFileError, match="document type of its own"):
        read_docx(data, PATH, max_chars=10_000)


def test_entities_are_not_resolved_even_where_the_check_does_not_see_them() -> None:
    xml = (
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE d [<!ENTITY x "resolved">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Text &x;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = with_parts(docx_bytes(new_document()), {"word/document.xml": xml.encode("utf-16")})
    text, _ = read(data)
    assert text == "Text"


def test_a_deeply_nested_document_is_one_line() -> None:
    inner = "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000
    xml = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{inner}</w:body></w:document>"
    )
    data = with_parts(docx_bytes(new_document()), {"word/document.xml": xml.encode()})
    with pytest.raises(UnreadableFileError):
        read_source(PATH, data, ReadingSettings())


def test_the_title_of_the_properties_is_kept() -> None:
    document = new_document()
    document.core_properties.title = "Stored title"
    document.add_paragraph("Words.")
    assert read_docx(docx_bytes(document), PATH, max_chars=1_000).stored_title == "Stored title"
