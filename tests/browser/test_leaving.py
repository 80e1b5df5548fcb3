"""What a visitor brought is gone from the server's memory some time after the page was closed.

That time is shortened here, by a script that runs in place of ``app.py`` and notes how much sound is held.
"""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from tests.browser.conftest import REPOSITORY, go_to, running_app, settle, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

APP = """
import gc
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, {repository!r})
from ui import frame, garbage, visitors
from ui.sound import SoundReference

visitors.GRACE = 1.0
frame.PAGES = here / "pages"


def note(name):
    gc.unfreeze()
    held = [len(one.content) for one in gc.get_objects() if isinstance(one, SoundReference) and one.content is not None]
    gc.freeze()
    (here / name).write_text(str(sum(held)))


def collected_and_noted(collect=garbage.collect_all):
    collect()
    note("after")


if visitors.garbage.collect_all.__name__ == "collect_all":
    garbage.collect_all = collected_and_noted
try:
    frame.open_page().run()
finally:
    garbage.spare_libraries()
    note("during")
"""


def test_a_recording_is_gone_from_memory_after_the_page_was_closed_though_nobody_else_comes(
    chromium: "Browser", tmp_path: Path
):
    clip = tmp_path / "clip.wav"
    soundfile.write(clip, np.random.default_rng(0).normal(scale=0.1, size=160_000), 16_000, subtype="PCM_16")
    app = tmp_path / "app.py"
    app.write_text(APP.format(repository=str(REPOSITORY)), encoding="utf-8")
    for name in ("pages", ".streamlit"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    with running_app(tmp_path / "workspace", tmp_path / "app.log", script=app) as address:
        with visitor(chromium, address) as (page, _):
            go_to(page, address, "Long recordings")
            page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(clip)
            page.get_by_role("button", name="Judge this recording").wait_for()
            settle(page)
            assert int((tmp_path / "during").read_text()) == clip.stat().st_size
        limit = time.monotonic() + 60
        while not (tmp_path / "after").exists() and time.monotonic() < limit:
            time.sleep(0.2)
        assert (tmp_path / "after").read_text() == "0"
