"""Comments that silence findings: read, obeyed, told of when they silence nothing, and written."""

#: The name under which a comment that silences nothing is reported.
UNUSED = "unused-ignore"
