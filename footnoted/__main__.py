"""The command line: parse, run one verb, turn failures into one line and a status.

All else is imported where it is used, so that Ctrl-C while it is imported is told like any other.
"""

from __future__ import annotations

import io
import os
import sys

DONE, WRONG, INTERRUPTED = 0, 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit status: 0 done, 1 done with skipped files, 2 an error."""
    try:
        _open_streams()
        return _run(arguments)
    except KeyboardInterrupt:
        print("footnoted: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; keep Python from complaining as it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        # A fault of ours. A script reads one line and the status; who mends it sets the variable.
        if os.environ.get("FOOTNOTED_DEBUG"):
            raise
        return _told(f"{type(error).__name__}: {error}")


def _open_streams() -> None:
    """Let a stream that is closed lead nowhere, as for a reader that went away.

    Else the next file opened, the store perhaps, has its number, and takes what is printed to it.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def _run(arguments: list[str] | None) -> int:
    from footnoted.parser import commands

    parser = commands()
    asked = parser.parse_args(arguments)
    if not hasattr(asked, "run"):
        parser.print_help(sys.stderr)
        return WRONG
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal may lack letters that an article has.
        sys.stdout.reconfigure(errors="backslashreplace")
    import logging

    logging.basicConfig(format="footnoted: %(message)s", stream=sys.stderr, level=logging.WARNING)
    from index.errors import FootnotedError

    try:
        status = int(asked.run(asked))
        sys.stdout.flush()
        return status
    except FootnotedError as error:
        return _told(str(error))


def _told(what: str) -> int:
    """Tell what went wrong in one line; the exit status of it."""
    from footnoted.terminal import line

    print(f"footnoted: {line(what)}", file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
