"""What is computed for a model does not outlive the model."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.checkpoints import Entry
from ser_core.inference import Atlas
from ui.components import utterances
from ui.views.embedding.known import choose_known


def test_a_model_written_anew_under_its_name_gets_new_maps(tmp_path: Path, monkeypatch):
    frame = pd.DataFrame({"file": ["a.wav"], "speaker": ["1"], "emotion": ["sad"], "split": ["test"]})
    atlas = Atlas(frame, np.ones((1, 4), dtype=np.float32), ())
    monkeypatch.setattr(utterances, "known_to", lambda checkpoint: atlas)
    monkeypatch.setattr(st, "session_state", {})
    entry = Entry("mine", tmp_path, {})
    (tmp_path / "card.json").write_text("{}")
    os.utime(tmp_path / "card.json", ns=(1, 1))
    before = choose_known(entry).key
    assert choose_known(entry).key == before
    os.utime(tmp_path / "card.json", ns=(2, 2))
    assert choose_known(entry).key != before
