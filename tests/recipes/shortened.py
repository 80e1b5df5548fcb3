"""Every recipe, short enough that all of them train in a test."""

from ser_core.recipes import load_recipe


def shortened(name: str) -> list[str]:
    """Return the changes that leave of a recipe one epoch a stage, few pairs, and half a second of speech."""
    changes = ["front_end.duration_seconds=0.5"] if name.startswith("lian") else []
    for number, stage in enumerate(load_recipe(name).stages):
        changes.append(f"stages.{number}.epochs=1")
        if stage.pairs_per_epoch:
            changes.append(f"stages.{number}.pairs_per_epoch=32")
    return changes
