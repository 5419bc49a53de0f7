from __future__ import annotations

from pathlib import Path

import pytest

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.claims import (
    CheckedClaim,
    LabelledClaim,
    as_markdown,
    checked,
    citations_of,
    cited_units,
    read_claims,
    table,
)
from iscalimab_qa.evidence.values import Checks
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Source

ROOT = Path(__file__).parents[2]


def claim(identity: str, kind: str | None, **fields: str) -> LabelledClaim:
    known = {
        "split": "dev",
        "claim": "Pain fell.",
        "source_id": "s",
        "quote": "Pain fell.",
        "verdict": "corrupted" if kind else "supported",
    }
    return LabelledClaim.model_validate({"id": identity, "kind": kind, **known, **fields})


def document(text: str) -> Source:
    return read_source(Path("s.md"), text.encode(), ReadingSettings())


CHECKED = [
    CheckedClaim(claim("1", "figure"), Checks(figures="failed")),
    CheckedClaim(claim("2", "figure"), Checks(arms="failed")),
    CheckedClaim(claim("3", "arm"), Checks(arms="failed")),
    CheckedClaim(claim("4", "drug"), Checks()),
    CheckedClaim(claim("5", None), Checks(arms="failed")),
    CheckedClaim(claim("6", None), Checks(figures="ok")),
]


def test_a_checks_recall_is_over_its_own_corruptions_and_its_precision_over_all_it_failed() -> None:
    rows = {row.name: row for row in table(CHECKED)}
    # figures failed 1 of the 2 figure corruptions, and nothing supported
    assert (rows["check figures"].recall, rows["check figures"].precision) == (0.5, 1.0)
    # arms failed 2, 3 and 5: two of three are corrupted; its own one, 3, is found
    assert (rows["check arms"].recall, rows["check arms"].precision) == (1.0, 2 / 3)
    assert rows["check arms"].false_alarms == 1


def test_a_kind_is_found_by_any_check() -> None:
    rows = {row.name: row for row in table(CHECKED)}
    assert rows["kind figure"].recall == 1.0
    assert rows["kind drug"].recall == 0.0
    assert rows["kind trial"].recall is None


def test_all_checks_together_are_the_last_row() -> None:
    # corrupted 1-4, flagged 1, 2, 3 and 5
    last = table(CHECKED)[-1]
    assert (last.own, last.flagged, last.recall, last.precision) == (4, 4, 0.75, 0.75)


def test_the_table_shows_the_halves_apart() -> None:
    shown = as_markdown({"dev": CHECKED, "held": CHECKED[:2]})
    assert "| check figures | 2 | 1 | 0 | 1.000 | 0.500 | 2 | 1 | 0 | 1.000 | 0.500 |" in shown
    assert shown.endswith("dev: 2 supported, 4 corrupted; held: 0 supported, 2 corrupted")


def test_a_quote_is_cited_with_the_heads_of_its_row() -> None:
    source = document("# T\n\n| Outcome | Drug (n = 5) |\n|---|---|\n| Deaths | 3 |\n")
    (cited,) = citations_of(claim("1", None, quote="Deaths | 3"), source)
    assert cited.cells[1].head == "Drug (n = 5)"


def test_a_quote_that_is_not_in_its_source_is_an_error() -> None:
    with pytest.raises(EvaluationError, match="not in s"):
        cited_units(document("# T\n\nPain fell.\n"), "Pain rose.")


def test_every_claim_is_held_against_its_own_source() -> None:
    source = document("# T\n\nPain fell.\n")
    done = checked([claim("1", None)], {"s": source}.__getitem__, lambda *_: Checks(drug="failed"))
    assert done[0].failed == {"drug"}


def test_a_line_that_is_no_claim_or_repeats_an_id_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    line = claim("1", None).model_dump_json()
    path.write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="occurs twice"):
        read_claims(path)
    path.write_text(line.replace('"supported"', '"corrupted"'), encoding="utf-8")
    with pytest.raises(EvaluationError, match="line 1"):
        read_claims(path)


def test_the_labelled_set_is_large_has_two_halves_and_every_quote_in_its_source() -> None:
    # Counts only: the held-back half is not looked at.
    claims = read_claims(ROOT / "eval" / "claims.jsonl")
    assert len(claims) >= 300
    for split in ("dev", "held"):
        half = [each for each in claims if each.split == split]
        assert len(half) >= 0.4 * len(claims)
        assert {each.kind for each in half} >= {"figure", "arm", "endpoint", "time", "negation"}
    for source_id in {each.source_id for each in claims}:
        folders = ("corpus", "eval/claims_corpus")
        path = next(p for f in folders if (p := ROOT / f / f"{source_id}.md").exists())
        source = read_source(path, path.read_bytes(), ReadingSettings())
        assert all(cited_units(source, c.quote) for c in claims if c.source_id == source_id)
