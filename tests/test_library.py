from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document

from iscalimab_qa.errors import LibrarySchemaError
from iscalimab_qa.library import EncodingCache, FileRecord, Library, LibraryReader
from iscalimab_qa.library.codec import (
    decode_blocks,
    decode_metadata,
    decode_unit,
    encode_blocks,
    encode_metadata,
    encode_unit,
    source_digest,
)
from iscalimab_qa.passages import EncodedUnit, Passage
from iscalimab_qa.sources.values import (
    Block,
    Source,
    SourceMetadata,
    Span,
    Table,
    TableRow,
    TrialRecord,
)
from iscalimab_qa.units import ContextQuote, RowCell, Unit

TEXT = st.text(max_size=12)
NUMBER = st.integers(0, 10_000)
SPAN = st.builds(Span, NUMBER, NUMBER)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def several(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=3).map(tuple)


TRIALS = st.builds(
    TrialRecord,
    trial_id=TEXT,
    aliases=several(TEXT),
    indication=maybe(TEXT),
    phase=maybe(TEXT),
    status=maybe(st.sampled_from(["completed", "terminated"])),
    status_date=maybe(TEXT),
    reason=maybe(TEXT),
    status_source=maybe(TEXT),
)
METADATA = st.builds(
    SourceMetadata,
    title=TEXT,
    kind=st.sampled_from(["document", "note"]),
    authors=several(TEXT),
    container=maybe(TEXT),
    published=maybe(TEXT),
    doi=maybe(TEXT),
    pmid=maybe(TEXT),
    trials=several(TRIALS),
    url=maybe(TEXT),
    tier=maybe(st.integers(1, 10)),
    text_kind=st.sampled_from(["original", "digest"]),
    read_from=maybe(st.sampled_from(["full text", "abstract"])),
    accessed=maybe(TEXT),
    notes=several(TEXT),
)
ROWS = st.builds(TableRow, span=SPAN, cells=several(SPAN), group=maybe(SPAN))
TABLES = st.builds(Table, head=several(ROWS), rows=several(ROWS), caption=maybe(SPAN))
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(["paragraph", "table", "note"]),
    start=NUMBER,
    end=NUMBER,
    section=several(TEXT),
    leads=several(SPAN),
    page=maybe(NUMBER),
    table=maybe(TABLES),
)
UNITS = st.builds(
    Unit,
    source_id=TEXT,
    start=NUMBER,
    end=NUMBER,
    quote=TEXT,
    text=TEXT,
    kind=st.sampled_from(["sentence", "row"]),
    section=several(TEXT),
    page=maybe(NUMBER),
    context=several(
        st.builds(ContextQuote, st.sampled_from(["caption", "lead"]), NUMBER, NUMBER, TEXT)
    ),
    cells=several(st.builds(RowCell, TEXT, TEXT)),
)
SOURCES = st.builds(
    Source,
    source_id=TEXT,
    metadata=METADATA,
    text=TEXT,
    blocks=several(BLOCKS),
    warnings=several(TEXT),
)


def passage(source_id: str, start: int, text: str) -> Passage:
    end = start + len(text)
    metadata = {"source_id": source_id, "start": start, "end": end, "title": "T"}
    document = Document(id=f"{source_id}#{start}-{end}", page_content=text, metadata=metadata)
    return Passage(document, f"Head\n{text}")


def unit(source_id: str, start: int, quote: str) -> Unit:
    return Unit(source_id, start, start + len(quote), quote, quote, "sentence")


def encoded(one: Unit) -> EncodedUnit:
    return EncodedUnit(one, f"T\n{one.text}")


def source(source_id: str, text: str) -> Source:
    blocks = (Block("paragraph", 0, len(text)),)
    return Source(source_id, SourceMetadata(title=source_id), text, blocks)


def put(library: Library, source_id: str, text: str) -> None:
    with library.transaction():
        library.put_source(
            source(source_id, text),
            [passage(source_id, 0, text)],
            [encoded(unit(source_id, 0, text))],
            origin=("corpus", f"{source_id}.md"),
        )


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library.sqlite") as opened:
        yield opened


@given(METADATA)
def test_metadata_comes_back_as_it_was(metadata: SourceMetadata) -> None:
    assert decode_metadata(encode_metadata(metadata)) == metadata


@given(several(BLOCKS))
def test_blocks_come_back_as_they_were(blocks: tuple[Block, ...]) -> None:
    decoded = decode_blocks(encode_blocks(blocks))
    assert decoded == blocks
    assert all(isinstance(lead, Span) for block in decoded for lead in block.leads)


@given(UNITS)
def test_a_unit_comes_back_as_it_was(one: Unit) -> None:
    decoded = decode_unit(encode_unit(one))
    assert decoded == one
    assert all(isinstance(quote, ContextQuote) for quote in decoded.context)
    assert all(isinstance(cell, RowCell) for cell in decoded.cells)


@given(SOURCES, SOURCES)
def test_sources_have_the_same_digest_exactly_if_they_are_equal(one: Source, two: Source) -> None:
    assert (source_digest(one) == source_digest(two)) == (one == two)


