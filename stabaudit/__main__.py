"""The program `stabaudit`, also as `python -m stabaudit`."""

from stabaudit.cli.safe_path import drop_current_folder

drop_current_folder()

# Only now, as each of these imports looks through the search path.
from stabaudit.engine.memory import relax_gc  # noqa: E402

# To look for circles while everything is imported takes 2 ms.
relax_gc()

from stabaudit.cli.main import run  # noqa: E402

if __name__ == "__main__":
    run()
