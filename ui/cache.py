"""What is computed once and shared by all pages and visitors: models, signals, atlases, corpora.

Heavy libraries are imported inside, on first use, so that the app opens at once.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from ser_core.types import FloatArray, Seconds
from ui.sound import Sound

if TYPE_CHECKING:
    import pandas

    from ser_core.audio.signal import Signal
    from ser_core.checkpoints import Entry
    from ser_core.corpora import Manifest
    from ser_core.embeddings import Space
    from ser_core.embeddings.carried import Carried
    from ser_core.embeddings.comparing import Film, Matched
    from ser_core.embeddings.numbers import Numbers
    from ser_core.embeddings.snapshots import Snapshot
    from ser_core.experiments.places import Place
    from ser_core.experiments.reading import Result
    from ser_core.experiments.records import Record
    from ser_core.geometry.angle_table import AngleTable
    from ser_core.geometry.audit import Audit
    from ser_core.geometry.cka import Alignment
    from ser_core.geometry.projection import PcaMap
    from ser_core.inference import Atlas, Reader, Reading
    from ser_core.plots.speech_player import PlayedSound
    from ser_core.voices.library import Kept

    Progress = Callable[[int, int], None]

Read = TypeVar("Read")
LONG_SECONDS = 120.0  # a minute takes 4 MB of memory once it is read: of longer recordings few are kept
PLAYED_SECONDS = 300.0  # 10 MB on their way to the browser; of longer recordings a part is shown
PITCH_SECONDS = 60.0  # the pitch of longer recordings is not followed: it would take longer than a visitor waits


@st.cache_data(ttl=3, show_spinner=False)
def checkpoints() -> "list[Entry]":
    """List the models that can be chosen: shipped, made here, and finished runs."""
    from ser_core.checkpoints import available

    return list(available())


@st.cache_data(ttl=3, show_spinner=False)
def unreadable() -> list[tuple[str, str]]:
    """List the models that cannot be chosen, each with the reason: damaged, or of another version."""
    from ser_core.checkpoints.listing import unreadable as listed

    return list(listed())


@st.cache_data(ttl=3, show_spinner="Looking for results…")
def results() -> "tuple[list[Result], list[tuple[str, str]]]":
    """List the results of evaluations and sweeps; beside them those that cannot be read, each with the reason."""
    from ser_core.experiments.places import result_places

    return _read_all(result_places(), _results)


@st.cache_data(ttl=3, show_spinner="Looking for runs and results…")
def records() -> "tuple[list[Record], list[tuple[str, str]]]":
    """List runs and results; beside them those that cannot be read, each with the reason."""
    from ser_core.experiments.places import run_places
    from ser_core.experiments.records import record_of_result

    runs, damaged_runs = _read_all(run_places(), _run)
    measured, damaged_results = results()
    return [*runs, *map(record_of_result, measured)], [*damaged_runs, *damaged_results]


def predictions(record: "Record") -> "pandas.DataFrame":
    """Read what a run or an evaluation predicted of each test utterance."""
    return _predictions(record.name, _last_change(record.place.path), record)


def angle_matrix(checkpoint: Path) -> tuple[tuple[str, ...], FloatArray]:
    """Measure the angles between a model's directions, with its test utterances on the diagonal.

    Returns:
        Labels, and degrees, shape ``(K, K)``.
    """
    return _angle_matrix(str(checkpoint), version(checkpoint))


def reader(checkpoint: Path, voice: Path | None = None) -> "Reader":
    """Load a checkpoint's model, once for each version of its files; for a voice, where its file is given."""
    if voice is None:
        return _reader(str(checkpoint), version(checkpoint))
    return _voiced_reader(str(checkpoint), version(checkpoint), str(voice), version(voice))


@st.cache_data(ttl=3, show_spinner=False)
def voices() -> "tuple[list[Kept], list[tuple[Path, str]]]":
    """List the voices that are kept; beside them the files that cannot be read, each with the reason."""
    from ser_core.voices.library import kept

    return kept()


def voices_for(checkpoint: Path) -> "list[Kept]":
    """List the voices that were made for a model.

    Raises:
        CheckpointError: if the digests beside it are missing.
    """
    from ser_core.checkpoints.card import weights_digest

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
        return _directions_in(str(known), version(known), source)
    return _directions(str(known), version(known), source)


