"""The table of operations: one row an operation, with all its meanings."""

from stabaudit.terms.elementary import *  # noqa: F403
from stabaudit.terms.row import *  # noqa: F403
from stabaudit.terms.special import *  # noqa: F403
