"""What the check of one file may take of the machine, and what is said where it takes more."""

from __future__ import annotations

from stabaudit.records import Record

#: By how much the clock may run ahead of the processor time of a file: the machine may be busy with something else.
SHARE: float = 5


#: Bytes that are checked within `Limits.seconds`; a larger file has more time, by its size, up to `LONGEST` times.
USUAL = 500_000
LONGEST = 2


class Limits(Record):
    """Seconds of processor time and megabytes of memory that one file may take; 0 is no limit.

    Of twenty thousand files of real code few took more than 2 seconds. On a busy machine one of 200 lines with seven
    survival functions came to 8 before their values were kept. All together never took more than 220 megabytes.
    """

    seconds: int = 8
    megabytes: int = 2000

    def time(self, size: int) -> int:
        """Seconds of processor time for a file of `size` bytes."""
        return round(self.seconds * min(max(1, size / USUAL), LONGEST))

    def patience(self, size: int) -> float:
        """Seconds by the clock after which a process is given up that does not answer for such a file; 0 is never."""
        return SHARE * self.time(size)

    def too_long(self, size: int) -> str:
        """What is said of a file that takes too long."""
        return f"takes more than {self.time(size)} s of CPU time and was skipped; exclude it or raise `--timeout`"

    def no_answer(self, size: int) -> str:
        """What is said of a file whose process waits for something that does not come."""
        return f"gave no result within {self.patience(size)} s and was skipped; exclude it or raise `--timeout`"


#: What holds unless the command line says otherwise.
LIMITS = Limits()
#: What is said of a file that takes too much memory; how much that is, only the process knows that runs out of it.
TOO_LARGE = "takes too much memory and was skipped; exclude it or raise `--max-memory`"
