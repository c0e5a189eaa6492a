"""What was made of the sources when the package was built, and is shipped with it.

A checkout has none of it: `python -m stabaudit.shipping` writes it, for a wheel. It is plain text, to read it runs
nothing, and it is believed only where the sources have the size and the checksum of those that it was made of.
"""

from __future__ import annotations

import contextlib
import os
from binascii import crc32
from collections.abc import Iterator, Sequence
from functools import cache

from stabaudit.catalogue.folder import FOLDER, PACKAGE
from stabaudit.catalogue.kept import read, write

#: Where it stands.
PLACE = os.path.join(PACKAGE, "shipped")
#: The packages that what is made of rules alone depends on; the rules themselves are not beside the others everywhere.
RULES = ("rules", "catalogue", "dialects", "sieve", "terms")


@cache
def shipped(name: str, packages: Sequence[str]) -> str | None:
    """The text that is shipped under a name, and was made of these packages as they are."""
    path = os.path.join(PLACE, name)
    # Nothing is there, or it is damaged.
    with contextlib.suppress(OSError, ValueError):
        if os.path.exists(path):
            return read(path, _key(packages))
    return None


def ship(name: str, packages: Sequence[str], text: str) -> None:
    """Write what is to be shipped under a name."""
    os.makedirs(PLACE, exist_ok=True)
    write(os.path.join(PLACE, name), _key(packages), text)


@cache
def _key(packages: Sequence[str]) -> str:
    # Nobody forges what is installed: a checksum tells an edited file, in 5 million instructions where a
    # digest takes 9.
    found = size = 0
    for path in _sources(packages):
        # A hundred files are read: buffers for each take as long as all else.
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            data = os.read(file, os.fstat(file).st_size)
        finally:
            os.close(file)
        found = crc32(os.path.basename(path).encode(), crc32(data, found))
        size += len(data)
    return f"{size} {found:08x}"


def _sources(packages: Sequence[str]) -> Iterator[str]:
    for package in packages:
        folder = FOLDER if package == "rules" else os.path.join(PACKAGE, package)
        with os.scandir(folder) as entries:
            yield from sorted(entry.path for entry in entries if entry.name.endswith(".py"))
