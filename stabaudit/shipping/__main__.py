"""`python -m stabaudit.shipping FOLDER ...` writes what is shipped with the package."""

from __future__ import annotations

import sys

from stabaudit.shipping.write import main

main(sys.argv[1:])
