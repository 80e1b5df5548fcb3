"""Which settings of the recipe for people are better for people of corpora that it did not learn from?"""

import argparse
from pathlib import Path

from benchmarks.candidates.measuring import candidates, measure
from benchmarks.candidates.page import page, row_of
from benchmarks.worth.plan import GivenCorpus
from ser_core.corpora import open_corpus
from ser_core.errors import SerError
from ser_core.storage import write_text_atomically
from ser_core.training.device import keep_freed_memory, one_thread

FOLDER, PAGE = Path("docs/results/candidates"), Path("docs/experiments.md")


def main() -> None:
    """Measure the candidates that are not kept yet, and write the page from all that are."""
    listed = candidates()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", default=[], help="KIND:DIR or a table; without, the page alone")
    parser.add_argument("--only", nargs="+", choices=[one.name for one in listed], metavar="NAME", help="of the list")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--page", type=Path, default=PAGE)
    options = parser.parse_args()
    if options.corpus:
        try:
            opened = [GivenCorpus(spec, open_corpus(spec)) for spec in options.corpus]
            corpora = {one.manifest.corpus: one for one in opened}
            keep_freed_memory()
            with one_thread():
                for one in listed:
                    if options.only is None or one.name in options.only:
                        new = measure(one, corpora, options.seeds, options.folder)
                        print(f"{one.name}: {'measured' if new else 'kept'}", flush=True)
        except SerError as error:
            raise SystemExit(str(error)) from error
    rows = [row for one in listed if (row := row_of(one, options.folder)) is not None]
    if not rows or rows[0].candidate != listed[0]:
        raise SystemExit(
            f"Expected kept figures of {listed[0].name} in {options.folder}; there are none. Name --corpus."
        )
    text = page(rows)
    write_text_atomically(options.page, text)
    print(text)


if __name__ == "__main__":
    main()
