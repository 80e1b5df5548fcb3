"""``python -m ser_core``, and ``ser-core`` where it is installed: the command line."""

import sys


def main() -> int:
    """Run one command and return its exit status."""
    try:
        from ser_core.cli import main as run
    except KeyboardInterrupt:  # before the command line is there to answer it
        sys.stderr.write("Stopped.\n")
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())
