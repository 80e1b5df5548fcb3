"""``space``: vectors from anywhere in numbers, and whether they carry the speaker or the emotion."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import rich.console
import typer

from ser_core.cli.class_column import LABEL_HELP, label_among
from ser_core.cli.streams import say

if TYPE_CHECKING:
    from ser_core.embeddings.leakage import AttributeLeakage
    from ser_core.embeddings.space import Space
    from ser_core.embeddings.space_metrics import SpaceMetrics

VERSION = 1
OPTION = "--leave-out"


def space(
    file: Annotated[Path, typer.Argument(help="Vectors: .parquet, .npy, .npz, .csv or .tsv.")],
    metadata: Annotated[
        Path | None, typer.Option(help="Metadata of the rows of an array or .tsv: .csv, .tsv or .parquet.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    leave_out: Annotated[bool, typer.Option(OPTION, help="Leave out rows that cannot be used.")] = False,
    label: Annotated[str, typer.Option(help=LABEL_HELP)] = "",
    training: Annotated[bool, typer.Option("--training", help="Measure training utterances too.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of samples, clusters and folds.", min=0)] = 0,
) -> None:
    """Measure how far apart classes lie, how neighbourhoods look, what has collapsed, and what the vectors carry."""
    from ser_core.embeddings.leakage import attribute_leakage, verdict
    from ser_core.embeddings.opening import open_space
    from ser_core.embeddings.space_metrics import measure
    from ser_core.errors import UnusableVectorsError

    try:
        opened = open_space(file, metadata, leave_out=leave_out)
    except UnusableVectorsError as error:
        raise UnusableVectorsError(f"{error} Here: {OPTION}.", error.count) from error
    if not training:
        whole, opened = len(opened), opened.held_out()
        if len(opened) < whole:
            say(f"{whole - len(opened)} training utterances are not measured; --training measures them too.")
    label = label_among(opened, label, file)
    console = rich.console.Console(stderr=True)
    with console.status("measuring") as status:
        numbers = measure(
            opened, label, seed=seed, progress=lambda done, of: status.update(f"measuring {done} of {of}")
        )
        found = attribute_leakage(
            opened, label, seed=seed, progress=lambda done, of: status.update(f"probing {done} of {of}")
        )
    if as_json:
        content = _as_json(file, opened, label, numbers, found, seed)
        typer.echo(json.dumps(content, indent=2, allow_nan=False))
        return
    for note in opened.notes:
        say(note)
    classes = opened.classed_by(label).classes
    told = f", {len(classes)} classes by {label}" if classes else ""
    typer.echo(f"{file.name}: {len(opened):,} utterances, {opened.size} dimensions{told}")
    for line in (*_numbers(numbers), *_attributes(found)):
        typer.echo(line)
    typer.echo(verdict(found, label))
    for alarm in numbers.alarms:
        typer.echo(f"Alarm: {alarm}")


def _numbers(numbers: "SpaceMetrics") -> list[str]:
    from ser_core.embeddings.space_metrics import DEFINITIONS, formatted

    width = max(len(definition.title) for definition in DEFINITIONS.values())
    return [
        f"  {DEFINITIONS[name].title:<{width}}  {formatted(name, figure):>8}  {figure.basis}"
        for name, figure in numbers.figures.items()
    ]


def _attributes(found: "tuple[AttributeLeakage, ...]") -> list[str]:
    width = max([10, *(len(one.attribute) for one in found)])
    lines = (
        [f"  {'attribute':<{width}} {'probe':>7} {'chance':>7}  {'tested on':<18} {'neighbours':>10} {'chance':>7}"]
        if found
        else []
    )
    for one in found:
        probe = (_percent(one.probe.score), _percent(one.probe.chance)) if one.probe else ("–", "–")
        near = (_percent(one.neighbours.share), _percent(one.neighbours.chance)) if one.neighbours else ("–", "–")
        read = f"  {one.attribute:<{width}} {probe[0]:>7} {probe[1]:>7}  {'other ' + one.held_out:<18}"
        lines.append(f"{read} {near[0]:>10} {near[1]:>7}  {one.remark}".rstrip())
    return lines


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _as_json(
    file: Path,
    opened: "Space",
    label: str,
    numbers: "SpaceMetrics",
    found: "tuple[AttributeLeakage, ...]",
    seed: int,
) -> dict[str, Any]:
    from ser_core.embeddings.leakage import verdict

    classes = opened.classed_by(label).classes
    return {
        "version": VERSION,
        "file": file.name,
        "utterances": len(opened),
        "dimensions": opened.size,
        "label": label if classes else None,
        "labels": list(classes),
        "notes": list(opened.notes),
        "seed": seed,
        "numbers": {name: {"value": figure.value, "basis": figure.basis} for name, figure in numbers.figures.items()},
        "alarms": list(numbers.alarms),
        "carried": [
            {
                "attribute": one.attribute,
                "values": one.values,
                "probe": one.probe.score if one.probe else None,
                "probe_chance": one.probe.chance if one.probe else None,
                "held_out": one.held_out,
                "folds": one.probe.folds if one.probe else None,
                "neighbours_share": one.neighbours.share if one.neighbours else None,
                "neighbours_chance": one.neighbours.chance if one.neighbours else None,
                "neighbours": one.neighbours.count if one.neighbours else None,
                "remark": one.remark,
            }
            for one in found
        ],
        "verdict": verdict(found, label),
    }
