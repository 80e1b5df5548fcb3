"""What are a recipe's answers worth for people of corpora that it was not trained on? Trains, measures, writes."""

import argparse
from pathlib import Path

from benchmarks.worth.cells import measure
from benchmarks.worth.plan import TABLES, GivenCorpus, trainings
from benchmarks.worth.tables import kept, page, readme_section, summaries, with_section
from ser_core.checkpoints.folder import read_card
from ser_core.checkpoints.listing import find
from ser_core.checkpoints.measuring import add_strangers
from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError, SerError
from ser_core.recipes import load_recipe
from ser_core.storage import write_text_atomically
from ser_core.training.device import keep_freed_memory, one_thread

FOLDER, PAGE, README = Path("docs/results/people"), Path("docs/people.md"), Path("README.md")


def main() -> None:
    """Measure what is not kept yet, and write the pages from all that is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", help="name or FILE.toml; without it the pages alone are written")
    parser.add_argument("--set", action="append", default=[], dest="assignments", help="key=value of the recipe")
    parser.add_argument("--corpus", action="append", default=[], help="KIND:DIR or a table; repeatable")
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=TABLES)
    parser.add_argument("--tested", nargs="+", help="corpora to test on; all that are given if not said")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--card", help="name of a model of that recipe, whose card is to tell the table of what ships")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--readme", type=Path, default=README)
    options = parser.parse_args()
    if options.recipe is not None:
        try:
            _measure(options)
        except SerError as error:
            raise SystemExit(str(error)) from error
    cells = kept(options.folder)
    if not cells:
        raise SystemExit(f"Expected kept figures in {options.folder}; there are none. Name a --recipe and corpora.")
    write_text_atomically(options.page, page(cells))
    if options.readme.is_file():
        text = options.readme.read_text(encoding="utf-8")
        write_text_atomically(options.readme, with_section(text, readme_section(cells)))
    if options.card is not None:
        recipe = read_card(find(options.card)).recipe
        add_strangers(options.card, recipe, summaries(cells, recipe))
    print(page(cells))


def _measure(options: argparse.Namespace) -> None:
    recipe = load_recipe(options.recipe, options.assignments)
    opened = [GivenCorpus(spec, open_corpus(spec)) for spec in options.corpus]
    corpora = {one.manifest.corpus: one for one in opened}
    if len(corpora) < len(opened):
        names = ", ".join(one.manifest.corpus for one in opened)
        raise ConfigError(f"Expected corpora of different names; got {names}. Leave one out.")
    unknown = sorted(set(options.tested or ()) - set(corpora))
    if unknown:
        raise ConfigError(f"Expected --tested among {', '.join(corpora)}; got {', '.join(unknown)}. Add its --corpus.")
    planned = trainings(
        list(corpora), tables=options.tables, tested=options.tested or list(corpora), seeds=options.seeds
    )
    if not planned:
        raise ConfigError(
            "Expected corpora to train on and others to test, without the same people in both; got "
            f"{', '.join(corpora) or 'none'}. Add more with --corpus."
        )
    options.folder.mkdir(parents=True, exist_ok=True)
    keep_freed_memory()
    with one_thread():
        for number, training in enumerate(planned, 1):
            print(
                f"{number} of {len(planned)}: {training.table}, seed {training.seed}, trained on "
                f"{', '.join(training.corpora)}, tested on {', '.join(training.tested)}",
                flush=True,
            )
            measure(training, corpora, recipe, options.folder)


if __name__ == "__main__":
    main()