@settings(max_examples=25, deadline=None)
@given(one=SOURCES)
def test_a_source_comes_back_from_the_library_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, one: Source
) -> None:
    path = tmp_path_factory.mktemp("library") / "library.sqlite"
    with Library.open(path) as library:
        with library.transaction():
            library.put_source(one, [], [], origin=("corpus", "one.md"))
        assert library.source(one.source_id) == one
        assert library.digests() == {one.source_id: source_digest(one)}
        assert library.sources()[0].metadata == one.metadata


def test_a_source_that_is_put_again_takes_the_place_of_the_old_one(library: Library) -> None:
    put(library, "alpha", "Old words, and many of them.")
    put(library, "alpha", "New words.")
    assert library.passage_ids() == ("alpha#0-10",)
    assert [found.quote for found in library.units_for(["alpha#0-10"])] == ["New words."]


def test_a_dropped_source_takes_its_passages_and_units_along(library: Library) -> None:
    put(library, "alpha", "Some words.")
    put(library, "beta", "Other words.")
    with library.transaction():
        library.drop_source("alpha")
    assert library.passage_ids() == ("beta#0-12",)
    assert library.units_of_source("alpha") == []
    assert library.source("alpha") is None


def test_what_fails_in_a_transaction_leaves_no_trace(library: Library) -> None:
    put(library, "alpha", "Some words.")
    with pytest.raises(ZeroDivisionError), library.transaction():
        library.drop_source("alpha")
        raise ZeroDivisionError
    assert library.passage_ids() == ("alpha#0-11",)


def test_passages_are_sorted_by_id_as_python_sorts(library: Library) -> None:
    # Code points and UTF-8 bytes sort alike: "Z" < "a" < "é" < "β" < "😀".
    for source_id in ["β", "a", "😀", "Z", "é"]:
        put(library, source_id, "Words.")
    assert list(library.passage_ids()) == sorted(library.passage_ids())
    assert [row.passage_id for row in library.stored_passages()] == list(library.passage_ids())


def test_units_that_reach_into_a_passage_are_its_units(library: Library) -> None:
    # Two passages cut a long sentence (3-15) in the middle: it belongs to both, and is
    # returned with the first.
    text = "No. A long one here. End."
    units = [
        encoded(unit("a", start, text[start:end])) for start, end in [(0, 3), (4, 20), (21, 25)]
    ]
    passages = [passage("a", 0, text[:10]), passage("a", 10, text[10:])]
    with library.transaction():
        library.put_source(source("a", text), passages, units, origin=("corpus", "a.md"))
    quotes = {
        ids: [found.quote for found in library.units_for(ids)]
        for ids in [("a#0-10",), ("a#10-25",), ("a#10-25", "a#0-10")]
    }
    assert quotes == {
        ("a#0-10",): ["No.", "A long one here."],
        ("a#10-25",): ["A long one here.", "End."],
        ("a#10-25", "a#0-10"): ["A long one here.", "End.", "No."],
    }


def test_files_and_exclusions_are_remembered(library: Library) -> None:
    record = FileRecord("corpus", "caf\udce9.md", "[1]", 2**62, "digest", "cafe")
    with library.transaction():
        library.put_file(record)
        library.exclude("shipped", "given")
        library.exclude("shipped", "given")
    assert library.files() == {("corpus", "caf\udce9.md"): record}
    assert library.excluded() == {("shipped", "given")}
    with library.transaction():
        library.forget_file("corpus", "caf\udce9.md")
    assert library.files() == {}


def test_a_snapshot_stays_as_it_was_when_the_library_moves_on(
    library: Library, tmp_path: Path
) -> None:
    put(library, "alpha", "Some words.")
    library.write_snapshot(tmp_path / "snapshot.sqlite")
    put(library, "alpha", "Other words.")
    put(library, "beta", "More words.")
    with LibraryReader.open_snapshot(tmp_path / "snapshot.sqlite") as snapshot:
        assert snapshot.passage_ids() == ("alpha#0-11",)
    library.write_snapshot(tmp_path / "later.sqlite")
    with LibraryReader.open_snapshot(tmp_path / "later.sqlite") as later:
        changes = later.changes_since(tmp_path / "snapshot.sqlite")
    assert changes == (["alpha#0-12", "beta#0-11"], ["alpha#0-11"])


