from __future__ import annotations

from pathlib import Path

import pytest

from iscalimab_qa.errors import FrontMatterError
from iscalimab_qa.sources.frontmatter import Described, parse_metadata, split_front_matter

PATH = Path("papers/a.md")

DIGEST = """\
id: moss2031
title: "Zelotamab: a 16-week trial"
kind: randomised_trial
authors: [Moss P, Lind T]
container: J Inv Immunol 4(2):11
published: 2031-03
doi: https://doi.org/10.1234/jii.2031.7
pmid: 0408
trials:
  - id: NCT99999999
    aliases: [KIDNEY-1]
    indication: focal glomerular disease
    phase: 2
    status: terminated
    status_date: 2031-02-28
    reason: slow enrolment
    status_source: https://registry.example/x
url: https://journal.example/7
tier: 1
text_kind: digest
read_from: abstract
accessed: 2031-04-01
notes: Written from the abstract.
"""


def parse(yaml_text: str, first_line: int = 2) -> Described:
    return parse_metadata(yaml_text, PATH, first_line=first_line, fallback_title="a")


def test_front_matter_is_cut_off_and_the_body_left_whole() -> None:
    cut = split_front_matter("---\ntitle: A\n---\n\n# B\n", PATH)
    assert cut == ("title: A\n", 2, "\n# B\n")


def test_front_matter_may_end_with_dots_and_have_windows_line_ends_and_a_mark() -> None:
    cut = split_front_matter("\ufeff---\r\ntitle: A\r\n...\r\nB\r\n", PATH)
    assert cut == ("title: A\n", 2, "B\n")


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n---\n\ntitle: no",
        "---\n\n# A heading under a rule\n",
        "---\nOnly words between two rules\n---\n",
        "---\n---\n",
        "----\ntitle: a\n----\n",
        "",
        "---",
    ],
)
def test_a_document_that_merely_begins_with_a_rule_has_no_front_matter(text: str) -> None:
    assert split_front_matter(text, PATH) is None


def test_front_matter_that_never_closes_is_broken() -> None:
    with pytest.raises(FrontMatterError, match="never closes") as caught:
        split_front_matter("---\ntitle: A\n\n# B\n", PATH)
    assert caught.value.line == 1
    assert str(caught.value).startswith("a.md: line 1: ")


def test_a_comment_or_a_broken_first_line_does_not_hide_the_fields() -> None:
    assert split_front_matter("---\n# of the library\ntitle: A\n---\nB", PATH) is not None
    assert split_front_matter("---\ntitel A\nid: x\n---\nB", PATH) is not None


def test_every_field_is_read() -> None:
    source_id, metadata = parse(DIGEST)
    (trial,) = metadata.trials
    assert source_id == "moss2031"
    assert metadata.title == "Zelotamab: a 16-week trial"
    assert metadata.authors == ("Moss P", "Lind T")
    assert (metadata.published, metadata.accessed) == ("2031-03", "2031-04-01")
    assert (metadata.doi, metadata.pmid) == ("10.1234/jii.2031.7", "0408")
    assert (trial.trial_id, trial.aliases, trial.phase) == ("NCT99999999", ("KIDNEY-1",), "2")
    assert (trial.status, trial.status_date) == ("terminated", "2031-02-28")
    assert metadata.notes == ("Written from the abstract.",)


def test_an_original_needs_no_field() -> None:
    source_id, metadata = parse("")
    assert source_id is None
    assert (metadata.title, metadata.kind, metadata.text_kind) == ("a", "document", "original")


def test_a_field_without_a_value_counts_as_not_given() -> None:
    assert parse("title:\ndoi: ~\n").metadata.title == "a"


def test_authors_may_stand_in_one_text() -> None:
    assert parse("authors: Moss P, Lind T").metadata.authors == ("Moss P", "Lind T")


def test_a_title_is_cleaned_like_any_text() -> None:
    assert parse('title: "co\\u00adstim &lt; 5"').metadata.title == "costim < 5"


@pytest.mark.parametrize(
    ("read_from", "tier", "effective"),
    [
        ("full text", 1, 1),
        ("abstract", 1, 2),
        ("registry", 2, 2),
        ("secondary", 3, 8),
        ("secondary", 9, 9),
    ],
)
def test_a_digest_is_no_stronger_than_what_its_writer_had_read(
    read_from: str, tier: int, effective: int
) -> None:
    text = f"id: a\ntitle: A\nkind: review\ntext_kind: digest\nread_from: {read_from}\ntier: {tier}"
    assert parse(text).metadata.tier == effective


def test_the_tier_of_an_original_is_left_as_it_is() -> None:
    assert parse("tier: 1\nread_from: secondary").metadata.tier == 1


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("id: a\ntitel: x", 3, "unknown field 'titel'; did you mean 'title'?"),
        ("trials:\n  - id: N\n    aliasses: [x]", 4, "did you mean 'aliases'?"),
        ("title: A\ntitle: B", 3, "field 'title' stands twice"),
        ("title: {a: b}", 2, "field 'title': expected one text, found fields"),
        ("title: ''", 2, "expected 1 to"),
        (f"title: {'x' * 501}", 2, "at most 500"),
        ("id: -x", 2, "field 'id': expected a letter or figure"),
        ("id: a/b", 2, "found 'a/b'"),
        ("kind: randomized_trial", 2, "did you mean 'randomised_trial'?"),
        ("published: 2031-02-29", 2, "not in the calendar"),
        ("published: March 2031", 2, "expected a date as"),
        ("doi: 11.1234/x", 2, "expected a DOI"),
        ("pmid: PMC12", 2, "1 to 9 digits"),
        ("tier: 11", 2, "from 1 to 10"),
        ("tier: 1.5", 2, "from 1 to 10"),
        ("url: javascript:alert(1)", 2, "http:// or https://"),
        ("url: https:///path", 2, "with a host"),
        ("trials: NCT1", 2, "expected a list"),
        ("trials:\n  - phase: 2", 3, "must also have: id"),
        ("id: x\ntrials:\n  - id: N\n    status: terminated", 4, "must also have: status_source"),
        ("trials:\n  - id: N\n    status: stopped", 4, "expected one of recruiting"),
        ("text_kind: digest\nid: a", 2, "must also have: title, kind, read_from"),
        ("title: one: two", 2, "in quotes"),
        ("title: [", 2, "not valid YAML"),
        ("- a", 2, "found a list"),
        ("only words", 2, "found 'only words'"),
        ("title: A\nnotes: &x a", 3, "anchor or alias"),
        ("title: *x", 2, "anchor or alias"),
        ("title: !!python/name:os.system x", 2, "uses the tag"),
        ("title: !x y", 2, "uses the tag"),
        ("title: A\n---\ntitle: B", 3, "another document"),
        ("title: \x07", 2, "U+0007"),
        ("notes: " + "[" * 20 + "]" * 20, 2, "nested more than"),
        ("notes: |\n" + "  x\n" * 30_000, 2, "longer than"),
    ],
)
def test_a_broken_field_is_named_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse(text)
    assert caught.value.line == line
    assert says in str(caught.value)


def test_lines_of_a_sidecar_are_counted_from_its_own_top() -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse("title: A\ntier: x", first_line=1)
    assert caught.value.line == 2


def test_a_hundred_thousand_brackets_are_refused_at_once() -> None:
    with pytest.raises(FrontMatterError, match="nested"):
        parse("[" * 60_000)
