"""Where the documents are on the web."""

from __future__ import annotations

#: The address of the site, with a slash at its end; that of `project.urls.Documentation`, and nothing before a release.
SITE = ""


def home() -> str | None:
    """The address of the site."""
    return SITE or None


def page_of(rule: str) -> str | None:
    """The address of the page of a rule."""
    return f"{SITE}rules/{rule}/" if SITE else None
