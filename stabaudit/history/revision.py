"""Which files have changed since a revision, and what they were then."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stabaudit.catalogue.names import UsageError
from stabaudit.history import git
from stabaudit.history.likeness import nearest
from stabaudit.history.repository import Repository, around
from stabaudit.records import Record
from stabaudit.source import regular
from stabaudit.source.errors import FileError
from stabaudit.source.find import tidy
from stabaudit.source.read import load

#: So many files that are gone are compared with those that are new.
MOST_GONE = 1000


class File(Record):
    """A file that is checked: as it is shown, its name in the repository, and its bytes, if it can be read."""

    path: str
    name: bytes
    data: bytes | None


def changed(paths: Iterable[str], revision: str, merge_base: bool = True) -> dict[str, bytes]:
    """Of the files at `paths` those that differ from what they were, with the bytes they had then.

    Compared is with `revision`, or with `merge_base` with its last common ancestor with the current commit. A file that
    was renamed had the bytes of its old name, a new one had none. Raises `UsageError` where there is no such revision.
    """
    groups: dict[Repository, list[str]] = {}
    for path in paths:
        repository = around(os.path.dirname(os.path.realpath(path)))
        if repository is None:
            raise UsageError(f"--since: {path} lies in no git repository; check it without --since")
        groups.setdefault(repository, []).append(path)
    before: dict[str, bytes] = {}
    for repository, inner in groups.items():
        with git.on(repository) as program:
            base = _commit(program, repository, revision, merge_base)
            before.update(_of(program, repository, base, inner))
    # In the order in which they were named.
    return {path: before[path] for group in groups.values() for path in group if path in before}


def _commit(program: git.Git, repository: Repository, revision: str, merge_base: bool) -> str:
    where = f"in the repository {tidy(repository.root)}"
    said = program.ask("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if said is None:
        raise UsageError(f"--since {revision}: no such commit {where}; fetch it, or check the name")
    commit = said.decode().strip()
    if not merge_base:
        return commit
    common = program.ask("merge-base", "HEAD", commit)
    if common is None:
        raise UsageError(
            f"--since {revision}: has no common ancestor with HEAD {where};"
            " in a shallow clone run `git fetch --unshallow`, or add --no-merge-base"
        )
    return common.decode().strip()


def _of(program: git.Git, repository: Repository, base: str, paths: Sequence[str]) -> dict[str, bytes]:
    files = [_file(path, repository.root) for path in paths]
    names = {file.name for file in files}
    suffixes = tuple({os.path.splitext(file.name)[1] for file in files})
    then, gone = _listed(program, repository, base, names, suffixes)
    found: dict[str, bytes] = {}
    new: list[File] = []
    wanted: dict[str, str] = {}
    for file in files:
        number = then.get(file.name)
        if number is None:
            new.append(file)
        elif file.data is None or _number(file.data, number) != number:
            wanted[file.path] = number
    # Renamed, with not a byte changed.
    moved = {*gone.values()}
    length = len(next(iter(moved), ""))
    new = [file for file in new if file.data is None or _number(file.data, "0" * length) not in moved]
    numbers = [*wanted.values(), *(gone.values() if new else ())]
    contents = _contents(program, numbers)
    found.update((path, contents.get(number, b"")) for path, number in wanted.items())
    old = [contents[number] for number in gone.values() if number in contents] if new else []
    found.update((file.path, nearest(file.data or b"", old)) for file in new)
    return found


def _file(path: str, root: str) -> File:
    name = os.fsencode(os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/"))
    try:
        return File(path, name, load(path))
    except FileError:
        # Whoever checks it says what is wrong with it.
        return File(path, name, None)


def _listed(
    program: git.Git, repository: Repository, base: str, names: set[bytes], suffixes: tuple[bytes, ...]
) -> tuple[Mapping[bytes, str], Mapping[bytes, str]]:
    """The objects of the files that are checked, and of those of such names that are gone."""
    said = program.ask("ls-tree", "-r", "-z", "--full-tree", base)
    if said is None:
        raise UsageError(f"--since: the repository {tidy(repository.root)} lacks files of that commit; fetch them")
    then: dict[bytes, str] = {}
    gone: dict[bytes, str] = {}
    for entry in said.split(b"\0"):
        about, _, name = entry.partition(b"\t")
        if not about.startswith(b"100"):
            # A link or a submodule.
            continue
        number = about.rpartition(b" ")[2].decode()
        if name in names:
            then[name] = number
        elif name.endswith(suffixes) and len(gone) < MOST_GONE and _is_gone(repository.root, name):
            gone[name] = number
    return then, gone


def _is_gone(root: str, name: bytes) -> bool:
    return not os.path.lexists(os.path.join(os.fsencode(root), name))


def _number(data: bytes, like: str) -> str:
    """What git calls an object of these bytes."""
    make = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return make(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _contents(program: git.Git, numbers: Sequence[str]) -> dict[str, bytes]:
    """The bytes of objects, of those that are not too large."""
    if not numbers:
        return {}
    asked = "".join(f"{number}\n" for number in dict.fromkeys(numbers)).encode()
    sizes = program.ask("cat-file", "--batch-check", said=asked) or b""
    small = [line.split()[0] for line in sizes.splitlines() if _is_small(line)]
    data = program.ask("cat-file", "--batch", said=b"".join(one + b"\n" for one in small)) or b""
    return dict(_objects(data))


def _is_small(line: bytes) -> bool:
    parts = line.split()
    return len(parts) == 3 and parts[1] == b"blob" and int(parts[2]) <= regular.SOURCE


def _objects(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while (end := data.find(b"\n", at)) >= 0:
        number, _, size = data[at:end].split()
        first, at = end + 1, end + 2 + int(size)
        yield number.decode(), data[first : at - 1]
