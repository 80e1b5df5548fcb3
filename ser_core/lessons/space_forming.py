"""A finished run on the demo corpus that ships with its snapshots: softmax, then triplets or softmax again.

``python -m tools.make_space_forming`` makes it from two recipes and a seed. Its snapshots hold the training voices, and
the test voices, by which nothing was fitted or chosen. The first stage is the same in both runs and ships once.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ser_core.embeddings.snapshots import open_snapshot, snapshots_of
from ser_core.embeddings.space import Space
from ser_core.errors import EmbeddingError
from ser_core.lessons.triplets_measured import CONTROL, TRIPLETS

FOLDER = Path(__file__).parent / "space_forming"
SEED = 0
# What the second stage is → the recipe.
SECOND_STAGES: Mapping[str, str] = MappingProxyType({"triplets": TRIPLETS, "softmax again": CONTROL})


def shipped_epochs(recipe: str, folder: Path = FOLDER) -> list[tuple[int, str, Space]]:
    """Open the epochs of a recipe's run: their numbers, stages and spaces.

    Raises:
        EmbeddingError: if a file is missing or damaged.
    """
    whole, damaged = snapshots_of(folder / TRIPLETS)
    found = list(whole)
    if recipe != TRIPLETS and whole:
        own, more = snapshots_of(folder / recipe)
        damaged = [*damaged, *more]
        first = whole[0].stage
        found = [one for one in whole if one.stage == first] + list(own)
    if damaged or not found:
        raise EmbeddingError(
            f"Expected the snapshots of the lesson in {folder}; got: "
            f"{damaged[0][1] if damaged else 'none'} Install the package again."
        )
    return [(one.epoch, one.stage, open_snapshot(one)) for one in found]
