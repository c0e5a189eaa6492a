"""What a finding weighs: by itself, as each run asks for it, and few for findings."""

from __future__ import annotations

from stabaudit.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Severity: TypeAlias = 'Literal["error", "warning", "note"]'

#: From what weighs most to what weighs least.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

#: What a comment is called that silences nothing. It is a note.
UNUSED = "unused-ignore"
