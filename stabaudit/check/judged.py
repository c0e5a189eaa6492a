"""An expression whose verdict says that it is unstable."""

from __future__ import annotations

from typing import NamedTuple

from stabaudit.dialects import Dialect
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import Site
from stabaudit.terms import App


class Judged(NamedTuple):
    """The expression, the site that was judged, and what is known there."""

    term: App
    site: Site
    scope: Scope
    dialect: Dialect
