from __future__ import annotations

from pathlib import Path

import pytest

from iscalimab_qa.errors import SettingsError
from iscalimab_qa.settings import (
    corpus_folders,
    index_folder,
    load_settings,
    shipped_corpus,
    user_corpus,
)


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_arguments_win_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "iscalimab-qa.toml"
    file.write_text('[retrieval]\npassages = 5\ncandidates = 50\n[encoder]\nbackend = "torch"\n')
    monkeypatch.setenv("ISCALIMAB_QA_RETRIEVAL__PASSAGES", "6")
    settings = load_settings(model="fake:one")
    assert settings.encoder.backend == "torch"
    assert settings.retrieval.passages == 6
    assert settings.retrieval.candidates == 50
    monkeypatch.setenv("ISCALIMAB_QA_MODEL", "fake:two")
    assert load_settings(model="fake:one").model == "fake:one"
    assert load_settings().model == "fake:two"


def test_several_corpora_stand_in_one_variable_as_in_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISCALIMAB_QA_CORPUS", "papers:notes")
    assert load_settings().corpus == (Path("papers"), Path("notes"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[retrieval]\npasages = 5\n",
            "no setting 'retrieval.pasages'. Did you mean 'retrieval.passages'",
        ),
        ("[retrieval]\npassages = 0\n", "'retrieval.passages' is 0: .* greater than or equal to 1"),
        ("not toml", "is not valid TOML"),
    ],
)
def test_a_wrong_file_says_which_setting_and_what_was_expected(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "iscalimab-qa.toml").write_text(text)
    with pytest.raises(SettingsError, match=message):
        load_settings()


def test_a_misspelt_variable_fails_and_the_nearest_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ISCALIMAB_QA_CORPUSS", "papers")
    with pytest.raises(SettingsError, match="Did you mean 'ISCALIMAB_QA_CORPUS'"):
        load_settings()


def test_a_named_configuration_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="There is no configuration file"):
        load_settings(tmp_path / "none.toml")


def test_a_secret_is_masked_in_every_dump(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISCALIMAB_QA_MODEL_KEY", "sk-very-secret")
    settings = load_settings()
    assert "very-secret" not in f"{settings!r} {settings.model_dump()} {settings.model_dump_json()}"


def test_without_a_corpus_the_shipped_one_and_the_users_are_meant() -> None:
    assert corpus_folders(load_settings()) == (shipped_corpus(), user_corpus())
    assert (shipped_corpus() / "README.md").exists()


def test_two_choices_of_corpus_never_share_a_default_index(tmp_path: Path) -> None:
    default, papers, notes = (
        index_folder(load_settings(corpus=corpus))
        for corpus in ((), (tmp_path / "papers",), (tmp_path / "notes",))
    )
    assert len({default, papers, notes}) == 3
    assert index_folder(load_settings(corpus=(tmp_path / "papers",))) == papers
