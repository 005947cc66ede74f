"""The console script: an interruption while the program is loading ends as a later one does."""

from __future__ import annotations

import sys


def main() -> None:
    """Load the commands and run the one that was asked for."""
    try:
        from pipeline.cli import main as run  # noqa: PLC0415 - loading takes long enough to stop it

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
