"""Links that leave docs/ lead to files of the repository; the site shows them as text, or leads to `repo_url`."""

from __future__ import annotations

import posixpath
import re
from typing import Any

_LINK = re.compile(r"\[(?P<text>[^]]+)\]\((?P<path>(?!https?:)[^)#]+)(?:#[^)]*)?\)")


def on_page_markdown(markdown: str, page: Any, config: Any, **_: object) -> str:
    """The page with its outward links made fit for the site."""
    folder = posixpath.dirname(page.file.src_uri)

    def fit(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link["path"]))
        if not target.startswith("../"):
            return link[0]
        if not config.repo_url:
            return link["text"]
        return f"[{link['text']}]({config.repo_url.rstrip('/')}/blob/main/{target.removeprefix('../')})"

    return _LINK.sub(fit, markdown)
