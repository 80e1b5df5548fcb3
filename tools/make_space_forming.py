"""Make the run that ships with the lesson *Watch a space form*: ``python -m tools.make_space_forming``."""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from ser_core.corpora import open_corpus
from ser_core.corpora.protocols import make_folds
from ser_core.embeddings.snapshots import open_snapshot, save_snapshot, snapshots_of
from ser_core.lessons.space_forming import FOLDER, SECOND_STAGES, SEED
from ser_core.lessons.triplets_measured import TRIPLETS
from ser_core.recipes import load_recipe
from ser_core.training.device import one_thread
from ser_core.training.examples import load_examples
from ser_core.training.fit import fit_fold
from ser_core.training.snapshots import SnapshotTaker
from ser_core.workspace import cache_directory

KEPT = ["file", "speaker", "emotion", "split"]  # columns


def main() -> None:
    """Train both recipes, and keep the snapshots of every epoch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    out = parser.parse_args().out
    manifest = open_corpus("demo")
    (fold,) = make_folds(manifest, "held-out-speakers", SEED)
    # The voices that are looked at beside the training voices are those of the test: nothing is chosen by them.
    seen = replace(fold, development=fold.test, test=())
    for recipe in map(load_recipe, SECOND_STAGES.values()):
        examples = load_examples(manifest, recipe, cache=cache_directory())
        with tempfile.TemporaryDirectory() as folder, one_thread():
            taker = SnapshotTaker(Path(folder), manifest, seen, examples, every=1, seed=SEED)
            fit_fold(manifest, fold, recipe, examples, seed=SEED, callbacks=[taker])
            _keep(Path(folder), out / recipe.name, first=recipe.name == TRIPLETS, stage=recipe.stages[0].name)
    files = sorted(out.rglob("*.parquet"))
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.2f} MB in {out}")


def _keep(run: Path, out: Path, *, first: bool, stage: str) -> None:
    """Write the snapshots without the folder of the corpus on this computer; the first stage only where asked."""
    for one in snapshots_of(run)[0]:
        if one.stage == stage and not first:
            continue
        space = open_snapshot(one)
        told = space.frame[KEPT].replace({"split": {"development": "test"}})
        save_snapshot(out, told, space.embeddings, epoch=one.epoch, stage=one.stage, corpus=one.corpus)


if __name__ == "__main__":
    main()
