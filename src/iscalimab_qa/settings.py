"""Settings: defaults < `iscalimab-qa.toml` < environment (`ISCALIMAB_QA_*`) < arguments.

A name that is not known fails, numbers have bounds, and the values cannot be changed once
read. A nested value is named with two underscores in the environment:
`ISCALIMAB_QA_READING__MAX_FILE_MB=20`.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from iscalimab_qa.errors import SettingsError

CONFIG_NAME = "iscalimab-qa.toml"
APP_NAME = "iscalimab-qa"
ENV_PREFIX = "ISCALIMAB_QA_"


class Section(BaseModel):
    """A group of settings: bounded, frozen, and closed to names it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingSettings(Section):
    """What a reader accepts."""

    max_file_mb: float = Field(default=50.0, gt=0, le=1000)
    """Larger files are skipped: a 50 MB PDF is already a scanned book."""
    max_text_chars: int = Field(default=5_000_000, ge=1_000, le=100_000_000)
    """Text a single document may unpack to; a longer one is refused, not cut."""


class EncoderSettings(Section):
    """Which sentence encoder turns passages and questions into vectors."""

    model: str = "all-MiniLM-L6-v2"
    """The shipped encoder by its name, or a folder or hub name of another one."""
    backend: Literal["onnx", "torch"] = "onnx"
    """`onnx` asks without PyTorch; `torch` uses a GPU where there is one."""


class RetrievalSettings(Section):
    """How passages are found and how many travel on to the answer."""

    candidates: int = Field(default=200, ge=10, le=5_000)
    """Passages each ranking contributes before fusion, past the exact limit."""
    exact_limit: int = Field(default=20_000, ge=0, le=1_000_000)
    """Up to this many passages every passage is scored; beyond it Chroma proposes."""
    dense_weight: float = Field(default=0.5, ge=0, le=1)
    """Share of the dense score in the fusion. Half and half was the only mix that was
    safe on SciFact, PubMedQA and LiveQA-Med alike."""
    passages: int = Field(default=12, ge=1, le=200)
    """Passages that travel from the index to the answer."""
    reranker: str | None = None
    """A CrossEncoder, as a local folder or a name; none by default."""


class AnsweringSettings(Section):
    """How an answer is put together."""

    max_question_chars: int = Field(default=2_000, ge=50, le=20_000)
    """Longer questions are refused: the encoder reads 256 tokens in any case."""
    reader: bool = True
    """Have the best units read beside the question: more answers are right, on documents never
    seen above all (`eval/reader`). Each reading takes some 60 ms on two cores."""


class ServingSettings(Section):
    """What the chat takes from the people it is served to."""

    questions_per_minute: int = Field(default=60, ge=1, le=10_000)
    """Of one session, on average; as many may come at once. Nobody types faster."""
    upload_files: int = Field(default=20, ge=1, le=200)
    """Documents and citation files that may be uploaded at a time."""
    upload_mb: float = Field(default=200.0, gt=0, le=2_000)
    """What they may weigh together; `reading.max_file_mb` holds for each."""


