"""`python -m stabaudit`."""

import sys

from stabaudit.cli import main

if __name__ == "__main__":
    sys.exit(main())
