"""The two sides of the benchmark: the same steps, each as a process to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_child import Child, Spent


@dataclass(frozen=True, slots=True)
class Ours:
    """Our side: the command line wherever it can do the step."""

    child: Child
    corpus: Path
    index: Path
    sample: int | None

    def build(self) -> Spent:
        """Index the corpus."""
        return self._cli("index") if self.sample is None else self._sampled(self.sample)

    def rebuild(self) -> Spent:
        """Index everything anew, without a vector kept; of a large corpus nothing is encoded."""
        if self.sample is None:
            return self._cli("index", "--rebuild")
        return self._sampled(0, "--rebuild")

    def unchanged(self) -> Spent:
        """Index again."""
        spent = self._cli("index")
        assert spent.told["embedded"] == 0, f"something had changed: {spent.told}"
        return spent

    def add(self, file: Path) -> Spent:
        """Add a document."""
        return self._cli("add", file)

    def ask(self, question: str) -> Spent:
        """Ask one question in a fresh process."""
        return self._cli("ask", question)

    def ask_all(self, questions: Sequence[str], *, reader: bool = True) -> Spent:
        """Ask one assistant all questions, with what the reader says of them or without."""
        flags = () if reader else ("--without-reader",)
        where = (self.corpus, self.index)
        return self.child.script("bench_ours.py", "ask", *flags, *where, *questions)

    def _sampled(self, sample: int, *flags: str) -> Spent:
        where = [self.corpus, self.index, "--sample", sample]
        return self.child.script("bench_ours.py", "index", *where, *flags)

    def _cli(self, *arguments: object) -> Spent:
        where = ["--corpus", self.corpus, "--index", self.index]
        return self.child.cli(*where, *arguments, "--json")


@dataclass(frozen=True, slots=True)
class Textbook:
    """The other side; its retrieval of four passages stands beside our whole answer."""

    child: Child
    corpus: Path
    store: Path
    sample: int | None

    def build(self) -> Spent:
        """Index the corpus."""
        sample = [] if self.sample is None else ["--sample", self.sample]
        return self._step("index", self.corpus, self.store, *sample)

    def add(self, file: Path) -> Spent:
        """Add a document."""
        return self._step("add", file, self.store)

    def ask(self, question: str) -> Spent:
        """Retrieve for one question in a fresh process."""
        return self._step("ask", self.store, question)

    def ask_all(self, questions: Sequence[str]) -> Spent:
        """Retrieve for all questions in one process."""
        return self._step("ask", self.store, *questions)

    def _step(self, *arguments: object) -> Spent:
        return self.child.script("textbook.py", *arguments)
