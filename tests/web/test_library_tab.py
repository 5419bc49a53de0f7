"""The library tab: names are confined, uploads described, rows rendered as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from stand_in_chat import StandIn

from iscalimab_qa.assistant import SourceSummary
from iscalimab_qa.errors import ChangeUnderWayError, FrontMatterError, UnreadableFileError
from iscalimab_qa.index.corpora import SHIPPED_KEY, Corpus
from iscalimab_qa.index.holdings import Holdings, LeftOut, holdings
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.citation_files import Reference
from iscalimab_qa.sources.detect import is_document_name
from iscalimab_qa.sources.frontmatter import parse_metadata
from iscalimab_qa.sources.sidecar import Details, require_sound, same_title, sidecar_text
from iscalimab_qa.web.details_form import Filled, keep, open_form
from iscalimab_qa.web.librarian import Librarian, Outcome
from iscalimab_qa.web.library_html import library_html, outcomes_html, pending_html, removal_html
from iscalimab_qa.web.library_rows import Row, rows_of
from iscalimab_qa.web.uploads import CitationFile, Pending, described, examine, safe_name

HOSTILE = '<img src=x onerror=alert(1)> "quoted" ${1+1} {{value}}'


def text_of(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


# --- names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("paper.pdf", "paper.pdf"),
        ("../../x.PDF", "x.pdf"),
        ("..\\..\\windows\\x.md", "x.md"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("A trial (2020), final.docx", "A-trial-2020-final.docx"),
        ("Müller 2020.pdf", "Müller-2020.pdf"),
        (".hidden.md", "hidden.md"),
        ("README.md", "document-README.md"),
        ("a\x00b\n.txt", "a-b.txt"),
        ("<img src=x>.html", "img-src-x.html"),
        (f"{'ü' * 300}.pdf", f"{'ü' * 100}.pdf"),
    ],
)
def test_a_name_is_confined_to_the_folder(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@pytest.mark.parametrize(
    "name", ["../../x", "x", "", "..", ".pdf", "virus.exe", "a.pdf/..", "-.md"]
)
def test_a_name_of_no_document_is_refused_in_words(name: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"rename it|is not read"):
        safe_name(name)


@given(st.text(), st.sampled_from([".pdf", ".md", ".txt"]))
def test_no_name_leads_out_of_a_folder_or_is_ignored_in_it(stem: str, suffix: str) -> None:
    try:
        name = safe_name(stem + suffix)
    except UnreadableFileError:
        return
    assert Path(name).name == name
    assert is_document_name(name)
    assert len(f"{name}.meta.yaml".encode()) <= 255


# --- what is said of a document -----------------------------------------------------


def test_a_sidecar_is_read_back_as_it_was_written() -> None:
    details = Details(
        title="A trial: 0408, 'no' & #1", doi="10.1000/182", trials=("NCT01234567",),
        kind="randomised_trial", tier=1, authors=("Owl, A", "no"), published="2020-03",
        pmid="0012",
    )  # fmt: skip
    read = parse_metadata(sidecar_text(details), Path("x"), first_line=1, fallback_title="-")
    assert read.source_id is None
    assert read.metadata.title == details.title
    assert (read.metadata.doi, read.metadata.pmid) == (details.doi, details.pmid)
    assert [trial.trial_id for trial in read.metadata.trials] == ["NCT01234567"]
    assert (read.metadata.kind, read.metadata.tier) == ("randomised_trial", 1)
    assert read.metadata.authors == details.authors


def test_where_nothing_is_said_no_sidecar_is_written() -> None:
    assert sidecar_text(Details()) == ""


def test_a_field_of_the_wrong_form_is_told_without_a_line_of_a_file_that_nobody_sees() -> None:
    with pytest.raises(FrontMatterError) as refused:
        require_sound(Details(title="A", doi="see below"), "paper.pdf")
    assert refused.value.reason.startswith("field 'doi': expected a DOI")


def test_titles_are_the_same_but_for_case_accents_and_punctuation() -> None:
    assert same_title("Sjögren’s disease: a trial", "SJOGREN'S DISEASE - A TRIAL.")
    assert not same_title("Sjögren’s disease: a trial", "Sjögren’s disease: a second trial")
    assert not same_title("", "")


def pending(name: str, title: str = "", doi: str = "", **changed: object) -> Pending:
    return Pending(Path(name), name, Details(title=title, doi=doi), **changed)  # type: ignore[arg-type]


def reference(title: str, doi: str = "") -> Reference:
    return Reference(title=title, doi=doi, container="Journal of Owls")


@pytest.mark.parametrize(
    ("document", "file_name"),
    [
        (pending("a.pdf", "another title", "10.1000/OWL"), "export.ris"),
        (pending("a.pdf", "An owl: a trial"), "export.ris"),
        (pending("owls 2020.pdf", "scan"), "Owls-2020.nbib"),
    ],
    ids=["by DOI", "by title", "by file name"],
)
def test_a_citation_file_describes_the_document_it_belongs_to(
    document: Pending, file_name: str
) -> None:
    other = pending("b.pdf", "A goose")
    told = CitationFile(file_name, (reference("An Owl - a Trial", "10.1000/owl"),))
    first, second = described([document, other], [told])
    assert first.details.title == "An Owl - a Trial"
    assert first.details.container == "Journal of Owls"
    assert first.described_by == file_name
    assert second == other


def test_the_only_reference_describes_the_only_document() -> None:
    told = CitationFile("export.ris", (reference("An owl"),))
    (one,) = described([pending("scan001.pdf", "scan")], [told])
    assert one.details.title == "An owl"


def test_of_several_references_none_is_guessed() -> None:
    told = CitationFile("export.ris", (reference("An owl"), reference("A goose")))
    document = pending("scan001.pdf", "scan")
    assert list(described([document], [told])) == [document]


def test_a_document_that_describes_itself_keeps_its_own_words() -> None:
    document = pending("a.md", "An owl", own_words=True)
    assert list(described([document], [CitationFile("a.ris", (reference("An owl"),))])) == [
        document
    ]


def test_uploads_are_read_with_what_their_first_page_says(tmp_path: Path) -> None:
    paper, front, ris = tmp_path / "p a.md", tmp_path / "front.md", tmp_path / "x.ris"
    paper.write_text("# An owl\n\nDOI: 10.1000/owl.1. NCT01234567.\n\nIt fell by 3 points.\n")
    front.write_text("---\ntitle: A goose\nkind: review\n---\n\n# Goose\n\nIt rose by 3 points.\n")
    ris.write_text("TY  - JOUR\nTI  - An owl\nAU  - Owl, A\nER  - \n")
    one, two = examine([paper, front, ris], ReadingSettings())
    assert (one.name, one.details.title, one.details.doi) == ("p-a.md", "An owl", "10.1000/owl.1")
    assert one.details.trials == ("NCT01234567",)
    assert one.details.authors == ("Owl, A",)
    assert (two.details.title, two.details.kind, two.own_words) == ("A goose", "review", True)


def test_the_form_keeps_what_was_filled_in_for_the_document_it_showed() -> None:
    documents = (pending("a.pdf", "A"), pending("b.pdf", "B"))
    filled = Filled("b.pdf", " Better A ", "10.1000/1", "NCT01234567; T2", "review", "6", "a.pdf")
    first, second = keep(documents, filled)
    assert first.details == Details(
        title="Better A", doi="10.1000/1", trials=("NCT01234567", "T2"), kind="review", tier=6
    )
    assert second == documents[1]
    assert open_form((first, second), "b.pdf")[1:] == ["B", "", "", "", "", "b.pdf"]


def test_the_form_offers_only_what_it_can_describe() -> None:
    documents = (pending("a.pdf", problem="is empty"), pending("b.md", own_words=True))
    document, *rest = open_form(documents)
    assert document["choices"] == []
    assert document["visible"] is False
    assert rest == [""] * 6


def test_a_second_change_is_told_that_it_is_second(monkeypatch: pytest.MonkeyPatch) -> None:
    librarian = Librarian(StandIn())  # type: ignore[arg-type]

    def rebuild_while_rebuilding(*_: object, **__: object) -> None:
        with pytest.raises(ChangeUnderWayError, match="questions can be asked meanwhile"):
            librarian.rebuild()

    monkeypatch.setattr("iscalimab_qa.web.librarian.update_library", rebuild_while_rebuilding)
    librarian.rebuild()
    librarian.rebuild()  # and the first has let go again


# --- the table ----------------------------------------------------------------------


def summary(source_id: str, **changed: object) -> SourceSummary:
    fields: dict[str, object] = {
        "source_id": source_id, "title": source_id.title(), "kind": "review", "trials": (),
        "tier": None, "text_kind": "original", "published": "2020-03", "passages": 3,
        "path": f"{source_id}.md", "warnings": (),
    }  # fmt: skip
    return SourceSummary(**{**fields, **changed})  # type: ignore[arg-type]


def test_a_row_says_whose_a_source_is_and_what_is_left_out() -> None:
    folders = [
        Corpus(Path("s"), SHIPPED_KEY, writable=False),
        Corpus(Path("m"), "m", writable=True),
    ]
    held = Holdings(
        {"owl": "m", "goose": SHIPPED_KEY},
        (LeftOut("duck", SHIPPED_KEY, "duck.md"), LeftOut("elsewhere", "gone", "e.md")),
    )
    rows = rows_of([summary("owl"), summary("goose")], held, folders)
    assert [(row.source_id, row.state) for row in rows] == [
        ("goose", "shipped"),
        ("owl", "yours"),
        ("duck", "excluded"),
    ]
    assert rows[0].year == "2020"


def test_a_library_that_cannot_be_looked_into_tells_nothing(tmp_path: Path) -> None:
    assert holdings(tmp_path) == Holdings({}, ())


def test_what_a_document_says_of_itself_appears_as_text() -> None:
    row = Row(
        HOSTILE, HOSTILE, "yours", HOSTILE, (HOSTILE,), None, HOSTILE, 1, "digest", (HOSTILE,)
    )
    page = BeautifulSoup(library_html([row], may_change=True), "html.parser")
    assert not page.select("img, script")
    assert page.select_one(".title").get_text() == HOSTILE  # type: ignore[union-attr]
    assert page.select_one("button.act")["data-source"] == HOSTILE  # type: ignore[index]
    written = (
        pending_html([Pending(Path("x"), HOSTILE, Details(title=HOSTILE), warnings=(HOSTILE,))])
        + outcomes_html([Outcome(HOSTILE, HOSTILE, problem=HOSTILE), Outcome(HOSTILE, HOSTILE)])
        + removal_html(row)
    )
    assert not BeautifulSoup(written, "html.parser").select("img, script")
    assert text_of(written).count("<img src=x onerror=alert(1)>") >= 6


def test_a_reader_has_nothing_to_click_but_what_arranges_the_table() -> None:
    rows = [Row("owl", "Owl", "yours"), Row("duck", "duck", "excluded", kind="")]
    for_reader = BeautifulSoup(library_html(rows, may_change=False), "html.parser")
    assert not for_reader.select("button.act")
    for_librarian = BeautifulSoup(library_html(rows, may_change=True), "html.parser")
    verbs = [button.get_text() for button in for_librarian.select("button.act")]
    assert verbs == ["Remove", "Take back"]


def test_filters_offer_what_the_library_holds() -> None:
    rows = [
        Row(
            "owl", "Owl", "yours", "review", ("NCT01234567",), 6, "2020", warnings=("hidden text",)
        ),
        Row("goose", "Goose", "shipped", "news", (), None, "2021"),
    ]
    page = BeautifulSoup(library_html(rows, may_change=False), "html.parser")

    def options(name: str) -> list[str]:
        return [one.get_text() for one in page.select(f"select[name={name}] option")]

    assert options("kind") == ["all", "news", "review"]
    assert options("trials") == ["all", "NCT01234567"]
    assert options("tier") == ["all", "6 review", "unclassified"]
    assert options("year") == ["all", "2021", "2020"]
    assert options("state") == ["all", "shipped", "yours", "with warnings"]
    assert page.select_one("tbody tr")["data-state"] == "yours|warnings"  # type: ignore[index]
    assert "hidden text" in text_of(str(page.select_one("tbody details")))


def test_an_upload_is_told_in_one_line() -> None:
    html = outcomes_html(
        [
            Outcome("a.pdf", "An owl", 12, 3, ("one page is a picture",)),
            Outcome("b.pdf", problem="is not a PDF"),
        ]
    )
    assert [text_of(str(line)) for line in BeautifulSoup(html, "html.parser").select("li")] == [
        "read a.pdf An owl; 12 passages, 3 tables one page is a picture",
        "not read b.pdf is not a PDF",
    ]
