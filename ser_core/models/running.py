"""A trained model over many utterances: embeddings and heads as arrays."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from ser_core.features.batching import batches_by_length
from ser_core.models.masking import pad
from ser_core.models.model import EmotionModel
from ser_core.types import FloatArray

_FRAMES_PER_BATCH = 16_000


def run_on_one_thread() -> None:
    """Let every thread of this process run models on one thread from now on.

    A short sound gains little from a second one: of 60 s, 0.0018 in place of 0.0022 of its duration. Beside busy
    programs, the threads wait for each other in every layer: with two such programs, a live window took 0.58 s on two
    threads and 0.03 s on one (decision 0016).
    """
    torch.set_num_threads(1)


def costs(inputs: Mapping[str, Sequence[Tensor]], step_costs: Mapping[str, float]) -> list[float]:
    """Return what each utterance costs in memory and time, in frames of a spectrogram.

    Inputs are by name, one tensor ``(T, F)`` per utterance; ``step_costs`` is the cost of a step of each.
    """
    each = [[step_costs[name] * item.shape[0] for item in items] for name, items in inputs.items()]
    return [sum(of_one) for of_one in zip(*each, strict=True)]


class ModelOutputs(NamedTuple):
    """Float32 outputs for many utterances: embeddings ``(B, D)``, not scaled; heads ``(B, K)`` by task."""

    embeddings: FloatArray
    heads: Mapping[str, FloatArray]


@torch.inference_mode()
def run_model(model: EmotionModel, inputs: Mapping[str, Sequence[Tensor]]) -> ModelOutputs:
    """Compute embeddings and heads, utterances of similar length together, in evaluation mode.

    Inputs are by name, one tensor ``(T, F)`` per utterance, not standardised; ``(0, F)`` where one is missing.
    """
    count = len(next(iter(inputs.values())))
    was_training = model.training
    model.eval()
    embeddings = np.zeros((count, model.embedding.out_features), dtype=np.float32)
    heads = {name: np.zeros((count, head.out_features), dtype=np.float32) for name, head in model.heads.items()}
    for chosen in batches_by_length(costs(inputs, model.step_costs), limit=_FRAMES_PER_BATCH):
        batch = {
            name: pad([model.standardise(name, items[index].to(model.device)) for index in chosen]).to(model.device)
            for name, items in inputs.items()
        }
        output = model(batch)
        embeddings[chosen] = output.embedding.cpu().numpy()
        for name, values in output.heads.items():
            heads[name][chosen] = values.cpu().numpy()
    model.train(was_training)
    return ModelOutputs(embeddings, heads)


@torch.inference_mode()
def run_head(model: EmotionModel, embeddings: FloatArray) -> FloatArray:
    """Compute the logits ``(B, K)`` of embeddings ``(B, D)`` that the model gave before, float32."""
    rows = torch.from_numpy(np.asarray(embeddings, dtype=np.float32))
    logits: FloatArray = model.head(rows.to(model.device)).cpu().numpy()
    return logits
