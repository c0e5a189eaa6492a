"""A file of JSON that a command wrote, and writes again when it is broken."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

from stabaudit.catalogue.names import UsageError
from stabaudit.source import json_text, regular
from stabaudit.source.errors import refusal


def read(path: str, kind: str, writer: str, option: str = "") -> Any:
    """The value in the file at `path`, of a `kind` that the command `writer` writes; raises `UsageError`."""
    try:
        return json_text.loads(regular.read(path, regular.SOURCE).decode())
    except FileNotFoundError:
        raise UsageError(f"{option}{path}: no such {kind}; `{writer}` writes it") from None
    except OSError as error:
        raise UsageError(f"{option}{refusal(path, error)}") from None
    except UnicodeDecodeError:
        said = "not UTF-8"
    except JSONDecodeError as error:
        said = f"not valid JSON at line {error.lineno}, column {error.colno}"
    except ValueError as error:
        said = str(error)
    raise UsageError(f"{option}{path}: {said}; `{writer}` rewrites it")
