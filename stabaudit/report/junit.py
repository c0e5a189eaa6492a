"""Findings as failed tests, for whatever reads JUnit's XML."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO
from xml.etree import ElementTree as xml

from stabaudit.report.place import where
from stabaudit.report.style import Style, clean

if TYPE_CHECKING:
    from stabaudit.engine.job import Result


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print a suite for each file with findings or trouble; where there is none, a single passed test."""
    root = xml.Element("testsuites", name="stabaudit")
    totals = {"tests": 0, "failures": 0, "errors": 0}
    for result in results:
        if not result.findings and not result.trouble:
            continue
        numbers = {
            "tests": len(result.findings) + bool(result.trouble),
            "failures": len(result.findings),
            "errors": int(bool(result.trouble)),
        }
        suite = xml.SubElement(root, "testsuite", name=clean(result.path), package="org.stabaudit")
        suite.attrib.update({name: str(number) for name, number in numbers.items()})
        for name, number in numbers.items():
            totals[name] += number
        _cases(result, suite)
    if not totals["tests"]:
        totals["tests"] = 1
        suite = xml.SubElement(root, "testsuite", name="stabaudit", tests="1", failures="0", errors="0")
        xml.SubElement(suite, "testcase", name="nothing found", classname="org.stabaudit")
    root.attrib.update({name: str(number) for name, number in totals.items()})
    xml.indent(root)
    stream.write(f'<?xml version="1.0" encoding="utf-8"?>\n{xml.tostring(root, encoding="unicode")}\n')


def _cases(result: Result, suite: xml.Element) -> None:
    name = os.path.splitext(clean(result.path))[0]
    at = where(result)
    for finding in result.findings:
        start = at(finding.start)
        case = xml.SubElement(suite, "testcase", name=f"org.stabaudit.{finding.rule}", classname=name)
        case.attrib.update(line=str(start.row), column=str(start.column))
        told = clean(finding.message)
        failure = xml.SubElement(case, "failure", message=told, type=finding.severity)
        cell = "" if start.cell is None else f"cell {start.cell}, "
        failure.text = f"{cell}line {start.row}, col {start.column}, {told}"
        if finding.witness:
            failure.text += f"\n{clean(str(finding.witness))}"
    if result.trouble:
        case = xml.SubElement(suite, "testcase", name="org.stabaudit.error", classname=name)
        xml.SubElement(case, "error", message=clean(str(result.trouble)))
