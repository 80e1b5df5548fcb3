"""The worked examples of docs/extend/ run as they stand there, and keep what the guides promise."""

import re
from pathlib import Path

import pytest
import torch

from ser_core.errors import InputError

GUIDES = Path(__file__).resolve().parents[1] / "docs" / "extend"


def example(guide: str) -> dict[str, object]:
    """Run the first Python block of a guide, and return what it defines."""
    block = re.search(r"```python\n(.*?)```", (GUIDES / guide).read_text(encoding="utf-8"), re.DOTALL)
    assert block
    namespace: dict[str, object] = {"__name__": guide}
    exec(compile(block[1], guide, "exec"), namespace)
    return namespace


def test_the_loss_of_the_guide_equals_its_definition_in_plain_loops() -> None:
    loss = example("loss.md")["CentreLoss"](classes=3, embedding_size=2)
    with torch.no_grad():
        loss.centres.copy_(torch.tensor([[0.0, 0.0], [1.0, 2.0], [5.0, 5.0]]))
    embeddings, labels = torch.tensor([[1.0, 0.0], [4.0, 6.0]]), torch.tensor([0, 1])
    expected = 0.0
    for row, label in zip(embeddings, labels, strict=True):
        expected += sum(0.5 * float(a - b) ** 2 for a, b in zip(row, loss.centres[label].detach(), strict=True))
    assert float(loss(embeddings, labels).detach()) == pytest.approx(expected / 2)


def test_the_loss_of_the_guide_moves_only_the_centres_of_classes_in_the_batch() -> None:
    loss = example("loss.md")["CentreLoss"](classes=3, embedding_size=2)
    loss(torch.ones(2, 2), torch.tensor([0, 2])).backward()
    assert loss.centres.grad.abs().sum(dim=1).gt(0).tolist() == [True, False, True]


def test_the_loss_of_the_guide_refuses_labels_of_another_batch() -> None:
    loss = example("loss.md")["CentreLoss"](classes=3, embedding_size=2)
    with pytest.raises(InputError, match="Pass the rows of one batch"):
        loss(torch.ones(2, 2), torch.tensor([0]))


def test_the_encoder_of_the_guide_gives_an_utterance_the_same_vector_alone_and_padded() -> None:
    torch.manual_seed(0)
    encoder = example("encoder.md")["RecurrentEncoder"](8, units=4).eval()
    frames = torch.randn(2, 20, 8)
    padded = frames.clone()
    padded[0, 13:] = 7.0  # whatever lies behind the end
    together = encoder(padded, torch.tensor([13, 20]))
    alone = encoder(frames[:1, :13], torch.tensor([13]))
    assert together.shape == (2, encoder.size)
    torch.testing.assert_close(together[:1], alone)