@st.cache_resource(max_entries=32, show_spinner=False)
def angle_intervals(key: str, _compute: Callable[[], FloatArray]) -> "Future[FloatArray]":
    """Begin to resample speakers beside the page, once for each key."""
    return _resampler().submit(_compute)


def audit(table: "AngleTable") -> "Audit":
    """Look whether directions can have the angles of a table."""
    return _audit(table.labels, table.degrees, table.rounding_degrees)


def space(path: Path) -> "Space":
    """Open a file of vectors that is kept in the workspace."""
    return _space(str(path), version(path))


def snapshot(one: "Snapshot") -> "Space":
    """Open the space of a run's epoch."""
    return _snapshot(str(one.path), version(one.path), one)


@dataclass(frozen=True)
class Shown:
    """The maps of a run's epochs.

    Attributes:
        film: a map per snapshot.
        snapshots: those that could be read.
        damaged: names of the others, each with the reason.
        rows: what is told of the utterances.
        colour: the column that colours them.
        whose: which part they are.
    """

    film: "Film"
    snapshots: "tuple[Snapshot, ...]"
    damaged: tuple[tuple[str, str], ...]
    rows: "pandas.DataFrame"
    colour: str
    whose: str


@st.cache_resource(max_entries=4, show_spinner="Drawing a map of every epoch…")
def film(key: str, _snapshots: "Sequence[Snapshot]") -> Shown:
    """Draw the map of every epoch of a run, of development utterances where there are any."""
    from ser_core.embeddings.comparing import film as drawn
    from ser_core.embeddings.snapshots import open_snapshot
    from ser_core.errors import EmbeddingError

    good, spaces, damaged = [], [], []
    for one in _snapshots:
        try:
            spaces.append(open_snapshot(one).held_out())
            good.append(one)
        except EmbeddingError as error:
            damaged.append((one.path.name, str(error)))
    if not spaces:
        raise EmbeddingError(
            "Expected a snapshot of this run that can be read; there is none. Choose another run, or train one anew."
        )
    found = drawn(spaces, [f"epoch {one.epoch}" for one in good])
    last = spaces[-1].select(found.rows)
    whose = " and ".join(sorted(set(last.told("split"))))
    colour = "emotion" if last.classes else "file"
    return Shown(found, tuple(good), tuple(damaged), last.frame, colour, whose)


@st.cache_data(max_entries=64, show_spinner="Comparing the spaces…")
def likeness(key: str, _pair: "Matched") -> "Alignment":
    """Measure how alike two spaces are, once for each key."""
    from ser_core.embeddings.comparing import likeness as measured

    return measured(_pair)


@st.cache_data(max_entries=16, show_spinner="Laying the maps onto each other…")
def aligned_maps(key: str, _pair: "Matched") -> tuple[FloatArray, FloatArray, float]:
    """Draw the maps of two spaces in one frame, once for each key; returns both, ``(M, 2)``, and the disparity."""
    from ser_core.embeddings.comparing import maps

    return maps(_pair)


@st.cache_data(max_entries=64, show_spinner="Comparing neighbourhoods…")
def neighbours_changed(key: str, count: int, _pair: "Matched") -> FloatArray:
    """Tell how much of each utterance's neighbourhood is another one, once for each key and size of neighbourhood."""
    from ser_core.embeddings.comparing import neighbours_changed as measured

    return measured(_pair, count)


@st.cache_data(max_entries=64, show_spinner=False)
def turned(key: str, _pair: "Matched") -> FloatArray:
    """Tell by how many degrees each utterance has turned, once for each key."""
    from ser_core.embeddings.comparing import turned as measured

    return measured(_pair)


def space_numbers(key: str, space: "Space", progress: "Progress") -> "Numbers":
    """Measure a space, once for each key."""
    from ser_core.embeddings.numbers import measure

    kept = _kept("numbers", key)
    if not kept:
        kept.append(measure(space, progress=progress))
    numbers: Numbers = kept[0]
    return numbers


def carried(key: str, space: "Space", progress: "Progress") -> "tuple[Carried, ...]":
    """Measure what the vectors of a space carry, once for each key."""
    from ser_core.embeddings.carried import carried as measured

    kept = _kept("carried", key)
    if not kept:
        kept.append(measured(space, progress=progress))
    found: tuple[Carried, ...] = kept[0]
    return found


def signal(sound: Sound) -> "Signal":
    """Read a recording to mono 16 kHz; of long ones only the last is kept in memory."""
    return _long_signal(sound.key, sound) if is_long(sound) else _signal(sound.key, sound)


