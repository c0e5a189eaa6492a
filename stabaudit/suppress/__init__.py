"""Comments that silence findings: read, obeyed, told of when they silence nothing, and written."""
