"""The work on a file of which is asked what became of its formulas since an earlier version."""

from __future__ import annotations

from collections.abc import Sequence

from stabaudit.config.project import PLAIN, Project
from stabaudit.findings.finding import Finding, Position, Unparsable
from stabaudit.findings.judgement import STATES, Judgement
from stabaudit.source.syntax import TOO_DEEP, flaw


def judge(text: str, before: str, project: Project = PLAIN) -> Sequence[Finding]:
    """The judgements on `text`, told as findings, as these travel between processes; raises `Unparsable`."""
    from stabaudit.catalogue.active import rules
    from stabaudit.check.versions import judged
    from stabaudit.source.depth import CALLS, with_more_room

    if said := flaw(text):
        raise Unparsable(said.message, Position(said.row, said.column))
    if flaw(before):
        # What it was cannot be read, so that all is new.
        before = ""
    try:
        found = with_more_room(lambda: judged(before, text, rules(), project), CALLS)
    except RecursionError as error:
        raise Unparsable(TOO_DEEP, Position(1, 1)) from error
    return [Finding(one.rule, str(one), one.start, one.end) for one in found]


def judgement_of(finding: Finding) -> Judgement:
    """The judgement that a finding tells."""
    said, _, says = finding.message.partition(": ")
    state = next(state for state in STATES if state == said)
    return Judgement(finding.rule, state, finding.start, finding.end, says)
