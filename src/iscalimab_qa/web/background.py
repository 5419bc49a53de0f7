"""What goes on behind the page: warming up, then finding questions to begin with."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from iscalimab_qa.web.examples import Example, examples

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

_log = logging.getLogger(__name__)


class Background:
    """Makes the library ready while the page is up already; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        """Do nothing yet."""
        self._assistant = assistant
        self._warm = threading.Event()
        self._one_search = threading.Lock()
        self._found_for: str | None = None
        self._examples: tuple[Example, ...] = ()

    def start(self) -> None:
        """Begin, in a thread that ends with the program."""
        threading.Thread(target=self.run, daemon=True).start()

    @property
    def is_warm(self) -> bool:
        """Whether the first question need not wait any more."""
        return self._warm.is_set()

    def examples(self) -> tuple[Example, ...]:
        """Return questions to begin with; they are found once for each state of the library."""
        with self._one_search:
            generation = self._assistant.generation
            if self._found_for != generation:
                self._examples = self._found()
                self._found_for = generation
            return self._examples

    def run(self) -> None:
        """Warm up, then look for questions; whatever happens, the page goes on."""
        try:
            self._assistant.warm()
        except Exception:  # noqa: BLE001 (the first question meets the same and says so)
            _log.exception("The library could not be warmed up")
        self._warm.set()
        self.examples()

    def _found(self) -> tuple[Example, ...]:
        try:
            return examples(self._assistant)
        except Exception:  # noqa: BLE001 (a page without examples is still a page)
            _log.exception("No questions to begin with could be found")
            return ()
