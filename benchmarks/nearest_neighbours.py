"""Exact neighbours: here, against scikit-learn's brute force and NumPy's product with argpartition, in the same run."""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from ser_core.geometry.neighbours import nearest

BLOCK = 256  # queries that NumPy's way looks at together


def by_numpy(queries: np.ndarray, embeddings: np.ndarray, count: int) -> np.ndarray:
    """Search by a single-precision product, argpartition, and a sort of what it leaves."""
    found = np.empty((len(queries), count), dtype=np.int64)
    for start in range(0, len(queries), BLOCK):
        cosines = queries[start : start + BLOCK] @ embeddings.T
        part = np.argpartition(-cosines, count, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(cosines, part, axis=1), axis=1, kind="stable")
        found[start : start + BLOCK] = np.take_along_axis(part, order, axis=1)
    return found


def product(queries: np.ndarray, embeddings: np.ndarray) -> None:
    """Compute all cosines in single precision and throw them away: what no exact search by a product can do without."""
    out = np.empty((BLOCK, len(embeddings)), dtype=np.float32)
    for start in range(0, len(queries), BLOCK):
        part = queries[start : start + BLOCK]
        np.matmul(part, embeddings.T, out=out[: len(part)])


def main() -> None:
    """Print the median of each side and the quartiles of the paired ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--embeddings", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    random = np.random.default_rng(0)
    embeddings = random.standard_normal((arguments.embeddings, arguments.size), dtype=np.float32)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    queries = random.standard_normal((arguments.queries, arguments.size), dtype=np.float32)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    count = arguments.count
    # Vectors of length one: the nearest by Euclidean distance, scikit-learn's fastest way, are the nearest by angle.
    theirs = NearestNeighbors(n_neighbors=count, algorithm="brute", metric="euclidean").fit(embeddings)
    by_cosine = NearestNeighbors(n_neighbors=count, algorithm="brute", metric="cosine").fit(embeddings)
    sides: dict[str, Callable[[], object]] = {
        "ser_core": lambda: nearest(queries, embeddings, count)[0],
        "scikit-learn, Euclidean": lambda: theirs.kneighbors(queries, return_distance=False),
        "scikit-learn, cosine": lambda: by_cosine.kneighbors(queries, return_distance=False),
        "NumPy, argpartition": lambda: by_numpy(queries, embeddings, count),
        "product alone": lambda: product(queries, embeddings),
    }
    took: dict[str, list[float]] = {name: [] for name in sides}
    with threadpool_limits(arguments.threads):
        found = {name: side() for name, side in sides.items()}  # warms up
        for number in range(arguments.rounds):
            # Whoever goes first changes, so that a machine that slows down favours nobody.
            names = list(sides)[number % len(sides) :] + list(sides)[: number % len(sides)]
            for name in names:
                began = time.perf_counter()
                sides[name]()
                took[name].append(time.perf_counter() - began)
    exact = np.argsort(-(queries[:50].astype(np.float64) @ embeddings.T.astype(np.float64)), axis=1)[:, :count]
    print(f"{count} nearest of {arguments.queries} queries among {arguments.embeddings} x {arguments.size}, float32")
    print(f"{arguments.threads} threads, {arguments.rounds} interleaved rounds; ratio: that side by ser_core")
    own = took["ser_core"]
    for name, seconds in took.items():
        low, middle, high = np.quantile([one / mine for one, mine in zip(seconds, own, strict=True)], [0.25, 0.5, 0.75])
        rows = found[name]
        right = f", {np.mean(rows[:50] == exact):.2%} as in float64" if isinstance(rows, np.ndarray) else ""
        print(
            f"{name}: median {statistics.median(seconds):.3f} s, ratio {middle:.2f} "
            f"(quartiles {low:.2f} to {high:.2f}){right}"
        )
    gigaflops = 2e-9 * arguments.queries * arguments.embeddings * arguments.size
    print(f"the product alone runs at {gigaflops / statistics.median(took['product alone']):.0f} GFLOP/s")


if __name__ == "__main__":
    main()
