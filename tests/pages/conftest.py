"""The whole app in one process, with a workspace of its own."""

import functools
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import soundfile
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from ser_core.embeddings.snapshots import save_snapshot
from tests.pages.studio import Microphone
from tests.pages.two_maps import LinkedMaps
from ui import cache

APP = Path(__file__).resolve().parents[2] / "app.py"
Opened = Callable[[str], AppTest]


@pytest.fixture(scope="session", autouse=True)
def _packages_scanned_once() -> Iterator[None]:
    """Streamlit looks through all installed packages for components at every start: half a second for each test."""
    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Open a page by its file name, in an empty workspace."""
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setattr("ui.reach.sits_here", lambda: True)  # Streamlit's stand-in for a browser is at no computer
    # A process for the next run would take a core from the tests; those of ser_core.jobs start it.
    monkeypatch.setattr("ser_core.training.jobs.load_ahead", lambda: None)
    st.cache_data.clear()
    for listed in (cache.results, cache.records):  # of the workspace of another test
        listed.clear()

    def open_page(name: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=300)
        return (app if name == "home" else app.switch_page(f"pages/{name}.py")).run()

    return open_page


@pytest.fixture
def for_experts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page be seen by a visitor who wants the details."""
    monkeypatch.setattr("ui.components.page_top.experts", lambda: True)


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ser_core.checkpoints.available", list)


@pytest.fixture
def wav() -> Callable[..., bytes]:
    """Encode samples as a WAV file."""

    def encode(samples: np.ndarray, sample_rate: int = 16_000) -> bytes:
        file = io.BytesIO()
        soundfile.write(file, samples, sample_rate, format="WAV", subtype="PCM_16")
        return file.getvalue()

    return encode


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> Microphone:
    """Let the answer of the browser's recorder be what a test says."""
    stand_in = Microphone()
    monkeypatch.setattr("ui.components.recorder.draw", stand_in)
    return stand_in


@pytest.fixture
def linked_maps(monkeypatch: pytest.MonkeyPatch) -> LinkedMaps:
    """Let the browser's answer on two linked maps be what a test says."""
    stand_in = LinkedMaps()
    monkeypatch.setattr("ui.components.point_map.draw", stand_in.draw)
    monkeypatch.setattr("ui.components.point_map.mark", stand_in.mark)
    return stand_in


@pytest.fixture
def told() -> pd.DataFrame:
    """Return what is told of thirty utterances, of which ten are trained on."""
    rows = range(30)
    return pd.DataFrame(
        {
            "file": [f"{row}.wav" for row in rows],
            "speaker": ["a", "b", "c"] * 10,
            "emotion": ["sad", "calm"] * 15,
            "split": ["train"] * 10 + ["development"] * 20,
        }
    )


@pytest.fixture
def kept_run(workspace: Path, told: pd.DataFrame, random: np.random.Generator) -> Path:
    """Return a stopped run with four snapshots."""
    run = workspace / "runs" / "one"
    run.mkdir(parents=True)
    (run / "config.toml").write_text("")
    vectors = random.normal(size=(30, 6)) + 0.5
    for epoch in range(4):
        save_snapshot(run, told, vectors, epoch=epoch, stage="softmax" if epoch < 3 else "triplet", corpus="c")
        vectors = vectors + 0.4 * np.eye(6)[[1, 2] * 15]
    return run
