"""What a network is made of, block by block: in the network's own words, with shapes and weights taken from itself."""

import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

# What the last dimensions of a block's output count.
MAPS = ("channels", "steps", "frequencies")
STEPS = ("steps", "values")
VECTOR = ("values",)


@dataclass(frozen=True)
class Part:
    """A block of a network, as the network describes it.

    Attributes:
        kind: ``convolution``, ``recurrent``, ``dense``, ``pooling``, ``embedding``, ``head``; ``network`` for one
            without a description of its own.
        detail: sizes, strides, what follows inside the block.
        axes: what the last dimensions of the output count.
        output: the module whose output the block hands on.
        modules: whose weights are the block's; :attr:`output` alone if none is named.
        shortcut: what leads around the block and is added behind it; empty where nothing does.
    """

    kind: str
    title: str
    detail: str
    axes: tuple[str, ...]
    output: nn.Module
    modules: tuple[nn.Module, ...] | None = None
    shortcut: str = ""

    @property
    def parameters(self) -> int:
        """Weights of the block."""
        modules = (self.output,) if self.modules is None else self.modules
        return sum(parameter.numel() for module in modules for parameter in module.parameters())


@dataclass(frozen=True)
class Block:
    """A block of a network that has seen an utterance; see :class:`Part`.

    Attributes:
        kind: also ``utterance``, ``front end``, ``stage`` and ``decision`` around a network.
        axes: what :attr:`sizes` count.
        sizes: of its output for one utterance.
        parameters: number of weights.
    """

    kind: str
    title: str
    detail: str
    axes: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    parameters: int = 0
    shortcut: str = ""

    @property
    def shape(self) -> str:
        """Shape of its output, in words.

        Examples:
            >>> Block("pooling", "mean", "", ("values",), (128,)).shape
            '128 values'
        """
        return " × ".join(f"{size} {axis}" for size, axis in zip(self.sizes, self.axes, strict=True))


class Described(typing.Protocol):
    """A brick that is one block of a network."""

    def part(self) -> Part:
        """Describe it."""
        ...


def part_of(module: nn.Module) -> Part:
    """Let a brick describe itself; bricks lie in lists, where their kind is forgotten."""
    return typing.cast(Described, module).part()


def parts_of(network: nn.Module) -> list[Part]:
    """Let an encoder describe its blocks, in the order in which they work; one without ``layout()`` is one block."""
    described: Callable[[], list[Part]] | None = getattr(network, "layout", None)
    if described is None:
        return [Part("network", type(network).__name__, "does not describe its parts", VECTOR, network)]
    return described()


def blocks_of(parts: Sequence[Part], run: Callable[[], object]) -> list[Block]:
    """Run an utterance through a network, and return one block per part, with the sizes of its output."""
    seen: dict[nn.Module, tuple[int, ...]] = {}

    def note(module: nn.Module, given: object, handed: object) -> None:
        tensor = handed if isinstance(handed, Tensor) else typing.cast("tuple[Tensor, ...]", handed)[0]
        seen[module] = tuple(tensor.shape)

    hooks = [module.register_forward_hook(note) for module in {part.output for part in parts}]
    try:
        with torch.no_grad():
            run()
    finally:
        for hook in hooks:
            hook.remove()
    return [block_of(part, seen[part.output][-len(part.axes) :]) for part in parts]


def block_of(part: Part, sizes: tuple[int, ...] = ()) -> Block:
    """Describe a part with the sizes of its output; without them where they cannot be measured."""
    return Block(
        kind=part.kind,
        title=part.title,
        detail=part.detail,
        axes=part.axes if sizes else (),
        sizes=sizes,
        parameters=part.parameters,
        shortcut=part.shortcut,
    )


def dropout_text(layer: nn.Dropout) -> list[str]:
    """Return the dropout while training as the one entry of a list; an empty list without dropout.

    Examples:
        >>> dropout_text(nn.Dropout(0.3)), dropout_text(nn.Dropout(0.0))
        (['dropout 0.3'], [])
    """
    return [f"dropout {layer.p:g}"] if layer.p > 0 else []
