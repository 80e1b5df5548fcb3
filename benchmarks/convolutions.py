"""How near to a large matrix product the convolutions of `residual-triplet` come, in either order of memory.

A softmax step on the demo corpus has about 2,560 frames of 128 bands. Every 3 x 3 convolution of the four blocks is run
forwards and for both gradients, once with frequency next to channels in memory and once with time there, on one thread.
Times are processor times, so that a busy computer disturbs less: the first quartile of many rounds.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import torch

# Channels in and out, steps and frequencies before it, stride over time and frequency.
_LAYERS = (
    (16, 32, 1280, 64, (2, 2)),
    (32, 32, 640, 32, (1, 1)),
    (32, 64, 640, 32, (2, 2)),
    (64, 64, 320, 16, (1, 1)),
    (64, 96, 320, 16, (1, 2)),
    (96, 96, 320, 8, (1, 1)),
    (96, 128, 320, 8, (1, 2)),
    (128, 128, 320, 4, (1, 1)),
)
_PRODUCT = 2048  # rows and columns of the matrices whose product is the ceiling


def seconds(run: Callable[[], object], rounds: int) -> float:
    """Return the first quartile of the processor time of one call."""
    for _ in range(3):
        run()
    taken = []
    for _ in range(rounds):
        began = time.thread_time()
        run()
        taken.append(time.thread_time() - began)
    return statistics.quantiles(taken, n=4)[0]


def rates(layer: tuple[int, int, int, int, tuple[int, int]], *, time_last: bool, rounds: int) -> list[float]:
    """Return GFLOP/s forwards, of the gradient of the maps and of that of the weights."""
    inputs, outputs, steps, bands, stride = layer
    size, strides = ((bands, steps), stride[::-1]) if time_last else ((steps, bands), stride)
    order = torch.channels_last
    maps = torch.randn(1, inputs, *size).bfloat16().contiguous(memory_format=order)
    weights = torch.randn(outputs, inputs, 3, 3).bfloat16().contiguous(memory_format=order)
    result = torch.nn.functional.conv2d(maps, weights, None, strides, 1)
    gradient = torch.randn_like(result)

    def backward(wanted: list[bool]) -> object:
        return torch.ops.aten.convolution_backward(
            gradient, maps, weights, None, strides, (1, 1), (1, 1), False, (0, 0), 1, wanted
        )

    runs = (
        lambda: torch.nn.functional.conv2d(maps, weights, None, strides, 1),
        lambda: backward([True, False, False]),
        lambda: backward([False, True, False]),
    )
    operations = 2 * result.numel() * inputs * 9
    return [operations / seconds(run, rounds) / 1e9 for run in runs]


def main() -> None:
    """Print a line per layer and order of memory, and before them the ceiling."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.convolutions", description=__doc__)
    parser.add_argument("--rounds", type=int, default=30, help="default %(default)s")
    given = parser.parse_args()
    torch.set_num_threads(1)
    first, second = (torch.randn(_PRODUCT, _PRODUCT).bfloat16() for _ in range(2))
    ceiling = 2 * _PRODUCT**3 / seconds(lambda: first @ second, 8) / 1e9
    print(f"ceiling: {ceiling:.0f} GFLOP/s, a bfloat16 product of {_PRODUCT} x {_PRODUCT}")
    for layer in _LAYERS:
        for time_last in (False, True):
            forwards, of_maps, of_weights = rates(layer, time_last=time_last, rounds=given.rounds)
            print(
                f"{layer[0]:4d} to {layer[1]:3d} channels, stride {layer[4][0]} x {layer[4][1]}, "
                f"{'time' if time_last else 'frequency'} next to channels: {forwards:.0f} GFLOP/s forwards, "
                f"{of_maps:.0f} gradient of maps, {of_weights:.0f} of weights",
                flush=True,
            )


if __name__ == "__main__":
    main()
