"""``python -m tests.mutations``: name the mutations, or try them."""

import argparse
import sys

from tests.mutations.table import MUTATIONS, SHORT
from tests.mutations.trying import copied_tree, tried


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of the mutations to try; all of them by default")
    parser.add_argument("--list", action="store_true", help="name the mutations, one a line")
    parser.add_argument("--short", action="store_true", help="try a few of each room, as CI does")
    given = parser.parse_args()
    if given.list:
        print("\n".join(MUTATIONS))
        return 0
    unknown = [name for name in given.names if name not in MUTATIONS]
    if unknown:
        parser.error(f"expected names as --list gives them; got {', '.join(unknown)}")
    chosen = [MUTATIONS[name] for name in given.names or (SHORT if given.short else MUTATIONS)]
    outcomes = []
    with copied_tree() as tree:
        for mutation in chosen:
            found = tried(mutation, tree)
            outcomes.append(found.outcome)
            print(f"{found.outcome:9} {mutation.name}: {mutation.wrong}\n          {found.reason}", flush=True)
    print(f"{outcomes.count('caught')} of {len(outcomes)} caught")
    return 0 if set(outcomes) <= {"caught"} else 1


if __name__ == "__main__":
    sys.exit(main())
