"""Runs commands of one source tree, each in a named precision; started by file name, with that tree as its folder.

It knows of the tree what must not change or what is named here: the command line (``ser_core.cli.main``) and the one
function that decides on bfloat16.
"""

import json
import sys
from pathlib import Path


def main() -> int:
    """Run the commands of a JSON file, ``[[precision, [argument, …]], …]``, until one fails."""
    sys.path[0] = str(Path.cwd())  # the tree, in place of the folder of this file
    import torch

    import ser_core.cli
    from ser_core.training import device

    if not hasattr(device, "has_fast_bfloat16"):
        sys.exit("Expected ser_core.training.device.has_fast_bfloat16; this tree has none. Teach benchmarks/golden it.")
    torch.set_num_threads(1)
    for precision, arguments in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        wanted = precision == "bfloat16"
        device.has_fast_bfloat16 = lambda _device, wanted=wanted: wanted
        status = ser_core.cli.main(arguments)
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
