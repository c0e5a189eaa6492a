"""What `unused-ignore` is: the one name that is no formula and so has no file in the catalogue."""

from __future__ import annotations

SUMMARY = "A comment that suppresses nothing hides the next finding in its place"
STORY = """\
A comment such as `# stabaudit: ignore[softmax]` stays behind when the code that it excused is rewritten.
Then the next softmax in that statement is silenced, and nobody has looked at it.

`--fix` takes the comment away, or those of its names that silence nothing; names of other linters stay.
Nothing is reported where `--select` or `--ignore` on the command line leave out rules, as a comment may be
for one of those. `# stabaudit: ignore[softmax, unused-ignore]` lets an idle comment stand."""
