"""An expression whose verdict says that it is unstable."""

from __future__ import annotations

from stabaudit.dialects import Dialect
from stabaudit.lift.scope import Scope
from stabaudit.proof.question import Site
from stabaudit.records import Record
from stabaudit.terms import App


class Judged(Record):
    """The expression, the site that was judged, and what is known there."""

    term: App
    site: Site
    scope: Scope
    dialect: Dialect
