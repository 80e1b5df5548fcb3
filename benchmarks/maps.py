"""Maps by UMAP and t-SNE: here, against umap-learn and openTSNE called directly, in the same run."""

import argparse
import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
import openTSNE
import umap
from threadpoolctl import threadpool_limits

from ser_core.geometry.map_quality import map_quality
from ser_core.geometry.maps import TSNE, UMAP, MapRequest, parameters

KINDS, VOICES = 8, 24  # emotions and speakers, as in RAVDESS


def utterances(rows: int, size: int, random: np.random.Generator) -> np.ndarray:
    """Draw vectors of kinds that voices pull apart, scaled to length one."""
    kinds, voices = random.standard_normal((KINDS, size)), 0.5 * random.standard_normal((VOICES, size))
    vectors = kinds[np.arange(rows) % KINDS] + voices[np.arange(rows) // KINDS % VOICES]
    vectors += 0.5 * random.standard_normal((rows, size))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def sides(method: str, vectors: np.ndarray) -> dict[str, Callable[[], np.ndarray]]:
    """Return the ways to make one map, with the same parameters."""
    default = {name: one.default for name, one in parameters(method, len(vectors)).items()}
    request = MapRequest(method, 2, tuple(sorted(default.items())))
    if method == UMAP:
        theirs = umap.UMAP(
            n_neighbors=int(default["neighbours"]),
            min_dist=default["min_distance"],
            n_epochs=int(default["iterations"]),
            metric="cosine",
            random_state=0,
            n_jobs=1,
        )
        return {"ser_core": lambda: request.points(vectors), "umap-learn": lambda: theirs.fit_transform(vectors)}
    other = openTSNE.TSNE(
        perplexity=default["perplexity"],
        n_iter=int(default["iterations"]),
        metric="cosine",
        random_state=0,
        n_jobs=1,
    )
    return {"ser_core": lambda: request.points(vectors), "openTSNE": lambda: np.asarray(other.fit(vectors))}


def main() -> None:
    """Print the seconds of each side, the first time and after, and the median of the paired ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1440, 10_000])
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--methods", nargs="+", default=[UMAP, TSNE], choices=[UMAP, TSNE])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    print(f"one thread, {arguments.rounds} interleaved rounds after a first one; ratio: that side by ser_core")
    for rows in arguments.rows:
        vectors = utterances(rows, arguments.size, np.random.default_rng(0))
        for method in arguments.methods:
            took: dict[str, list[float]] = {}
            kept = {}
            with threadpool_limits(1):
                both = sides(method, vectors)
                for number in range(arguments.rounds + 1):
                    # Whoever goes first changes, so that a machine that slows down favours nobody.
                    for name in list(both)[:: 1 if number % 2 == 0 else -1]:
                        began = time.perf_counter()
                        points = both[name]()
                        took.setdefault(name, []).append(time.perf_counter() - began)
                        kept[name] = map_quality(vectors, points).overlap
            own = took["ser_core"][1:]
            for name, seconds in took.items():
                ratios = [one / mine for one, mine in zip(seconds[1:], own, strict=True)]
                print(
                    f"{method} of {rows} x {arguments.size}, {name}: first {seconds[0]:.1f} s, then median "
                    f"{statistics.median(seconds[1:]):.1f} s, ratio {statistics.median(ratios):.2f}, keeps "
                    f"{kept[name]:.1%} of the 10 nearest"
                )


if __name__ == "__main__":
    main()
