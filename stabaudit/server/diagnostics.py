"""A finding in the words of the protocol: as a diagnostic, and as the text that is shown over it."""

from __future__ import annotations

import re

from lsprotocol import types

from stabaudit.catalogue.names import UNUSED
from stabaudit.findings.finding import Finding
from stabaudit.report.address import page_of
from stabaudit.report.style import clean
from stabaudit.server.document import Places

SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


def diagnostic(finding: Finding, places: Places) -> types.Diagnostic:
    """What is underlined, and what is said of it."""
    address = page_of(finding.rule)
    related = [
        types.DiagnosticRelatedInformation(types.Location(*places.spot(one.start, one.end)), clean(one.message))
        for one in finding.related
    ]
    said = finding.message if finding.witness is None else f"{finding.message}\n{finding.witness}"
    return types.Diagnostic(
        range=places.spot(finding.start, finding.end).range,
        message="\n".join(clean(line) for line in said.split("\n")),
        severity=SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(address) if address else None,
        source="stabaudit",
        related_information=related or None,
        tags=[types.DiagnosticTag.Unnecessary] if finding.rule == UNUSED else None,
    )


def hover(finding: Finding) -> str:
    """The finding in full, as Markdown in which nothing of the code is markup."""
    address = page_of(finding.rule)
    name = f"[{finding.rule}]({address})" if address else finding.rule
    parts = [f"**{name}** ({finding.severity}): {_message(finding.message)}"]
    if witness := finding.witness:
        rows = [("at", witness.at), ("this gives", witness.gives), ("the true value is", witness.truth)]
        if witness.fixed is not None:
            rows.append(("the fix gives", witness.fixed))
        if witness.note:
            rows.append(("also", witness.note))
        parts.append("\n".join(f"* {label} {_code(said)}" for label, said in rows))
    if finding.fix:
        reason = f" Unsafe: {_message(finding.fix.reason)}." if finding.fix.reason else ""
        parts.append(f"Fix: {_message(finding.fix.message)}.{reason}")
    if finding.withheld:
        parts.append(f"No fix: {_message(finding.withheld)}.")
    return "\n\n".join(parts)


def _code(text: str) -> str:
    """Text as code, with more marks around it than it has inside."""
    text = clean(text)
    marks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{marks} {text} {marks}"


def _message(text: str) -> str:
    """Words with code in single marks; where these do not pair off, the whole is code."""
    text = clean(text)
    parts = text.split("`")
    if len(parts) % 2 == 0 or "``" in text:
        return _code(text)
    return "".join(_code(part) if number % 2 else _plain(part) for number, part in enumerate(parts))


def _plain(text: str) -> str:
    return re.sub(r"[\\`*_<>\[\]#|~$&!]", r"\\\g<0>", text)
