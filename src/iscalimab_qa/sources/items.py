"""How deep an item of a nested list lies, counted in items that say something."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class _Item:
    depth: int
    filled: bool = False


class OpenItems:
    """The list items that a reader is inside of, outermost first.

    An item that holds nothing but another list is no level of its own; a second paragraph of
    an item lies one level below its first, and so is led by it.
    """

    def __init__(self) -> None:
        """Begin outside of every list."""
        self._items: list[_Item] = []

    def __bool__(self) -> bool:
        """Whether an item is open."""
        return bool(self._items)

    def open(self, *, below_its_neighbour: bool = False) -> None:
        """Enter an item, one level lower where it explains the one before it (`dd` to `dt`)."""
        filled = sum(item.filled for item in self._items)
        self._items.append(_Item(filled + below_its_neighbour))

    def close(self) -> None:
        """Leave the innermost item."""
        self._items.pop()

    def depth_of_words(self) -> int:
        """Return the depth of words that now stand in the innermost item, and count them."""
        item = self._items[-1]
        depth = item.depth + item.filled
        item.filled = True
        return depth
