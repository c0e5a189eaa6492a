"""Results as people and programs read them: one module a format."""

#: The forms that results may have; each is the module of that name, `-` read as `_`.
FORMATS = ("text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit")
