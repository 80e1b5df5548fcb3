"""``audit``: whether a table of angles can exist."""

import json
from pathlib import Path
from typing import Annotated

import typer

from ser_core.errors import InputError
from ser_core.geometry.audit import Audit, audit_angles
from ser_core.geometry.table_reading import read_angle_table
from ser_core.paths import is_file

SHOWN = 20
LEAST_CHANGE = 0.01  # degrees: of less, two decimals tell nothing
VERDICTS = {
    "possible": "Directions can have these angles.",
    "rounding": "These figures break the rules only by what their rounding explains: the exact angles might exist.",
    "impossible": "No directions have these angles.",
}


def audit(
    file: Annotated[
        Path,
        typer.Argument(help="Table in degrees with labels: CSV, Markdown or LaTeX; or the JSON of `angles`."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    cosines: Annotated[bool, typer.Option("--cosines", help="The CSV holds cosines, not degrees.")] = False,
) -> None:
    """Check whether directions can have the angles of a table, and find the nearest angles that can exist.

    The whole table or one half of it; the diagonal is ignored.
    """
    if not is_file(file):
        raise InputError(f"Expected a table of angles at {file}; there is no such file. Check the path.")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(
            f"Expected to read {file}; the system said: {error.strerror}. Check its permissions."
        ) from error
    found = audit_angles(read_angle_table(content, cosines=cosines))
    if as_json:
        print(json.dumps(found.record(), indent=2, allow_nan=False))
    else:
        _print(found)


def _print(found: Audit) -> None:
    print(VERDICTS[found.verdict])
    if found.one_direction:
        print("All angles are 0: every direction is the same one.")
    print(f"Smallest eigenvalue of the cosines: {found.smallest_eigenvalue:.3g}; of directions it is never below 0.")
    print(f"Triples that break the triangle inequality: {found.violations_total} of {found.triples}.")
    for one in found.violations[:SHOWN]:
        print(f"  {one.a} - {one.b} is {one.excess_degrees:.2f} degrees more than the way by {one.via}")
    if found.violations_total > SHOWN:
        print(f"  and {found.violations_total - SHOWN} more; --json lists them")
    if found.circles_total:
        print(f"Three angles of more than 360 degrees: {found.circles_total}; --json lists them.")
    if found.nearest.rounds:
        if found.largest_change_degrees < LEAST_CHANGE:
            print(
                f"The nearest angles that could exist differ by less than {LEAST_CHANGE} degrees; --json prints them."
            )
            return
        print(
            f"The nearest angles that could exist differ by {found.mean_change_degrees:.2f} degrees on average, "
            f"{found.largest_change_degrees:.2f} at most; --json prints them."
        )
