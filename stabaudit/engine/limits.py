"""What the check of one file may take of the machine, and what is said where it takes more."""

from __future__ import annotations

from stabaudit.records import Record

#: By how much the clock may run ahead of the processor time of a file: the machine may be busy with something else.
SHARE: float = 5


class Limits(Record):
    """Seconds of processor time and megabytes of memory that one file may take; 0 is no limit.

    Of twenty thousand files of real code the slowest took 2 seconds, and all together never more than 220 megabytes.
    """

    seconds: int = 8
    megabytes: int = 2000

    @property
    def patience(self) -> float | None:
        """Seconds by the clock after which a process that does not answer is given up."""
        return SHARE * self.seconds or None

    @property
    def too_long(self) -> str:
        """What is said of a file that takes too long."""
        return f"takes more than {self.seconds} s of CPU time and was skipped; exclude it or raise `--timeout`"

    @property
    def no_answer(self) -> str:
        """What is said of a file whose process waits for something that does not come."""
        return f"gave no result within {self.patience} s and was skipped; exclude it or raise `--timeout`"


#: What holds unless the command line says otherwise.
LIMITS = Limits()
#: What is said of a file that takes too much memory; how much that is, only the process knows that runs out of it.
TOO_LARGE = "takes too much memory and was skipped; exclude it or raise `--max-memory`"
