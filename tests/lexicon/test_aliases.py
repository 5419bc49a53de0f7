"""The alias files: the shipped one is sound, and a user's own is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscalimab_qa.errors import AliasesError
from iscalimab_qa.lexicon import AliasGroup, read_aliases, shipped_aliases, tokenize
from iscalimab_qa.lexicon.expansion import GAP
from iscalimab_qa.sources.normalise import matching_key

SAYS_NOTHING = frozenset(
    tokenize("study trial patients subjects participants treatment drug results")
)
"""Words of nearly every sentence of a paper: whoever asks for them finds anything."""


def test_the_shipped_file_knows_the_drug_by_its_code() -> None:
    assert AliasGroup("drug", ("iscalimab", "CFZ533"), ("iscalimab", "CFZ533")) in shipped_aliases()


def test_no_name_of_the_shipped_file_stands_for_two_drugs_targets_or_trials() -> None:
    exact = [group for group in shipped_aliases() if group.kind in {"drug", "target", "trial"}]
    names = [name.casefold() for group in exact for name in group.says]
    assert len(names) == len(set(names))


def test_a_name_of_the_shipped_file_is_of_one_kind_only() -> None:
    kinds: dict[str, set[str]] = {}
    for group in shipped_aliases():
        if group.kind != "plain":
            for name in group.says:
                kinds.setdefault(matching_key(name), set()).add(group.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_everyday_words_never_ask_for_what_any_sentence_holds() -> None:
    asked_for = [
        term for group in shipped_aliases() if group.kind == "plain" for term in group.means
    ]
    assert [term for term in asked_for if set(tokenize(term)) <= SAYS_NOTHING] == []


def test_everyday_words_have_a_word_that_a_text_can_lack() -> None:
    # Of "how often", "often" is left when the stopwords are gone; of "were in" nothing is.
    said = [name for group in shipped_aliases() if group.kind == "plain" for name in group.says]
    assert [name for name in said if not tokenize(name.partition(GAP)[2] or name)] == []


def test_no_name_is_given_twice_in_one_entry() -> None:
    for group in shipped_aliases():
        assert len(set(group.says)) == len(group.says)
        assert len(set(group.means)) == len(group.means)


def test_everyday_words_lead_to_technical_ones_and_not_back() -> None:
    plain = [group for group in shipped_aliases() if "dry mouth" in group.says]
    assert [group.means for group in plain] == [("Sjögren's", "sicca")]


def test_a_users_file_has_the_same_form(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[same]]\nkind = "drug"\nnames = ["abcimab", "XY1"]\n'
        '[[plain]]\nsays = ["sore joints"]\nasks_for = ["arthralgia"]\n',
        encoding="utf-8",
    )
    assert read_aliases(path) == (
        AliasGroup("drug", ("abcimab", "XY1"), ("abcimab", "XY1")),
        AliasGroup("plain", ("sore joints",), ("arthralgia",)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[same", "cannot be used"),
        ('[[equal]]\nnames = ["a"]', "unknown table 'equal'"),
        ('[[same]]\nname = ["a"]', "needs kind and names"),
        ('[[same]]\nkind = "drugs"\nnames = ["a"]', "unknown kind 'drugs'"),
        ('[[same]]\nkind = "drug"\nnames = "a"', "must be a list of names"),
        ('[[same]]\nkind = "drug"\nnames = []', "must be a list of names"),
        ('[[same]]\nkind = "drug"\nnames = ["--"]', "needs a letter or a digit"),
        ('same = "x"', "needs kind and names"),
    ],
)
def test_a_file_that_breaks_the_form_is_refused_with_the_reason(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AliasesError, match=said) as caught:
        read_aliases(path)
    assert caught.value.path == path


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AliasesError, match="cannot be read"):
        read_aliases(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AliasesError, match="cannot be read"):
        read_aliases(tmp_path / "bytes.toml")
