"""Settings: defaults < `iscalimab-qa.toml` < environment (`ISCALIMAB_QA_*`) < arguments.

A name that is not known fails, numbers have bounds, and the values cannot be changed once
read. A nested value is named with two underscores in the environment:
`ISCALIMAB_QA_READING__MAX_FILE_MB=20`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from iscalimab_qa.errors import SettingsError

CONFIG_NAME = "iscalimab-qa.toml"
APP_NAME = "iscalimab-qa"


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


class Settings(BaseSettings):
    """All settings of one run."""

    model_config = SettingsConfigDict(
        env_prefix="ISCALIMAB_QA_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
    )

    corpus: tuple[Path, ...] = ()
    """Corpus folders; none named means the shipped corpus and `<user data>/corpus`."""
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

    @field_validator("corpus", mode="before")
    @classmethod
    def _split_paths(cls, value: Any) -> Any:
        """Accept one path, or several joined as PATH is, from the environment."""
        if isinstance(value, str):
            return tuple(Path(part) for part in value.split(os.pathsep) if part)
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments over the environment over the configuration file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
