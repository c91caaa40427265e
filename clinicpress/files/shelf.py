"""What a process keeps of what it made, so that the next print need not make it again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class Shelf(Generic[Key, Thing]):
    """Things by what they were made of; the oldest go first where there is no room for all.

    Each takes as much of ``most`` as ``size`` says: one, if it says nothing.
    """

    def __init__(self, most: int, size: Callable[[Thing], int] = lambda thing: 1) -> None:
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._most, self._size, self._taken = most, size, 0

    def __iter__(self) -> Iterator[Key]:
        return iter(self._things)

    def get(self, key: Key) -> Thing | None:
        """Return what is kept under ``key``, if there is something."""
        return self._things.get(key)

    def add(self, key: Key, thing: Thing) -> None:
        """Keep ``thing`` under ``key``, in the place of what was kept there."""
        if key in self._things:
            self._taken -= self._size(self._things.pop(key))
        self._things[key] = thing
        self._taken += self._size(thing)
        while self._taken > self._most:
            _, gone = self._things.popitem(last=False)
            self._taken -= self._size(gone)

    def clear(self) -> None:
        """Keep nothing any more."""
        self._things.clear()
        self._taken = 0
