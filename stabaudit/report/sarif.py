"""Findings as SARIF 2.1.0, with what GitHub code scanning asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from stabaudit import __version__
from stabaudit.report.address import home, page_of
from stabaudit.report.place import Place, inside, where
from stabaudit.report.replaced import replaced
from stabaudit.report.style import Style
from stabaudit.report.uri import quoted
from stabaudit.report.values import written

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Finding, Fix

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# GitHub cuts longer texts off.
LONGEST = 1024


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print one run with all results, and with troubles as notifications."""
    found: list[dict[str, Any]] = []
    troubles: list[dict[str, Any]] = []
    for result in results:
        found += _results(result)
        if result.trouble:
            troubles.append({"level": "error", "message": {"text": str(result.trouble)}})
    rules = sorted({one["ruleId"] for one in found})
    for one in found:
        one["ruleIndex"] = rules.index(one["ruleId"])
    run = {
        "tool": {
            "driver": {
                "name": "stabaudit",
                **({"informationUri": address} if (address := home()) else {}),
                "semanticVersion": __version__,
                "rules": [rule(name) for name in rules],
            }
        },
        "automationDetails": {"id": "stabaudit/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the root of the repository"}}},
        "invocations": [{"executionSuccessful": not troubles, "toolExecutionNotifications": troubles}],
        "results": found,
    }
    stream.write(f"{written({'$schema': SCHEMA, 'version': '2.1.0', 'runs': [run]}, 2)}\n")


def rule(name: str) -> dict[str, Any]:
    """What a rule is, for its page in a viewer."""
    from stabaudit.catalogue.load import load

    one = next((one for one in load() if one.name == name), None)
    summary = one.summary if one else "a comment that suppresses nothing"
    story = one.story if one and one.story else summary
    address = page_of(name)
    return {
        "id": name,
        **({"helpUri": address} if address else {}),
        "shortDescription": {"text": summary[:LONGEST]},
        "fullDescription": {"text": story[:LONGEST]},
        "help": {"text": f"{summary}\n\n{story}", "markdown": f"# {name}\n\n{summary}.\n\n{story}"},
        "defaultConfiguration": {"level": "warning" if one else "note"},
        "properties": {
            "tags": ["numerics", "stability"] if one else ["comments"],
            "precision": "very-high",
            "problem.severity": "warning" if one else "recommendation",
        },
    }


def _results(result: Result) -> Iterable[dict[str, Any]]:
    if not result.findings:
        return
    # Imported here: without findings nothing is hashed.
    from stabaudit.engine.fingerprint import marks
    from stabaudit.report.linehash import hashes

    source = result.source
    assert source
    raw = source.encode(result.text).decode(source.encoding, "replace") if source.notebook else result.text
    lines = hashes(raw)
    at = inside(result)
    uri = quoted(result.path)
    file = {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}
    for finding, one in zip(result.findings, result.marks or marks(result.text, result.findings), strict=True):
        start = at(finding.start)
        entry: dict[str, Any] = {
            "ruleId": finding.rule,
            "level": finding.severity,
            "message": {"text": _message(result, finding)},
            "locations": [{"physicalLocation": {"artifactLocation": file, "region": _region(start, at(finding.end))}}],
            "partialFingerprints": {
                "primaryLocationLineHash": lines[start.row - 1],
                "stabaudit/v1": one,
            },
        }
        if finding.related:
            entry["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": one.message},
                    "physicalLocation": {"artifactLocation": file, "region": _region(at(one.start), at(one.end))},
                }
                for number, one in enumerate(finding.related, 1)
            ]
        if finding.fix:
            entry["fixes"] = [_fix(result, finding.fix, file)]
        yield entry


def _message(result: Result, finding: Finding) -> str:
    place = where(result)(finding.start)
    lines = [f"{finding.message}." if not finding.message.endswith(".") else finding.message]
    if place.cell is not None:
        lines.append(f"In cell {place.cell}, row {place.row}.")
    if finding.witness:
        lines.append(f"{finding.witness}.")
    if finding.withheld:
        lines.append(f"No fix: {finding.withheld}.")
    return "\n".join(lines)


def _region(start: Place, end: Place) -> dict[str, int]:
    if start.cell is not None:
        return {"startLine": start.row, "endLine": end.row}
    return {"startLine": start.row, "startColumn": start.column, "endLine": end.row, "endColumn": end.column}


def _fix(result: Result, fix: Fix, file: dict[str, str]) -> dict[str, Any]:
    changes = [
        {"deletedRegion": _region(start, end), "insertedContent": {"text": content}}
        for start, end, content in replaced(result, fix)
    ]
    told = fix.message if fix.reason is None else f"{fix.message} (unsafe: {fix.reason})"
    return {
        "description": {"text": told},
        "artifactChanges": [{"artifactLocation": file, "replacements": changes}],
    }
