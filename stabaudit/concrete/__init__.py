"""LibCST's tree, as fixes edit it: its parts, the ways to them, their text and their places."""
