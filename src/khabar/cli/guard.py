"""What every command does when it cannot go on: one line on standard error and the right exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from khabar.errors import KhabarError, UsageError

__all__ = ["FAILURE", "INTERRUPTED", "MISUSE", "SOME_REJECTED", "guarded"]

FAILURE, MISUSE, SOME_REJECTED, INTERRUPTED = 1, 2, 3, 130


def guarded(command: Callable[[], int]) -> int:
    """The command's exit status, or that of what stopped it. A fault of ours keeps its traceback."""
    try:
        status = command()
        sys.stdout.flush()
    except UsageError as error:
        return _say(error.detail, MISUSE)
    except KhabarError as error:
        return _say(error.detail, FAILURE)
    except BrokenPipeError:
        # The reader has what it wanted (`| head`). The interpreter must not flush into the closed pipe at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}", FAILURE)
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    return status


def _say(message: str, status: int) -> int:
    sys.stderr.write(f"khabar: {message}\n")
    return status