class Settings(BaseSettings):
    """All settings of one run."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
    )

    corpus: Annotated[tuple[Path, ...], NoDecode] = ()
    """Corpus folders; none named means the shipped corpus and `<user data>/corpus`."""
    aliases: Path | None = None
    """A file of further aliases, of the form of those in `lexicon/curated`."""
    cache: Path | None = None
    """Where the exported encoder is kept; the platform's cache folder by default."""
    index: Path | None = None
    """Folder of library, generations and lock; one per choice of corpus by default."""
    on_mismatch: Literal["refuse", "rebuild"] = "refuse"
    """What `index` does when encoder or splitter changed."""
    offline: bool = False
    """Refuse whatever would leave the machine, a configured remote model included."""
    model: str | None = None
    """A chat model as `provider:name`; none means extractive answers."""
    model_url: str | None = None
    """Address of an OpenAI-compatible server for `model`."""
    model_key: SecretStr | None = None
    """The key for it; never printed."""
    reading: ReadingSettings = ReadingSettings()
    encoder: EncoderSettings = EncoderSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answering: AnsweringSettings = AnsweringSettings()
    serving: ServingSettings = ServingSettings()

    @field_validator("corpus", mode="before")
    @classmethod
    def _split_paths(cls, value: Any) -> Any:
        """Accept one path, or several joined as PATH is, from the environment."""
        if isinstance(value, str):
            return tuple(Path(part) for part in value.split(os.pathsep) if part)
        if isinstance(value, Path):
            return (value,)
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (fixed signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments over the environment over the configuration file."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=_config_file.get())
        return init_settings, env_settings, toml


_config_file: ContextVar[Path | None] = ContextVar("config_file", default=None)
"""The file that the settings under construction read; pydantic offers no argument for it."""


def load_settings(config: Path | None = None, **arguments: Any) -> Settings:
    """Read the settings of one run.

    Args:
        config: The configuration file; `iscalimab-qa.toml` in the working directory, else
            in the platform's configuration folder, when not given.
        **arguments: What the caller named outright; None means not named.

    Raises:
        SettingsError: A name is unknown, a value is out of bounds, or the file cannot be
            read. The message says which, and what was expected.
    """
    if config is not None and not config.is_file():
        raise SettingsError(f"There is no configuration file {str(config)!r}")
    _refuse_unknown_variables(os.environ)
    named = {name: value for name, value in arguments.items() if value not in (None, ())}
    token = _config_file.set(config or _found_config())
    try:
        return Settings(**named)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{_config_file.get()} is not valid TOML: {error}") from error
    finally:
        _config_file.reset(token)


def _found_config() -> Path | None:
    places = (Path.cwd(), platformdirs.user_config_path(APP_NAME))
    return next((place / CONFIG_NAME for place in places if (place / CONFIG_NAME).is_file()), None)


def _explain(error: ValidationError) -> str:
    """Say in one line which setting is wrong and how."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"There is no setting {name!r}.{_closest(name, _names(Settings))}"
    return f"The setting {name!r} is {first['input']!r}: {first['msg']}"


def _closest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def _names(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield prefix + name
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from _names(field.annotation, f"{prefix}{name}.")


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    """Refuse a misspelt `ISCALIMAB_QA_*`, which pydantic-settings would pass over."""
    known = {ENV_PREFIX + name.upper().replace(".", "__") for name in _names(Settings)}
    for variable in sorted(environment):
        if variable.startswith(ENV_PREFIX) and variable not in known:
            raise SettingsError(
                f"There is no setting behind the environment variable {variable!r}."
                f"{_closest(variable, known)}"
            )


def shipped_corpus() -> Path:
    """Return the starting corpus: beside the checkout's sources, else inside the wheel."""
    checkout = Path(__file__).parents[2] / "corpus"
    return checkout if checkout.is_dir() else Path(__file__).parent / "shipped_corpus"


def user_corpus() -> Path:
    """Return the folder that `add` copies into when no corpus is named; it may not exist."""
    return platformdirs.user_data_path(APP_NAME) / "corpus"


def feedback_file() -> Path:
    """Return the file in which the chat notes how answers were rated; it may not exist."""
    return platformdirs.user_data_path(APP_NAME) / "feedback.jsonl"


def corpus_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the corpus folders of a run, resolved: those named, else shipped and user's."""
    named = settings.corpus or (shipped_corpus(), user_corpus())
    return tuple(folder.expanduser().resolve() for folder in named)


def index_folder(settings: Settings) -> Path:
    """Return the folder of library, generations and lock: one for each choice of corpus.

    Two choices of corpus never share a default index, so that a question about one folder
    does not undo the index of another.
    """
    if settings.index is not None:
        return settings.index.expanduser().resolve()
    key = os.pathsep.join(str(folder) for folder in corpus_folders(settings))
    name = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return platformdirs.user_data_path(APP_NAME) / "indexes" / name
