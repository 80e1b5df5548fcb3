"""What one fold of a protocol costs in processor seconds, trained and tested on one thread as `evaluate` does it."""

import argparse
import tempfile
from pathlib import Path


def main() -> None:
    """Train and test one fold, and print what it took and scored; the last line is its processor seconds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fold", description=__doc__)
    parser.add_argument("--corpus", required=True, help="KIND:DIR, for example ravdess:PATH/TO/RAVDESS")
    parser.add_argument("--recipe", default="residual-triplet", help="name or FILE.toml (default %(default)s)")
    parser.add_argument("--protocol", default="emobox", help="default %(default)s")
    parser.add_argument("--fold", type=int, default=4, help="its number (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="of the recipe; repeatable")
    given = parser.parse_args()

    from ser_core.experiments.evaluation import evaluate
    from ser_core.recipes import load_recipe

    recipe = load_recipe(given.recipe, given.set)
    with tempfile.TemporaryDirectory() as folder:
        content = evaluate(
            corpus=given.corpus,
            recipe=recipe,
            protocol=given.protocol,
            out=Path(folder) / "result.json",
            folds=[given.fold],
            seed=given.seed,
            workers=1,
        )
    (fold,) = content["folds"]
    print(f"{recipe.name} on {given.corpus}, fold {given.fold} of {given.protocol}, seed {given.seed}, one thread")
    print(
        f"UA {100 * fold['uar']:.1f} %, WA {100 * fold['wa']:.1f} %, by {content['back_end']}; {fold['epochs']} epochs"
    )
    print(f"{fold['seconds']:.0f} s by the clock")
    print(f"{fold['core_seconds']:.0f} processor seconds")


if __name__ == "__main__":
    main()
