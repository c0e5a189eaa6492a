"""Why one file or folder could not be worked on, in one line."""

from __future__ import annotations

import os

from stabaudit.source.regular import Refused


class FileError(Exception):
    """What is wrong with `path`, where, and what to do about it."""

    def __init__(self, path: str, message: str, row: int | None = None, column: int | None = None) -> None:
        # All arguments go to Exception: that is what lets it travel between processes.
        super().__init__(path, message, row, column)
        self.path = path
        self.message = message
        self.row = row
        self.column = column

    @property
    def place(self) -> str:
        """The path, and the row and column where there are any."""
        return ":".join(str(part) for part in (self.path, self.row, self.column) if part is not None)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def check_size(path: str, characters: int, largest: int | None) -> None:
    """Raise `FileError` for a text of more than so many megabytes."""
    if largest is not None and characters > largest * 1_000_000:
        said = f"holds {characters / 1e6:.1f} MB of text; exclude it or raise `max-file-size`"
        raise FileError(path, f"{said} from {largest}")


def refusal(path: str, error: OSError) -> FileError:
    """What the operating system said about `path`, with what the user can do."""
    match error:
        case Refused():
            return FileError(path, error.said)
        case FileNotFoundError() if os.path.islink(path):
            return FileError(path, "is a symbolic link to nothing; fix or exclude the file")
        case FileNotFoundError():
            return FileError(path, "no such file or directory; check the path")
        case PermissionError():
            return FileError(path, "permission denied; change its permissions or exclude it")
        case NotADirectoryError():
            return FileError(path, "a part of this path is not a directory; check the path")
        case _:
            return FileError(path, f"{(error.strerror or str(error)).lower()}; check the path")


def internal_error(error: Exception) -> str:
    """An exception that nobody foresaw, with the place that its report needs."""
    import traceback

    frame = (traceback.extract_tb(error.__traceback__) or [None])[-1]
    place = f" at {os.path.basename(frame.filename)}:{frame.lineno}" if frame else ""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"internal error: {said}{place}; please report it"
