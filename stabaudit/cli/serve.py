"""`stabaudit server`: the server for editors, where what it needs is installed."""

from __future__ import annotations

from argparse import Namespace

from stabaudit.catalogue.names import UsageError


def serve(arguments: Namespace) -> int:
    """Speak with an editor until it ends; the exit code."""
    try:
        from stabaudit.server import start
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise UsageError("the server needs pygls; run `pip install 'stabaudit[server]'`") from None
    return start.serve(arguments)