def test_a_snapshot_cannot_be_written_to(library: Library, tmp_path: Path) -> None:
    library.write_snapshot(tmp_path / "snapshot.sqlite")
    with (
        LibraryReader.open_snapshot(tmp_path / "snapshot.sqlite") as snapshot,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        snapshot._connection.execute("DELETE FROM sources")


def test_a_library_in_a_folder_of_any_name_can_be_opened(tmp_path: Path) -> None:
    folder = tmp_path / "100% of #1?"
    folder.mkdir()
    with Library.open(folder / "library.sqlite") as library:
        put(library, "alpha", "Some words.")
        library.write_snapshot(folder / "snapshot.sqlite")
    with LibraryReader.open_snapshot(folder / "snapshot.sqlite") as snapshot:
        assert snapshot.changes_since(folder / "library.sqlite") == ([], [])


def test_shared_identifiers_are_found_whatever_their_case(library: Library) -> None:
    for source_id, doi, pmid in [("a", "10.1/X", None), ("b", "10.1/x", "7"), ("c", None, "7")]:
        metadata = SourceMetadata(title=source_id, doi=doi, pmid=pmid)
        with library.transaction():
            one = Source(source_id, metadata, "Words.", ())
            library.put_source(one, [], [], origin=("corpus", f"{source_id}.md"))
    assert library.shared_identifiers() == [
        ("DOI", "10.1/x", ("a", "b")),
        ("PMID", "7", ("b", "c")),
    ]


def test_the_texts_that_have_a_vector_are_those_of_passages_and_of_cited_units(
    library: Library,
) -> None:
    text = "One. Two. [1] A paper."
    units = [
        EncodedUnit(unit("a", 5, "Two."), "T\nTwo."),
        EncodedUnit(unit("a", 0, "One."), "T\nOne."),
        EncodedUnit(unit("a", 10, "[1] A paper."), None),
    ]
    with library.transaction():
        library.put_source(
            source("a", text), [passage("a", 0, "One.")], units, origin=("corpus", "a.md")
        )
    put(library, "b", "Three.")
    contents = library.contents()
    assert contents == sorted(contents)
    texts = library.encoded_texts(contents)
    assert library.encoded_texts(contents[1:2]) == {contents[1]: texts[contents[1]]}
    assert library.encoded_texts([]) == {}
    assert set(texts.values()) == {"Head\nOne.", "T\nOne.", "T\nTwo.", "Head\nThree.", "T\nThree."}
    # Source by source, in reading order, whatever the order in which they were put.
    assert [texts[content] for content in library.unit_contents()] == [
        "T\nOne.",
        "T\nTwo.",
        "T\nThree.",
    ]
    assert library.first_unit_rows() == {"a": 0, "b": 2}
    assert library.unit_spans("a") == [(0, 4), (5, 9)]
    assert library.unit_spans("nothing") == []


def test_a_library_of_version_1_is_taken_over_with_what_was_removed_from_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        put(library, "alpha", "Some words.")
        library.exclude("shipped", "beta")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP INDEX units_with_vector; ALTER TABLE units DROP COLUMN content; "
            "ALTER TABLE units DROP COLUMN encoded; PRAGMA user_version = 1"
        )
    with Library.open(path) as library:
        assert library.excluded() == {("shipped", "beta")}
        assert [one.quote for one in library.units_of_source("alpha")] == ["Some words."]
        assert library.unit_contents() == []
        put(library, "alpha", "Some words.")
        assert len(library.unit_contents()) == 1


@pytest.mark.parametrize("version", [0, 3])
def test_a_library_of_another_version_is_refused(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.sqlite"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(LibrarySchemaError, match="index --rebuild") as caught:
        Library.open(path)
    assert caught.value.found == f"version {version}"


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"This is a letter to a friend, and no database. " * 100)
    with pytest.raises(LibrarySchemaError):
        Library.open(path)


def test_vectors_are_kept_apart_by_encoder_and_come_back_bit_for_bit(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)
    path = tmp_path / "cache.sqlite"
    with EncodingCache.open(path) as cache:
        cache.put_vectors(["a", "b", "c"], rows, encoder="one")
        assert cache.lacking(["d", "a", "d", "c"], encoder="one") == ["d"]
        assert cache.lacking(["a"], encoder="two") == ["a"]
    with EncodingCache.open(path) as cache:
        assert np.array_equal(cache.matrix(["c", "a", "c"], encoder="one"), rows[[2, 0, 2]])
        assert cache.matrix([], encoder="one").shape == (0, 0)
        with pytest.raises(KeyError):
            cache.matrix(["d"], encoder="one")


def test_terms_are_made_once_for_a_text_and_a_tokenizer(tmp_path: Path) -> None:
    made: list[str] = []

    def tokenize(text: str) -> list[str]:
        made.append(text)
        return text.split()

    with EncodingCache.open(tmp_path / "cache.sqlite") as cache:
        texts = {"a": "IL-6 fell", "b": ""}
        expected = {"a": "IL-6\nfell", "b": ""}
        assert cache.terms(texts, tokenizer="one", tokenize=tokenize) == expected
        assert cache.terms(texts, tokenizer="one", tokenize=tokenize) == expected
        assert made == ["IL-6 fell", ""]
        cache.terms(texts, tokenizer="two", tokenize=tokenize)
        assert len(made) == 4


def test_the_cache_forgets_what_it_is_told_not_to_keep(tmp_path: Path) -> None:
    with EncodingCache.open(tmp_path / "cache.sqlite") as cache:
        cache.put_vectors(["a", "b"], np.ones((2, 4), np.float32), encoder="one")
        cache.keep_only(["b"])
        assert cache.lacking(["a", "b"], encoder="one") == ["a"]


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(b"This is no database. " * 1000)
    with EncodingCache.open(path) as cache:
        assert cache.lacking(["a"], encoder="one") == ["a"]