def is_long(sound: Sound) -> bool:
    """Tell whether a recording is longer than :data:`LONG_SECONDS`, by its header alone."""
    return _is_long(sound.key, sound)


def reading(checkpoint: Path, sound: Sound, voice: Path | None = None) -> "Reading":
    """Let a model judge a recording, for a voice where its file is given."""
    return _reading(str(checkpoint), version(checkpoint), *_which(voice), sound.key, sound)


def part_reading(checkpoint: Path, sound: Sound, start: Seconds, end: Seconds, voice: Path | None = None) -> "Reading":
    """Let a model judge a part of a recording as if it were all, for a voice where its file is given."""
    return _part_reading(str(checkpoint), version(checkpoint), *_which(voice), sound.key, start, end, sound)


def played(sound: Sound, begins: Seconds, *, reads: bool) -> "PlayedSound":
    """Write a recording, or :data:`PLAYED_SECONDS` of a longer one, for the player in the browser."""
    return _played(sound.key, sound.name, begins, reads, sound)


def speech(sound: Sound) -> list[tuple[Seconds, Seconds]]:
    """Find the stretches of speech in a recording."""
    return _speech(sound.key, sound)


def spectrogram(sound: Sound) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Compute the picture of a recording: decibels ``(T, F)``, seconds ``(T,)``, hertz ``(F,)``."""
    return _spectrogram(sound.key, sound)


def pitch(sound: Sound) -> tuple[FloatArray, FloatArray] | None:
    """Follow the pitch of a recording; ``None`` when it is too long for that."""
    return _pitch(sound.key, sound)


@st.cache_data(ttl=600, max_entries=8, show_spinner="Listing the corpus…")
def corpus(spec: str) -> "Manifest":
    """Open a corpus: ``demo``, ``KIND:FOLDER`` or the path of a table."""
    from ser_core.corpora import open_corpus

    return open_corpus(spec)


@st.cache_resource(show_spinner="Letting artificial voices speak…")
def demo_conversation() -> bytes:
    """Put three minutes of artificial voices together, as a FLAC file."""
    import io

    import numpy as np
    import soundfile

    from ser_core.audio.signal import SAMPLE_RATE
    from ser_core.tracks.demo import conversation

    samples = np.concatenate(list(conversation(corpus("demo"), seconds=180.0)))
    file = io.BytesIO()
    soundfile.write(file, samples.clip(-1, 1), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def digest(data: bytes | memoryview) -> str:
    """Name content by its SHA-256."""
    return hashlib.sha256(data).hexdigest()


def forget_corpora() -> None:
    """Read corpora anew, for a folder whose content has changed."""
    corpus.clear()


def warm_up(checkpoint: Path) -> None:
    """Load the model and judge a moment of noise, so that the first recording is answered at once."""
    _warm(str(checkpoint), version(checkpoint))


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


@st.cache_data(max_entries=4, show_spinner=False)
def wav(key: str, _samples: FloatArray, sample_rate: int) -> bytes:
    """Encode samples as a WAV file of 16 bits, once for each key."""
    import io

    import soundfile

    file = io.BytesIO()
    soundfile.write(file, _samples, sample_rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def version(checkpoint: Path) -> int:
    """Return a number that changes when a checkpoint or a file is written anew under the same name."""
    written = checkpoint if checkpoint.is_file() else checkpoint / "card.json"
    return written.stat().st_mtime_ns if written.exists() else 0


def _which(voice: Path | None) -> tuple[str, int]:
    return ("", 0) if voice is None else (str(voice), version(voice))


def _last_change(path: Path) -> tuple[int, ...]:
    """Return numbers that change with the files of a run, or with a result and the predictions beside it."""
    if path.is_dir():
        files = [path / name for name in ("config.toml", "events.jsonl", "checkpoint/card.json", "ended")]
        finished = files[2].exists()
    else:
        files, finished = [path, path.with_name(path.stem + ".predictions.parquet")], True
    changes = [file.stat().st_mtime_ns if file.exists() else 0 for file in files]
    # A run whose process has gone writes nothing that would tell so: it is looked at again and again.
    return (*changes, 0 if finished else int(time.time() / 3))


def _read_all(
    places: "Iterable[Place]", read: "Callable[[str, tuple[int, ...], Place], Sequence[Read]]"
) -> tuple[list[Read], list[tuple[str, str]]]:
    """Read what lies at places; what is damaged is named with the reason."""
    from ser_core.errors import SerError

    found: list[Read] = []
    damaged = []
    for place in places:
        try:
            found += read(str(place.path), _last_change(place.path), place)
        except SerError as error:
            damaged.append((place.name, str(error)))
    return found, damaged


@st.cache_data(max_entries=2048, show_spinner=False)
def _run(path: str, changed: tuple[int, ...], _place: "Place") -> "Sequence[Record]":
    from ser_core.experiments.records import record_of_run

    return (record_of_run(_place),)


@st.cache_data(max_entries=2048, show_spinner=False)
def _results(path: str, changed: tuple[int, ...], _place: "Place") -> "Sequence[Result]":
    from ser_core.experiments.reading import read_results

    return read_results(_place)


@st.cache_data(max_entries=64, show_spinner=False)
def _predictions(name: str, changed: tuple[int, ...], _of: "Record") -> "pandas.DataFrame":
    from ser_core.experiments.records import predictions as read

    return read(_of)


@st.cache_data(max_entries=64, show_spinner="Measuring angles…")
def _angle_matrix(checkpoint: str, version: int) -> tuple[tuple[str, ...], FloatArray]:
    from ser_core.geometry.angles import class_angle_matrix

    labels, of_class = _directions(checkpoint, version, "mean")
    known = _atlas(checkpoint, version)
    chosen = ((known.frame["split"] == "test") & known.frame["emotion"].isin(list(labels))).to_numpy()
    emotions = known.frame.loc[chosen, "emotion"]
    return labels, class_angle_matrix(known.embeddings[chosen], emotions, of_class, labels)


@st.cache_resource(max_entries=3, show_spinner="Loading the model…")
def _reader(checkpoint: str, version: int) -> "Reader":
    from ser_core.inference import Reader

    return Reader.load(Path(checkpoint))


@st.cache_resource(max_entries=8, show_spinner=False)
def _voiced_reader(checkpoint: str, version: int, voice: str, voice_version: int) -> "Reader":
    from ser_core.inference import Reader
    from ser_core.voices import find_voice

    return Reader(_reader(checkpoint, version).checkpoint, find_voice(Path(voice)))


@st.cache_resource(max_entries=4, show_spinner="Loading the known utterances…")
def _atlas(checkpoint: str, version: int) -> "Atlas":
    from ser_core.inference import Atlas

    return Atlas.load(Path(checkpoint))


@st.cache_resource(max_entries=4, show_spinner="Drawing the map of the known utterances…")
def _live_model(checkpoint: str, version: int) -> LiveModel:
    import numpy as np

    from ser_core.checkpoints.words import outside_in_words
    from ser_core.errors import SerError
    from ser_core.geometry.projection import pca_map
    from ser_core.plots.live_view import live_model as described

    model = _reader(checkpoint, version)
    ranges = dict(zip(model.labels, map(float, model.checkpoint.ranges), strict=True))
    worth = {label: outside_in_words(model.checkpoint.card, label) for label in ranges}
    try:
        known = _atlas(checkpoint, version)
        places = pca_map(known.embeddings)
        points, emotions = places.place(known.embeddings), known.told("emotion")
    except SerError as error:
        return LiveModel(described(ranges, np.zeros((0, 2)), (), worth=worth), None, str(error))
    return LiveModel(described(ranges, points, emotions, worth=worth), places, "")


@st.cache_data(max_entries=8, show_spinner=False)
def _directions(checkpoint: str, version: int, source: str) -> tuple[tuple[str, ...], FloatArray]:
    from ser_core.checkpoints import load_checkpoint
    from ser_core.checkpoints.directions import directions_by

    loaded = load_checkpoint(Path(checkpoint))
    return loaded.labels, directions_by(source, loaded)


@st.cache_resource(show_spinner=False)
def _resampler() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="bootstrap")


@st.cache_data(
    max_entries=32, show_spinner="Looking at every triple, and for the nearest matrix: of 500 labels, for some seconds…"
)
def _audit(labels: tuple[str, ...], degrees: FloatArray, rounding: FloatArray) -> "Audit":
    from ser_core.geometry.angle_table import AngleTable
    from ser_core.geometry.audit import audit_angles

    return audit_angles(AngleTable(labels, degrees, rounding))


@st.cache_data(max_entries=16, show_spinner=False)
def _directions_in(path: str, version: int, source: str) -> tuple[tuple[str, ...], FloatArray]:
    from ser_core.embeddings.directions import directions_in

    return directions_in(_space(path, version), source)


@st.cache_resource(max_entries=4, show_spinner="Opening the vectors…")
def _space(path: str, version: int) -> "Space":
    from ser_core.embeddings.library import load

    return load(Path(path))


@st.cache_resource(max_entries=16, show_spinner="Opening the epoch…")
def _snapshot(path: str, version: int, _one: "Snapshot") -> "Space":
    from ser_core.embeddings.snapshots import open_snapshot

    return open_snapshot(_one)


@st.cache_resource(max_entries=128, show_spinner=False)
def _kept(what: str, key: str) -> list[Any]:
    """Hold one result. What draws its progress cannot be computed in a cached function, which would draw it again."""
    return []


@st.cache_resource(max_entries=12, show_spinner="Reading the recording…")
def _signal(key: str, _sound: Sound) -> "Signal":
    return _read(_sound)


@st.cache_resource(max_entries=1, show_spinner="Reading the recording…")
def _long_signal(key: str, _sound: Sound) -> "Signal":
    return _read(_sound)


def _read(sound: Sound) -> "Signal":
    from ser_core.audio.reading import read_audio

    return read_audio(sound.opened(), start=sound.start, end=sound.end, name=sound.name)


@st.cache_data(max_entries=1024, show_spinner=False)
def _is_long(key: str, _sound: Sound) -> bool:
    import soundfile

    try:
        with soundfile.SoundFile(_sound.opened()) as file:
            seconds = float(file.frames) / float(file.samplerate)
    except (soundfile.LibsndfileError, OSError):
        return False  # reading it says what is wrong
    end = seconds if _sound.end is None else min(_sound.end, seconds)
    return end - (_sound.start or 0.0) > LONG_SECONDS


@st.cache_data(max_entries=64, show_spinner="Listening…")
def _reading(checkpoint: str, version: int, voice: str, voice_version: int, key: str, _sound: Sound) -> "Reading":
    return reader(Path(checkpoint), Path(voice) if voice else None).read(signal(_sound), name=_sound.name)


@st.cache_data(max_entries=64, show_spinner="Listening to the selection…")
def _part_reading(
    checkpoint: str,
    version: int,
    voice: str,
    voice_version: int,
    key: str,
    start: Seconds,
    end: Seconds,
    _sound: Sound,
) -> "Reading":
    judging = reader(Path(checkpoint), Path(voice) if voice else None)
    return judging.read(signal(_sound).part(start, end), name="the selection")


@st.cache_resource(max_entries=6, show_spinner="Preparing the player…")
def _played(key: str, name: str, begins: Seconds, reads: bool, _sound: Sound) -> "PlayedSound":
    from ser_core.plots.speech_player import played_sound

    heard = signal(_sound)
    first = round(begins * heard.sample_rate)
    return played_sound(
        heard.samples[first : first + round(PLAYED_SECONDS * heard.sample_rate)],
        sample_rate=heard.sample_rate,
        title=f"Waveform and spectrogram of {name}",
        begins=begins,
        speech=speech(_sound),
        pitch=pitch(_sound),
        reads=reads,
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _speech(key: str, _sound: Sound) -> list[tuple[Seconds, Seconds]]:
    from ser_core.audio.activity import speech_spans

    heard = signal(_sound)
    return speech_spans(heard.samples, sample_rate=heard.sample_rate)


@st.cache_data(max_entries=16, show_spinner=False)
def _spectrogram(key: str, _sound: Sound) -> tuple[FloatArray, FloatArray, FloatArray]:
    from ser_core.plots.spectrogram import log_mel_picture

    heard = signal(_sound)
    return log_mel_picture(heard.samples, sample_rate=heard.sample_rate)


@st.cache_data(max_entries=16, show_spinner=False)
def _pitch(key: str, _sound: Sound) -> tuple[FloatArray, FloatArray] | None:
    from ser_core.audio.pitch import pitch_contour

    heard = signal(_sound)
    if heard.duration_seconds > PITCH_SECONDS:
        return None
    times, hertz = pitch_contour(heard.samples, sample_rate=heard.sample_rate)
    return (times, hertz) if len(times) else None


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
        _reader(checkpoint, version).read(Signal(samples))
    except SerError:
        return False  # the visitor meets the same message with a recording of their own
    return True


def rows_of(table: Any, columns: Sequence[str]) -> list[str]:
    """Return those of ``columns`` that a table has, in this order."""
    return [column for column in columns if column in table.columns]
