"""Real voices into the microphone of Chromium: heard live as rightly as their recordings are."""

import sys
from pathlib import Path

import pytest

from ser_core.audio.activity import FLOOR_WINDOW
from ser_core.audio.reading import read_audio
from ser_core.inference import Reader

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tools"))

from app_in_browser import CHROMIUM, PATIENCE, choose, go_to, open_chromium, running_app  # noqa: E402
from live_in_browser import heard_in, spans_of, start, wait_for, write_session  # noqa: E402

pytestmark = pytest.mark.real
sync_api = pytest.importorskip("playwright.sync_api")

MODEL = "ravdess-residual"
EMOTIONS = {1: "neutral", 2: "calm", 3: "happy", 4: "sad", 5: "angry", 6: "fearful", 7: "disgust", 8: "surprise"}
# Emotion, intensity, statement, repetition and actor: of the model's four test actors, fixed before they were heard.
CLIPS = (
    (5, 2, 1, 1, 6), (4, 1, 2, 1, 13), (3, 2, 1, 2, 17), (6, 2, 2, 1, 22), (2, 1, 1, 1, 6),
    (8, 1, 2, 2, 13), (7, 2, 1, 1, 17), (1, 1, 2, 1, 22), (5, 1, 2, 2, 13), (3, 1, 1, 1, 22),
)  # fmt: skip
PAUSE = FLOOR_WINDOW  # a quiet speaker right behind a loud one would be measured by the loud one's level


def test_ten_clips_of_held_out_actors_are_heard_live_as_rightly_as_offline(real_data: Path, tmp_path: Path) -> None:
    folder = real_data / "ravdess"
    if not folder.is_dir() or CHROMIUM is None:
        pytest.skip(f"Expected ravdess in {real_data} and the program chromium; one is missing.")
    names = ["-".join(f"{part:02d}" for part in (3, 1, *clip)) for clip in CLIPS]
    clips = [next((folder / f"Actor_{name[-2:]}").glob(f"{name}.*")) for name in names]
    truth = [EMOTIONS[clip[0]] for clip in CLIPS]
    reader = Reader.load(MODEL)
    assert {name[-2:] for name in names} <= set(reader.checkpoint.card.split.test_speakers)
    offline = [reader.read(read_audio(clip)).emotion for clip in clips]

    session = tmp_path / "session.wav"
    seconds = write_session(session, clips, pause=PAUSE)
    with running_app(tmp_path / "workspace", tmp_path / "app.log") as address, sync_api.sync_playwright() as playwright:
        browser = open_chromium(playwright, microphone=Path(f"{session}%noloop"))
        page = browser.new_context(permissions=["microphone"]).new_page()
        page.set_default_timeout(PATIENCE)
        go_to(page, address, "Live")
        choose(page, "Model", "RAVDESS:")
        figure = start(page)
        wait_for(figure, f"live => live.spectra.seconds > {seconds}")
        figure.get_by_role("button", name="Stop").click()
        wait_for(figure, "live => live.sender.confirmed && !live.sender.waiting.length")
        live = heard_in(figure, spans_of(clips, pause=PAUSE))
        browser.close()
    right = [sum(map(str.__eq__, truth, map(str, one))) for one in (live, offline)]
    assert right[0] >= right[1], f"spoken {truth}; live {live}; offline {offline}"
