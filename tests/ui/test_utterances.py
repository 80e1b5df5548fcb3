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
