"""A recording is not its own neighbour, and known utterances are also sought where a visitor opened their corpus."""

import dataclasses
import shutil
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from ser_core.inference import Atlas
from ui import state
from ui.components import utterances
from ui.components.utterances import is_itself
from ui.sound import SoundReference, sound_on_disk


@pytest.fixture
def row() -> "pd.Series":
    return pd.Series(
        {"file": "a/one.wav", "emotion": "sad", "speaker": "1", "start": float("nan"), "end": float("nan")}
    )


@pytest.fixture
def atlas(tmp_path: Path, row: "pd.Series") -> Atlas:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.wav").write_bytes(b"sound")
    return Atlas(pd.DataFrame([row]), None, (tmp_path,))


def test_the_same_file_is_known_by_its_place_or_by_its_content(atlas, row, tmp_path):
    known = tmp_path / "a" / "one.wav"
    copy = shutil.copy(known, tmp_path / "copy.wav")
    assert is_itself(row, sound_on_disk(known, name="a clip"), atlas)
    assert is_itself(row, SoundReference(key="upload", name="upload", content=b"sound"), atlas)
    assert not is_itself(row, SoundReference(key="upload", name="upload", content=b"other"), atlas)
    assert not is_itself(row, sound_on_disk(Path(copy).with_name("none.wav"), name="another"), atlas)


def test_another_part_of_the_same_file_stays_a_neighbour(atlas, row, tmp_path):
    part = sound_on_disk(tmp_path / "a" / "one.wav", name="a part", start=1.0, end=2.0)
    assert not is_itself(row, part, atlas)


def test_sound_is_also_sought_in_a_folder_that_was_opened_in_this_session(atlas, row, tmp_path, monkeypatch):
    frame = atlas.frame.assign(corpus="emodb")
    shipped = dataclasses.replace(atlas, frame=frame, roots=())
    monkeypatch.setattr("ui.cache.atlas", lambda checkpoint: shipped)
    monkeypatch.setattr(st, "session_state", {})
    state.remember_folders("ravdess", [tmp_path])
    assert utterances.sound_of(row, utterances.known_to(tmp_path)) is None
    state.remember_folders("emodb", [tmp_path])
    assert utterances.sound_of(row, utterances.known_to(tmp_path)).path == tmp_path / "a" / "one.wav"


def test_utterances_are_offered_to_be_heard_only_where_the_sound_of_one_is_on_this_computer(atlas, row):
    other = row.copy()
    other["file"] = "b/two.wav"
    assert utterances.can_be_heard(pd.DataFrame([other, row]), atlas)
    assert not utterances.can_be_heard(pd.DataFrame([other]), atlas)
    assert not utterances.can_be_heard(pd.DataFrame([row]), dataclasses.replace(atlas, roots=()))
