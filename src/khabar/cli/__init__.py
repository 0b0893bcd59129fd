"""The command line: thin commands over the library."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `khabar`; returns the exit status.

    0: all read. 1: failure. 2: misuse. 3: something was rejected. 130: interrupted.
    """
    try:
        from khabar.cli.app import app

        app(args=list(arguments) if arguments is not None else None, prog_name="khabar")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except KeyboardInterrupt:
        sys.stderr.write("\nkhabar: interrupted\n")
        return 130
    return 0
