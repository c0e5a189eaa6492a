"""A changed text put in the place of the old one, at once or not at all."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping

from stabaudit.source.errors import FileError, refusal
from stabaudit.source.places import OUT, is_inside, leads_out
from stabaudit.source.read import Source, decode, load

_SUFFIX = ".tmp"


def write(path: str, source: Source, text: str) -> None:
    """Put `text` where `source` was read from; raises `FileError` and leaves the file as it was."""
    old, new = _bytes(path, source, text)
    target = os.path.realpath(path)
    try:
        found = load(target)
        if found != old and decode(path, found) != source:
            raise FileError(path, "was changed while it was checked, nothing written; run again")
        if found != old:
            # A stateful codec may spell the same text in other bytes, also where nothing was fixed.
            raise FileError(path, f"`{source.encoding}` does not give its bytes back, nothing written; save as UTF-8")
        _check(path, target)
        with _undisturbed():
            replace(target, new)
    except OSError as error:
        trouble = refusal(path, error)
        raise FileError(path, f"could not be written: {trouble.message}") from None


def _bytes(path: str, source: Source, text: str) -> tuple[bytes, bytes]:
    try:
        old, new = source.encode(source.text), source.encode(text)
    except UnicodeError:
        raise FileError(path, f"the fix does not fit into its encoding `{source.encoding}`, nothing written") from None
    return old, new


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and a request to end wait until a file is written: else they leave half a file behind.

    Handlers, not a mask: a signal goes to any thread that does not block it, and NumPy brings threads of its own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda number, _: held.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for one in held:
            signal.raise_signal(one)


def put(files: Mapping[str, bytes]) -> None:
    """Write all `files`, new or not, or none of them; raises `FileError`.

    A link that leads out of the current folder, or where it lies elsewhere, out of its own folder, is not followed.
    """
    staged: dict[str, str] = {}
    old: dict[str, bytes | None] = {}
    path = ""
    try:
        for path, data in files.items():
            target = target_of(path)
            old[target] = load(target) if os.path.exists(target) else None
            if old[target] is not None:
                _check(path, target)
            staged[target] = _staged(target, data)
        done: list[str] = []
        try:
            for target, fresh in staged.items():
                os.replace(fresh, target)
                done.append(target)
        except BaseException:
            for target in done:
                _restore(target, old[target])
            raise
    except OSError as error:
        raise FileError(path, f"could not be written: {refusal(path, error).message}") from None
    finally:
        for fresh in staged.values():
            with contextlib.suppress(OSError):
                os.unlink(fresh)
    for target in staged:
        _settle(os.path.dirname(target))


def target_of(path: str) -> str:
    """The real path of a file that is to be written; raises `FileError` if it lies elsewhere."""
    folders = os.curdir, os.path.dirname(path) or os.curdir
    if leads_out(path) or not any(is_inside(path, folder) for folder in folders):
        raise FileError(path, f"{OUT}, nothing written; give the path of its target")
    return os.path.realpath(path)


def _check(path: str, target: str) -> None:
    """Whether the file may be replaced; raises `FileError`."""
    if not os.access(target, os.W_OK):
        raise FileError(path, "is read-only, nothing written; make it writable")
    if (names := os.stat(target).st_nlink) > 1:
        # To replace it would part its names; to write into it would change what may lie anywhere.
        said = f"has {names} names in the file system (hard links), nothing written"
        raise FileError(path, f"{said}; put a copy in its place first")


def _restore(target: str, data: bytes | None) -> None:
    if data is None:
        os.unlink(target)
    else:
        os.replace(_staged(target, data), target)


def replace(target: str, data: bytes) -> None:
    """Put `data` at the real path `target`, whole or not at all; raises `OSError`."""
    fresh = _staged(target, data)
    try:
        os.replace(fresh, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(fresh)
        raise
    _settle(os.path.dirname(target))


def _staged(target: str, data: bytes) -> str:
    """A file beside `target`, with its mode and owner if it is there, that holds `data`."""
    # In the same folder, because a rename is only atomic within one file system.
    handle, fresh = tempfile.mkstemp(prefix=_prefix(os.getpid()), suffix=_SUFFIX, dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if os.path.exists(target):
                _dress(file.fileno(), fresh, os.stat(target))
            else:
                os.chmod(fresh, 0o666 & ~_umask())
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(fresh)
        raise
    return fresh


def sweep(path: str, pid: int) -> None:
    """Remove what the process `pid`, which is no more, has left beside the file at `path`."""
    folder = os.path.dirname(os.path.realpath(path))
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(_prefix(pid)) and name.endswith(_SUFFIX):
                os.unlink(os.path.join(folder, name))


def _prefix(pid: int) -> str:
    return f".stabaudit-{pid}-"


def _umask() -> int:
    # It can only be read by setting it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _dress(handle: int, fresh: str, model: os.stat_result) -> None:
    # The owner first: changing it clears the set-user bits of the mode.
    if hasattr(os, "fchown"):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, model.st_uid, model.st_gid)
    os.chmod(fresh, model.st_mode & 0o7777)


def _settle(folder: str) -> None:
    # Some systems cannot open or sync a folder; the file itself is safe by now.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
