"""A trained model over many utterances: embeddings and logits as arrays."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from ser_core.features.batching import batches_by_length
from ser_core.models.masking import pad
from ser_core.models.model import EmotionModel
from ser_core.types import FloatArray

_FRAMES_PER_BATCH = 16_000


def run_on_one_thread() -> None:
    """Let this process run models on one thread each from now on, on whichever of its threads that is.

    A short sound gains little from a second one: of 60 s, 0.0018 in place of 0.0022 of the time it was spoken in. Where
    other programs want the cores, the threads wait for each other in every layer: with two programs that compute beside
    the app, a live window took 0.58 s on two threads and 0.03 s on one (decision 0016).
    """
    torch.set_num_threads(1)


@torch.inference_mode()
def run_model(model: EmotionModel, frames: Sequence[Tensor]) -> tuple[FloatArray, FloatArray]:
    """Compute embeddings and logits, utterances of similar length together.

    Args:
        model: is put into evaluation mode for the time being.
        frames: one tensor of shape ``(T, F)`` per utterance, as the front end makes them.

    Returns:
        Embeddings ``(B, D)`` and logits ``(B, K)``, float32.
    """
    was_training = model.training
    model.eval()
    device = model.frame_mean.device
    embeddings = np.zeros((len(frames), model.embedding.out_features), dtype=np.float32)
    logits = np.zeros((len(frames), model.head.out_features), dtype=np.float32)
    for chosen in batches_by_length([item.shape[0] for item in frames], limit=_FRAMES_PER_BATCH):
        batch, lengths = pad([model.standardise(frames[index].to(device)) for index in chosen])
        output = model(batch, lengths.to(device))
        embeddings[chosen] = output.embeddings.cpu().numpy()
        logits[chosen] = output.logits.cpu().numpy()
    model.train(was_training)
    return embeddings, logits


@torch.inference_mode()
def run_head(model: EmotionModel, embeddings: FloatArray) -> FloatArray:
    """Compute the logits ``(B, K)`` of embeddings ``(B, D)`` that the model gave before, float32."""
    rows = torch.from_numpy(np.asarray(embeddings, dtype=np.float32))
    logits: FloatArray = model.head(rows.to(model.frame_mean.device)).cpu().numpy()
    return logits
