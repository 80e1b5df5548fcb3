"""One batch-hard triplet step, forward and backward: here, against pytorch-metric-learning, in the same run."""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import torch
from pytorch_metric_learning import distances, losses, miners
from torch import Tensor

from ser_core.losses import TripletLoss


def their_distance(name: str) -> distances.BaseDistance:
    """Return the library's distance of the same meaning between vectors of unit length."""
    if name == "cosine":
        return distances.CosineSimilarity()
    return distances.LpDistance(normalize_embeddings=True, power=2 if name == "squared-euclidean" else 1)


def seconds(loss: Callable[[Tensor, Tensor], Tensor], embeddings: Tensor, labels: Tensor, steps: int) -> float:
    """Time the mean step."""
    began = time.perf_counter()
    for _ in range(steps):
        embeddings.grad = None
        loss(embeddings, labels).backward()
    return (time.perf_counter() - began) / steps


def main() -> None:
    """Print the median step of both, and the median and the quartiles of the paired ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--classes", type=int, default=8)
    parser.add_argument("--distance", default="squared-euclidean")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--steps", type=int, default=5, help="steps per round and side")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    random = torch.Generator().manual_seed(0)
    embeddings = torch.randn(arguments.batch, arguments.size, generator=random).requires_grad_()
    labels = torch.arange(arguments.batch) % arguments.classes
    own = TripletLoss(margin=0.2, distance=arguments.distance, miner="batch-hard")
    distance = their_distance(arguments.distance)
    library = losses.TripletMarginLoss(margin=0.2, distance=distance)
    miner = miners.BatchHardMiner(distance=distance)

    def ours(rows: Tensor, classes: Tensor) -> Tensor:
        return own(rows, classes)[0]

    def theirs(rows: Tensor, classes: Tensor) -> Tensor:
        return library(rows, classes, miner(rows, classes))

    torch.testing.assert_close(ours(embeddings, labels), theirs(embeddings, labels))  # the same work
    sides = (ours, theirs)
    for side in sides:  # warm up
        seconds(side, embeddings, labels, arguments.steps)
    rounds: list[tuple[float, float]] = []
    for number in range(arguments.rounds):
        # Whoever goes first changes, so that a machine that slows down favours nobody.
        order = (0, 1) if number % 2 == 0 else (1, 0)
        took = {side: seconds(sides[side], embeddings, labels, arguments.steps) for side in order}
        rounds.append((took[0], took[1]))
    mine, other = (1e3 * statistics.median(column) for column in zip(*rounds, strict=True))
    low, middle, high = np.quantile([first / second for first, second in rounds], [0.25, 0.5, 0.75])
    print(f"batch-hard triplets of {arguments.batch} x {arguments.size}, {arguments.distance}")
    print(f"{arguments.threads} threads, {len(rounds)} interleaved rounds of {arguments.steps} steps")
    print(f"ser_core {mine:.2f} ms, pytorch-metric-learning {other:.2f} ms a step")
    print(f"ratio {middle:.2f} (quartiles {low:.2f} to {high:.2f}); below 1, ser_core is the faster one")


if __name__ == "__main__":
    main()
