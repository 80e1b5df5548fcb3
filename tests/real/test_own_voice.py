"""The complaint itself: strangers who speak without emotion, in another language, are heard as sad or angry."""

from pathlib import Path

import pytest

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.inference import Reader
from ser_core.inference.own_voice import clip_of, make_voice

pytestmark = pytest.mark.real

SPEAKERS = ("001", "003", "004")  # the first three adults of EmoTale, fixed before they were heard
GIVEN = 3  # neutral clips


def test_three_neutral_clips_keep_strangers_from_being_heard_as_sad_or_angry(real_data: Path) -> None:
    folder = real_data / "emotale"
    if not folder.is_dir():
        pytest.skip(f"Expected emotale in {real_data}; it is missing.")
    manifest, reader = open_corpus(f"emotale:{folder}"), Reader.load("ravdess-residual")
    wrong = {"before": 0, "after": 0}
    for speaker in SPEAKERS:
        rows = [row for row in manifest.utterances if row.speaker == speaker and row.emotion == "neutral"]
        signals = [read_audio(manifest.path(row)) for row in rows]
        assert len(signals) > GIVEN
        own = [clip_of(reader, signals[n], name=rows[n].file, emotion="neutral") for n in range(GIVEN)]
        knowing = Reader(reader.checkpoint, make_voice(reader, speaker, "neutral", own))
        for name, judge in (("before", reader), ("after", knowing)):
            wrong[name] += sum(one.emotion in ("sad", "angry") for one in judge.read_many(signals[GIVEN:]))
    assert wrong["before"] > 0
    assert wrong["after"] < wrong["before"]
