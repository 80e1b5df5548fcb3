"""What is computed for a model does not outlive the model, and a model that is asked for is what is shown."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.checkpoints import Entry
from ser_core.inference import Atlas
from ui import state
from ui.components import checkpoint_choice, utterances
from ui.views.embedding.utterances import choose_utterances


def test_a_model_written_anew_under_its_name_gets_new_maps(tmp_path: Path, monkeypatch):
    frame = pd.DataFrame({"file": ["a.wav"], "speaker": ["1"], "emotion": ["sad"], "split": ["test"]})
    atlas = Atlas(frame, np.ones((1, 4), dtype=np.float32), ())
    monkeypatch.setattr(utterances, "known_to", lambda checkpoint: atlas)
    monkeypatch.setattr(st, "session_state", {})
    entry = Entry("mine", tmp_path, {})
    (tmp_path / "card.json").write_text("{}")
    os.utime(tmp_path / "card.json", ns=(1, 1))
    before = choose_utterances(entry).key
    assert choose_utterances(entry).key == before
    os.utime(tmp_path / "card.json", ns=(2, 2))
    assert choose_utterances(entry).key != before


def test_a_model_chosen_after_its_training_replaces_a_file_from_elsewhere(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    state.remember(checkpoint_choice.SOURCE, "a file from elsewhere")
    checkpoint_choice.choose("runs/mine")
    assert state.recall(checkpoint_choice.SOURCE) == checkpoint_choice.MODEL
    assert state.recall(checkpoint_choice.CHOICE) == "runs/mine"


def test_an_utterance_is_told_by_its_class_and_only_by_what_is_given():
    row = pd.Series({"file": "u1.wav", "emotion": "sad", "speaker": "not given", "style": "read", "age": 21.0})
    assert utterances.description(row) == "**sad**"
    assert utterances.description(row, "style") == "**read**, sad"
    assert utterances.description(row, "age") == "**21**, sad", "a whole number has no decimal point"
    assert utterances.description(row.replace("read", None), "style") == r"**u1.wav**, sad"
    assert utterances.description(row.replace("not given", "s6"), "style") == "**read**, sad, speaker s6"


def test_many_or_long_columns_are_told_in_part():
    row = pd.Series({"file": "u1.wav", "note": "long " * 60, "empty": None} | {f"c{n}": float(n) for n in range(9)})
    told = utterances.further_told(row, list(row.index[1:]))
    assert told.startswith("note **long long")
    assert "…** · c0 **0** · " in told
    assert told.endswith(" · and 2 more")
    assert "empty" not in told
    assert len(told) < 200
