"""Cache of models, their known utterances, and voices."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.types import FloatArray
from ui.cache.changes import version
from ui.cache.spaces import directions_in

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry
    from ser_core.geometry.projection import PcaMap
    from ser_core.inference import Atlas, Reader, TextReader
    from ser_core.plots.angle_dial import DialClass
    from ser_core.plots.point_map import PointMap
    from ser_core.voices.library import SavedVoice


def checkpoints() -> "list[Entry]":
    """List the models that hear, which can be chosen: shipped, made here, and finished runs."""
    return [entry for entry in every_checkpoint() if entry.card.hears]


def text_models() -> "list[Entry]":
    """List the models that rate sentences in writing, and hear nothing; no voice is judged by them."""
    return [entry for entry in every_checkpoint() if not entry.card.hears]


@st.cache_data(ttl=3, show_spinner=False)
def every_checkpoint() -> "list[Entry]":
    """List all models, as :func:`checkpoints`."""
    from ser_core.checkpoints import available

    return list(available())


@st.cache_data(ttl=3, show_spinner=False)
def unreadable() -> list[tuple[str, str]]:
    """List the models that cannot be chosen, each with the reason: damaged, or of another version."""
    from ser_core.checkpoints.listing import unreadable as listed

    return list(listed())


def reader(checkpoint: Path, voice: Path | None = None) -> "Reader":
    """Load a checkpoint's model, once for each version of its files; for a voice, where its file is given."""
    if voice is None:
        return _reader(str(checkpoint), version(checkpoint))
    return _voiced_reader(str(checkpoint), version(checkpoint), str(voice), version(voice))


def text_reader(checkpoint: Path) -> "TextReader":
    """Load a model that rates sentences in writing, once for each version of its files."""
    return _text_reader(str(checkpoint), version(checkpoint))


@st.cache_data(ttl=3, show_spinner=False)
def voices() -> "tuple[list[SavedVoice], list[tuple[Path, str]]]":
    """List the voices that are kept; beside them the files that cannot be read, each with the reason."""
    from ser_core.voices.library import saved_voices

    return saved_voices()


def voices_for(checkpoint: Path) -> "list[SavedVoice]":
    """List the voices that were made for a model.

    Raises:
        CheckpointError: if the digests beside it are missing.
    """
    from ser_core.checkpoints.folder import weights_digest

    digest = weights_digest(checkpoint)
    return [one for one in voices()[0] if one.voice.digest == digest]


def atlas(checkpoint: Path) -> "Atlas":
    """Load a checkpoint's known utterances."""
    return _atlas(str(checkpoint), version(checkpoint))


def directions(known: Path, source: str = "mean") -> tuple[tuple[str, ...], FloatArray]:
    """Return the labels of a checkpoint, or of a file of vectors, and the direction of each, shape ``(K, D)``.

    Args:
        known: folder of the checkpoint, or the file.
        source: of the directions, a name in :data:`ser_core.checkpoints.directions.DIRECTIONS` or, for a file, in
            :data:`ser_core.embeddings.directions.DIRECTIONS`.
    """
    if known.is_file():
        return directions_in(str(known), version(known), source)
    return _directions(str(known), version(known), source)


def angle_matrix(checkpoint: Path) -> tuple[tuple[str, ...], FloatArray]:
    """Measure the angles between a model's directions, with its test utterances on the diagonal.

    Returns:
        Labels, and degrees, shape ``(K, K)``.
    """
    return _angle_matrix(str(checkpoint), version(checkpoint))


@dataclass(frozen=True)
class LiveModel:
    """A model as the live view shows it.

    Attributes:
        described: for the browser.
        map: places embeddings among the model's known utterances; ``None`` where it knows too few.
        trouble: what is wrong with its known utterances, if anything.
    """

    described: dict[str, Any]
    map: "PcaMap | None"
    trouble: str


def live_model(checkpoint: Path) -> LiveModel:
    """Describe a model for the live view, with the map of what it knows."""
    return _live_model(str(checkpoint), version(checkpoint))


@dataclass(frozen=True)
class KnownMap:
    """The map of a model's known utterances.

    Attributes:
        places: places further embeddings on it.
        made: the map, for the browser; ids of points are row numbers of the known utterances.
        space: the name of the space of ``made``.
    """

    places: "PcaMap"
    made: "PointMap"
    space: str


def known_map(checkpoint: Path) -> KnownMap:
    """Draw the map of a model's known utterances.

    Raises:
        CheckpointError: if their table is missing or damaged.
        EmbeddingError: if there are too few for a map.
    """
    return _known_map(str(checkpoint), version(checkpoint))


def dial_classes(checkpoint: Path) -> "list[DialClass]":
    """Arrange a model's classes on the angle dial."""
    return _dial_classes(str(checkpoint), version(checkpoint))


def warm_up(checkpoint: Path) -> None:
    """Load the model and judge a moment of noise, so that the first recording is answered at once."""
    _warm(str(checkpoint), version(checkpoint))


