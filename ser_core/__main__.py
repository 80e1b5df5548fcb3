"""``python -m ser_core``: the command line."""

import sys


def _status() -> int:
    try:
        from ser_core.cli import main
    except KeyboardInterrupt:  # before the command line is there to answer it
        sys.stderr.write("Stopped.\n")
        return 130
    return main()


if __name__ == "__main__":
    sys.exit(_status())
