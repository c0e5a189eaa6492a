"""From the text of one module to its findings: lift, match, judge, propose."""

from stabaudit.check.findings import check_text

__all__ = ["check_text"]