def voice_version(voice: Path | None) -> tuple[str, int]:
    """Return a voice's file and the number of its version, for a function that is cached by them."""
    return ("", 0) if voice is None else (str(voice), version(voice))


@st.cache_resource(max_entries=3, show_spinner="Loading the model…")
def _reader(checkpoint: str, version: int) -> "Reader":
    from ser_core.inference import Reader
    from ser_core.models.running import run_on_one_thread

    run_on_one_thread()
    return Reader.load(Path(checkpoint))


@st.cache_resource(max_entries=2, show_spinner=False)
def _text_reader(checkpoint: str, version: int) -> "TextReader":
    from ser_core.inference import TextReader
    from ser_core.models.running import run_on_one_thread

    run_on_one_thread()
    return TextReader.load(Path(checkpoint))


@st.cache_resource(max_entries=8, show_spinner=False)
def _voiced_reader(checkpoint: str, version: int, voice: str, voice_version: int) -> "Reader":
    from ser_core.inference import Reader
    from ser_core.voices import find_voice

    return Reader(_reader(checkpoint, version).checkpoint, find_voice(Path(voice)))


@st.cache_resource(max_entries=4, show_spinner="Loading the known utterances…")
def _atlas(checkpoint: str, version: int) -> "Atlas":
    from ser_core.inference import Atlas

    return Atlas.load(Path(checkpoint))


@st.cache_data(max_entries=8, show_spinner=False)
def _directions(checkpoint: str, version: int, source: str) -> tuple[tuple[str, ...], FloatArray]:
    from ser_core.checkpoints import load_checkpoint
    from ser_core.checkpoints.directions import directions_by

    loaded = load_checkpoint(Path(checkpoint))
    return loaded.labels, directions_by(source, loaded)


@st.cache_data(max_entries=64, show_spinner="Measuring angles…")
def _angle_matrix(checkpoint: str, version: int) -> tuple[tuple[str, ...], FloatArray]:
    from ser_core.geometry.angles import class_angle_matrix

    labels, of_class = _directions(checkpoint, version, "mean")
    known = _atlas(checkpoint, version)
    chosen = ((known.frame["split"] == "test") & known.frame["emotion"].isin(list(labels))).to_numpy()
    emotions = known.frame.loc[chosen, "emotion"]
    return labels, class_angle_matrix(known.embeddings[chosen], emotions, of_class, labels)


@st.cache_resource(max_entries=4, show_spinner="Drawing the map of the known utterances…")
def _live_model(checkpoint: str, version: int) -> LiveModel:
    import numpy as np

    from ser_core.checkpoints.words import outside_in_words
    from ser_core.errors import SerError
    from ser_core.geometry.projection import pca_map
    from ser_core.plots.live_view import live_model as described

    model = _reader(checkpoint, version)
    classes = _dial_classes(checkpoint, version)
    worth = {label: outside_in_words(model.checkpoint.card, label) for label in model.labels}
    try:
        known = _atlas(checkpoint, version)
        places = pca_map(known.embeddings)
        points, emotions = places.place(known.embeddings), known.column("emotion")
    except SerError as error:
        return LiveModel(described(classes, np.zeros((0, 2)), (), worth=worth), None, str(error))
    return LiveModel(described(classes, points, emotions, worth=worth), places, "")


@st.cache_resource(max_entries=4, show_spinner="Drawing the map of the known utterances…")
def _known_map(checkpoint: str, version: int) -> KnownMap:
    from ser_core.geometry.projection import pca_map
    from ser_core.plots.point_map import point_map

    known = _atlas(checkpoint, version)
    places = pca_map(known.embeddings)
    space = f"known utterances|{checkpoint}|{version}"
    made = point_map(
        places.place(known.embeddings),
        known.frame,
        title="Map of the model's known utterances.",
        space=space,
        view=space,
    )
    return KnownMap(places, made, space)


@st.cache_resource(max_entries=8, show_spinner=False)
def _dial_classes(checkpoint: str, version: int) -> "list[DialClass]":
    from ser_core.plots.angle_dial import dial_classes as arranged

    model = _reader(checkpoint, version).checkpoint
    return arranged(dict(zip(model.labels, map(float, model.ranges), strict=True)), model.directions)


@st.cache_resource(max_entries=3, show_spinner=False)
def _warm(checkpoint: str, version: int) -> bool:
    import numpy as np

    from ser_core.audio.pitch import pitch_contour
    from ser_core.audio.signal import Signal
    from ser_core.errors import SerError
    from ser_core.plots import spectrogram as pictures

    times = np.arange(32_000) / 16_000
    samples = (0.1 * np.sin(2 * np.pi * 150 * times) * (np.sin(2 * np.pi * 2 * times) > 0)).astype(np.float32)
    pitch_contour(samples, sample_rate=16_000)
    pictures.log_mel_picture(samples, sample_rate=16_000)
    try:
        model = _reader(checkpoint, version)
        model.read(Signal(samples))
        model.read_many([Signal(samples)])
    except SerError:
        return False  # the visitor meets the same message with a recording of their own
    return True
