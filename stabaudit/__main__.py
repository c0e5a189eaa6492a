"""`python -m stabaudit`."""

from stabaudit.cli import run

if __name__ == "__main__":
    run()
