"""Correction of a model for one voice: its embeddings are shifted, or its directions moved.

Embeddings are compared at length one. Let ``u = e / |e|`` be the unit embedding of a recording, ``m_k`` the mean of the
unit embeddings of a class's training utterances, ``d_k = m_k / |m_k|`` its direction, ``z = W e + b`` the logits of the
head. A voice gives a shift ``s`` and a move ``a_k`` of each class, and a recording is then judged by

    e'   = |e| · unit(u − s)                 the embedding, as long as before
    d'_k = unit(m_k + a_k)                   the directions
    w'_k = w_k + |w_k| (d'_k − d_k)          the head's rows, which turn with the directions
    z'   = W' e' + b                         the logits; their softmax are the probabilities

Each method uses one of them and leaves the other zero. Without a shift, ``z'_k − z_k`` has the sign of
``cos(u, d'_k) − cos(u, d_k)``: a class becomes more probable beside one that stayed just when its angle became smaller.
"""

from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np

from ser_core.checkpoints.store import Checkpoint
from ser_core.config import lookup
from ser_core.errors import VoiceError
from ser_core.evaluation.back_ends import FITTED
from ser_core.geometry.angles import unit
from ser_core.labels import codes, in_order
from ser_core.voices.correction import Calibration, class_means_of, head_of
from ser_core.voices.unlabelled import shifting, unlabelled_shifts
from ser_core.voices.voice import Voice, VoiceClip

NEUTRAL, UNLABELLED = "neutral", "unlabelled"
NOT_STATED = "not stated"  # in place of a clip's emotion


def calibration_of(voice: Voice, checkpoint: Checkpoint) -> Calibration:
    """Compute the correction of a model for a voice.

    Raises:
        ConfigError: if there is no such method.
        VoiceError: if the voice was made for another model, or the method does not suit the model or the clips.
    """
    method = lookup("method", voice.method, METHODS)
    if voice.digest != checkpoint.digest:
        raise VoiceError(
            f"Expected a voice made for the model {checkpoint.card.name}; {voice.name} was made for "
            f"{voice.checkpoint}, which hears with other weights. Choose that model, or make a voice for this one from "
            "the same clips."
        )
    if voice.embeddings.shape[1] != checkpoint.directions.shape[1]:
        raise VoiceError(
            f"Expected clips of {checkpoint.directions.shape[1]} numbers each, as the model computes them; "
            f"{voice.name} holds {voice.embeddings.shape[1]}. Make the voice again from the recordings."
        )
    unknown = [clip for clip in voice.clips if clip.emotion is not None and clip.emotion not in checkpoint.labels]
    if unknown:
        raise VoiceError(
            f"Expected clips of emotions that the model knows ({', '.join(checkpoint.labels)}); {unknown[0].name} is "
            f"{unknown[0].emotion}. Leave it out."
        )
    return method(voice, checkpoint)


def neutral_shift(voice: Voice, checkpoint: Checkpoint) -> Calibration:
    """Subtract how far the person's neutral speech lies from the model's.

    With ``n`` neutral clips of mean unit embedding ``p``: ``s = n / (n + c) · (p − m_neutral)``, where ``c`` is the
    voice's ``model_counts``. Clips of other emotions play no part.

    Raises:
        VoiceError: if the model has no class neutral, or no clip is neutral.
    """
    labels = checkpoint.labels
    if NEUTRAL not in labels:
        raise VoiceError(
            f"Expected a model with a class {NEUTRAL} to shift by; this one knows {', '.join(labels)}. "
            "Choose the method few-shot, or another model."
        )
    own = [clip.embedding for clip in deciding(voice)]
    if not own:
        raise VoiceError(
            f"Expected at least one {NEUTRAL} clip for a {NEUTRAL} shift; got {', '.join(voice.emotions) or 'none'} "
            f"alone. Add a sentence that you speak without emotion, or choose the method few-shot or {UNLABELLED}."
        )
    reference = class_means_of(checkpoint)[labels.index(NEUTRAL)]
    head = head_of(checkpoint)
    shift = _belief(voice, len(own)) * (unit(np.stack(own)).mean(axis=0) - reference)
    return Calibration(shift, unit(checkpoint.directions), head, head)


def few_shot(voice: Voice, checkpoint: Checkpoint) -> Calibration:
    """Pull the directions towards the person's own clips.

    A class with ``n_k`` clips of mean unit embedding ``p_k`` moves by ``a_k = n_k / (n_k + c) · (p_k − m_k)``, where
    ``c`` is the voice's ``model_counts``: its new mean is that of the clips and of ``c`` clips at the model's mean. A
    class without clips moves by the mean of these moves, since most of a voice's change is common to all classes;
    otherwise classes with clips would attract all speech of this person.

    Raises:
        VoiceError: if the model judges by a back end that knows no directions.
    """
    back_end = checkpoint.card.back_end
    if back_end in FITTED:  # it knows no directions
        raise VoiceError(
            f"Expected a model that judges by its head or by angles, so that moved directions matter; this one judges "
            f"by {back_end}. Choose the method {NEUTRAL}, or another model."
        )
    stated = [(clip.emotion, clip.embedding) for clip in voice.clips if clip.emotion is not None]
    if not stated:
        raise VoiceError(
            "Expected clips whose emotion is stated for the method few-shot; got none. Say how they were spoken, or "
            f"choose the method {UNLABELLED}."
        )
    means, units = class_means_of(checkpoint), unit(np.stack([embedding for _, embedding in stated]))
    numbers = codes([emotion for emotion, _ in stated], checkpoint.labels)
    given = np.unique(numbers)
    moves = np.empty_like(means)
    for number in given:
        own = units[numbers == number]
        moves[number] = _belief(voice, len(own)) * (own.mean(axis=0) - means[number])
    moves[~np.isin(np.arange(len(means)), given)] = moves[given].mean(axis=0)
    before, directions = unit(means), unit(means + moves)
    head = head_of(checkpoint)
    turned = head + np.linalg.norm(head, axis=1, keepdims=True) * (directions - before)
    return Calibration(np.zeros(means.shape[1]), directions, head, turned)


def unlabelled(voice: Voice, checkpoint: Checkpoint) -> Calibration:
    """Subtract how far the mean of all clips lies from the model's; see :mod:`ser_core.voices.unlabelled`."""
    (shift,) = unlabelled_shifts(checkpoint, [unit(voice.embeddings)], model_counts=voice.model_counts)
    return shifting(checkpoint, shift)


METHODS: Mapping[str, Callable[[Voice, Checkpoint], Calibration]] = {
    NEUTRAL: neutral_shift,
    "few-shot": few_shot,
    UNLABELLED: unlabelled,
}


def deciding(voice: Voice) -> tuple[VoiceClip, ...]:
    """Return the clips that a voice's method uses; the others only show its effect."""
    if voice.method == UNLABELLED:
        return voice.clips
    wanted = (NEUTRAL,) if voice.method == NEUTRAL else voice.emotions
    return tuple(clip for clip in voice.clips if clip.emotion in wanted)


def made_of(voice: Voice) -> str:
    """Say how many clips of each emotion decide, for example ``neutral 3, sad 1, not stated 2``."""
    counts = Counter(clip.emotion or NOT_STATED for clip in deciding(voice))
    emotions = (*in_order(emotion for emotion in counts if emotion != NOT_STATED), NOT_STATED)
    return ", ".join(f"{emotion} {counts[emotion]}" for emotion in emotions if counts[emotion])


def _belief(voice: Voice, clips: int) -> float:
    return clips / (clips + voice.model_counts)
