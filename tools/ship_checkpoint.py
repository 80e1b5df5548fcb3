"""Turn a finished run into a checkpoint that ships: a name, its protocol's figures, and no path of this computer."""

import argparse
import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

from ser_core.checkpoints.card import CardEvaluation
from ser_core.checkpoints.folder import ATLAS, WEIGHTS, read_card, write_card
from ser_core.checkpoints.listing import SHIPPED, find
from ser_core.config import fill
from ser_core.recipes import Recipe

NOT_TO_SHIP = {"emotale", "urdu"}  # their terms do not allow it
TERMS = """# Terms of this checkpoint

{what} in this folder {made} of: {corpus}.

{licence}

Cite: {citation}
{note}
The code of the project is under Apache-2.0; these files are not.
"""


def main() -> None:
    """Copy a run's or fold's checkpoint to checkpoints/NAME."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("name")
    parser.add_argument("--title", required=True)
    parser.add_argument("--note", help="further terms, of what else is in the folder")
    parser.add_argument("--evaluation", type=Path, help="result file of `evaluate` with the same recipe")
    arguments = parser.parse_args()
    source = find(arguments.run)
    card = read_card(source)
    if NOT_TO_SHIP & set(card.corpus.split("+")):
        raise SystemExit(f"Expected a corpus whose terms allow it; {card.corpus} may not be shipped.")
    card = dataclasses.replace(card, name=arguments.name, title=arguments.title, corpus_root="")
    if arguments.evaluation:
        result = json.loads(arguments.evaluation.read_text(encoding="utf-8"))
        card = dataclasses.replace(card, evaluation=summary(result, card.settings))
    target = SHIPPED / arguments.name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = [name for name in (WEIGHTS, ATLAS) if (source / name).is_file()]
    for name in files:
        shutil.copyfile(source / name, target / name)
    terms = TERMS.format(
        what="The weights and the atlas" if ATLAS in files else "The weights",
        made="were made from recordings" if card.hears else "were made from sentences in writing",
        corpus=card.corpus,
        licence=card.licence,
        citation=card.citation,
        note=f"\n{arguments.note}\n" if arguments.note else "",
    )
    (target / "LICENSE.md").write_text(terms, encoding="utf-8")
    write_card(target, card)
    print(target)


def summary(result: dict[str, Any], settings: Recipe) -> CardEvaluation:
    """Keep what a card says of an evaluation, with the values in which its recipe differs from the model's settings."""
    kept = ("corpus", "recipe", "protocol", "seed", "back_end", "uar_mean", "uar_std", "wa_mean", "wa_std", "partial")
    folds = result["folds"]
    told = {name: result[name] for name in kept} | {"folds": len(folds)}
    if result.get("reliability") is not None:
        told |= {
            "reliability": result["reliability"],
            "speaker_overlap": max(fold["speaker_overlap"] for fold in folds),
        }
    evaluated, own = (recipe.parameters() for recipe in (fill(Recipe, result["settings"]), settings))
    other = {key: value for key, value in evaluated.items() if own.get(key) != value}
    return CardEvaluation.from_table({**told, "other_settings": other}, "evaluation")


if __name__ == "__main__":
    main()
