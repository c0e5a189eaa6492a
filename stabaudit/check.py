"""From the text of one module to its findings."""

from __future__ import annotations

from stabaudit.finding import Finding


def check_text(text: str) -> list[Finding]:
    """All findings of `text`, in the order of the text; raises `Unparsable`."""
    return []
