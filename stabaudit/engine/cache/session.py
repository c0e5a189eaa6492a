"""The files of a run beside what earlier runs have kept of them."""

from __future__ import annotations

import os
import time

from stabaudit.engine.cache.memo import Entries, digest
from stabaudit.engine.cache.store import CacheUpdate, Store, stamp
from stabaudit.records import Record
from stabaudit.source.places import Places
from stabaudit.source.read import is_python


class Found(Record):
    """What is known of the bytes of a file: what they are known by, whether they are silent, what is said of them."""

    content: str
    silent: bool = False
    entries: Entries | None = None


class CacheSession:
    """Asks the store about files, and tells it what becomes of them."""

    def __init__(self, store: Store, count: int, places: Places) -> None:
        self.store = store
        store.expect(count)
        # Of files that are under way: taken before they are read, so that a change in between shows.
        self._stamps: dict[str, int | None] = {}
        self._begun = time.time()
        self._places = places

    def is_silent(self, path: str) -> bool:
        """Whether nothing is to be said of a file, told by its name and time alone."""
        return self.store.is_silent(self._places.of(path), path)

    def untouched(self, path: str) -> str | None:
        """What the bytes of a file are known by, told by its name and time alone."""
        now = self._stamps[path] = stamp(path, self._begun)
        return self.store.at(self._places.of(path), now)

    def of(self, path: str, data: bytes, known: str | None) -> Found:
        """What is known of a file whose bytes have been read; `known` is what its name and time said."""
        # What was not touched before it was read and is not now has the bytes that it had.
        if known is not None and stamp(path, self._begun) == self._stamps.get(path):
            content = known
        else:
            content = content_of(path, data)
        said = self.store.of(content)
        if said is None:
            return Found(content)
        silent, entries = said
        if known != content:
            self.learn(path, CacheUpdate(content, silent, entries))
        return Found(content, silent, entries)

    def learn(self, path: str, learned: CacheUpdate) -> None:
        """Keep what was learned of a file."""
        self.store.learn(self._places.of(path), self._stamps.get(path), learned)


def content_of(path: str, data: bytes) -> str:
    """What the bytes of a file are known by; the same bytes say something else in a notebook."""
    kind = "" if is_python(path) else os.path.splitext(path)[1]
    return digest(data, kind)
