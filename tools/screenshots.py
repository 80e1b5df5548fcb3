"""Photograph every page in its main states, wide and narrow, and fail on what does not fit or went wrong.

That is: what is wider than the window, an error in the console, a bug on the page, or a main picture
(``MAIN_PICTURES`` in first_screen.py) that takes less than half of the first screen; its share is printed.

python tools/screenshots.py [--out FOLDER] [--only listen,train] [--dark] [--pictures]

Needs Chromium, PulseAudio (``pulseaudio pulseaudio-utils libasound2-plugins``) and the packages of
requirements-dev.txt. The app runs in a workspace of its own that is thrown away;
with ``--workspace`` in a folder that stays, so that the second time starts with a finished run.
"""

import argparse
import contextlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

import numpy as np

import live_in_browser
import virtual_microphone
from app_in_browser import (
    ALIVE,
    CHROMIUM,
    PATIENCE,
    REPOSITORY,
    Complaints,
    answer_on,
    behind,
    bring_sound,
    chart,
    choose,
    drawn_map,
    drawn_player,
    go_to,
    look_at_home,
    open_chromium,
    overflow,
    place_in_player,
    press_cell,
    press_on_map,
    printed_key,
    running_app,
    settings,
    settle,
)
from first_screen import MAIN_PICTURES, TO_THE_TOP, share_of_picture, shortfall
from ser_core.corpora import open_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = ((1280, 720), (390, 844))
WIDE = SIZES[0]
PICTURES = REPOSITORY / "docs" / "pictures"
PICTURE_BYTES = 700_000
QUICK_EPOCHS = ("stages.0.epochs=2", "stages.1.epochs=1")
LONG_EPOCHS = ("stages.0.epochs=300", "stages.1.epochs=100")
PCA_MAP = re.compile("PCA in 2 dimensions of the utterances")
SOLID_UMAP = re.compile("UMAP in 3 dimensions")
UNHEARD = "voice10"  # a speaker of the demo corpus whom its model has not heard


@dataclass
class Walk:
    """A visitor of one width, who photographs what is seen and notes what is wrong.

    Attributes:
        page: where the visitor is.
        address: of the app.
        complaints: what the browser notes.
        microphone: of the computer on which the app runs.
        key: what the app printed at the end of its address.
        size: width and height of the window, in pixels.
        out: folder of the photographs.
        problems: what was wrong so far, one line each.
    """

    page: "Page"
    address: str
    complaints: Complaints
    microphone: virtual_microphone.VirtualMicrophone
    key: str
    size: tuple[int, int]
    out: Path
    problems: list[str] = field(default_factory=list)

    def go(self, title: str) -> None:
        """Open a page from its address."""
        self.page.goto("about:blank")
        go_to(self.page, self.address, title, query=self.key)

    def photograph(self, name: str) -> Path:
        """Write the whole page, and note what does not fit or went wrong since the last photograph."""
        settle(self.page)
        found = overflow(self.page) + self.complaints.taken()
        found += [f"a bug on the page: {text}" for text in self.page.get_by_test_id("stException").all_inner_texts()]
        if name in MAIN_PICTURES:
            share = share_of_picture(self.page, MAIN_PICTURES[name])
            print(f"{name}, {self.size[0]} x {self.size[1]}: the main picture covers {share:.1%}", flush=True)
            found += shortfall(name, share)
        self.problems += [f"{name}, {self.size[0]} pixels wide: {text}" for text in found]
        path = self.out / f"{name}-{self.size[0]}.png"
        photograph_all(self.page, path, self.size)
        print(path, flush=True)
        return path


@dataclass(frozen=True)
class Studio:
    """Where photographs are taken.

    Attributes:
        browser: in which visitors come.
        address: of the app.
        microphone: of the computer on which it runs.
        key: what the app printed at the end of its address.
        out: folder of the photographs.
        dark: whether visitors' computers ask for dark pages.
    """

    browser: "Browser"
    address: str
    microphone: virtual_microphone.VirtualMicrophone
    key: str
    out: Path
    dark: bool = False


def photograph_all(page: "Page", path: Path, size: tuple[int, int]) -> None:
    """Photograph a page from top to bottom: Streamlit scrolls inside, so the window is made as high as the content."""
    width, height = size
    page.mouse.move(0, 0)
    for _ in range(2):  # pictures are as high as the window has room, so that the content grows with it
        needed = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight + innerHeight - "
                               "document.querySelector('[data-testid=stMain]').clientHeight")  # fmt: skip
        page.set_viewport_size({"width": width, "height": max(height, int(needed))})
        page.wait_for_timeout(600)
    page.evaluate(TO_THE_TOP)
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(300)


# ------------------------------------------------------------------------------------------------ states of the pages
def home(walk: Walk) -> None:
    walk.go("Home")
    voices = drawn_map(walk.page, re.compile("Map of [0-9]+ voices"))
    walk.photograph("home")
    press_on_map(walk.page, voices, 12)
    walk.page.get_by_test_id("stAudio").wait_for()
    walk.photograph("home-heard")


def library(walk: Walk) -> None:
    walk.go("Library")
    walk.photograph("library")


def listen_empty(walk: Walk) -> None:
    walk.go("Listen")
    bring_sound(walk.page, "Upload a file")
    walk.photograph("listen-empty")


def listen_demo(walk: Walk) -> None:
    walk.go("Listen")
    show_demo_clip(walk.page)
    walk.photograph("listen-demo")


def show_demo_clip(page: "Page") -> None:
    bring_sound(page, "Artificial voices")
    choose(page, "Model", re.compile("^Demo"))
    answer_on(page).wait_for()
    page.get_by_role("heading", name="Nearest known utterances").wait_for()
    drawn_map(page, "Map of the model's known utterances")


def listen_decided(walk: Walk) -> None:
    """What in the sound spoke for the answer."""
    walk.go("Listen")
    show_demo_clip(walk.page)
    walk.page.get_by_role("button", name=re.compile("^Show what speaks for")).click()
    chart(walk.page, "Spectrogram with what speaks for").wait_for()
    walk.photograph("listen-decided")


def listen_people(walk: Walk) -> None:
    """A person, judged by the model that judges people by default, and what decided it."""
    walk.go("Listen")
    bring_sound(walk.page, "People")
    answer_on(walk.page).wait_for()
    drawn_map(walk.page, "Map of the model's known utterances")
    walk.photograph("listen-person")
    walk.page.get_by_role("button", name=re.compile("^Show what speaks for")).click()
    chart(walk.page, "Spectrogram with what speaks for").wait_for()
    walk.photograph("listen-person-decided")


def listen_selection(walk: Walk) -> None:
    """A part of the recording, read beside the whole."""
    walk.go("Listen")
    show_demo_clip(walk.page)
    figure = drawn_player(walk.page)
    walk.page.mouse.move(*place_in_player(figure, 0.3))
    walk.page.mouse.down()
    walk.page.mouse.move(*place_in_player(figure, 1.2), steps=4)
    walk.page.mouse.up()
    figure.get_by_role("button", name="Read the selection").click()
    walk.page.get_by_role("heading", name="The selection,").wait_for()
    walk.photograph("listen-selection")


def listen_every_other_model(walk: Walk) -> None:
    walk.go("Listen")
    show_demo_clip(walk.page)
    for name, title in other_models(walk.page):
        choose(walk.page, "Model", title)
        answer_on(walk.page).wait_for()
        walk.photograph(f"listen-{name}")


def listen_error(walk: Walk) -> None:
    walk.go("Listen")
    bring_sound(
        walk.page, {"name": "shopping list.wav", "mimeType": "audio/wav", "buffer": b"Bread, milk, and six eggs."}
    )
    walk.page.get_by_test_id("stAlert").filter(has_text="Expected audio").wait_for()
    walk.photograph("listen-error")


def long_recordings_empty(walk: Walk) -> None:
    walk.go("Long recordings")
    walk.photograph("long-recordings-empty")


def long_recordings_demo(walk: Walk) -> None:
    walk.go("Long recordings")
    walk.page.get_by_test_id("stRadio").get_by_text("Demo conversation").click()
    settle(walk.page)
    choose(walk.page, "Model", re.compile("^Demo"))
    walk.page.get_by_role("button", name="Judge this recording").click()
    walk.page.locator("figure.track-view .picture").click()
    walk.page.get_by_role("button", name="Pause").click()
    settle(walk.page)
    walk.photograph("long-recordings-demo")


def live_idle(walk: Walk) -> None:
    walk.go("Live")
    walk.photograph("live-idle")


def live_speaking(walk: Walk) -> None:
    walk.go("Live")
    figure = live_in_browser.start(walk.page)
    live_in_browser.wait_for(figure, "live => live.predictions.utterances.length > 1")
    walk.photograph("live-speaking")
    figure.get_by_role("button", name="Stop").click()
    walk.page.get_by_role("button", name="Follow it over time →").wait_for()
    walk.photograph("live-stopped")


def live_learning(walk: Walk) -> None:
    """While it learns a voice: asked, known, and ended, where the voice can be kept."""
    walk.go("Live")
    figure = live_in_browser.start(walk.page)
    figure.get_by_role("button", name="Learn my voice").click()
    live_in_browser.wait_for(figure, "live => live.timeline.knownSince !== null")
    walk.photograph("live-learning")
    figure.get_by_role("button", name="Stop").click()
    walk.page.get_by_role("button", name="Keep as my voice").wait_for()
    walk.photograph("live-learned")


def live_ended(walk: Walk) -> None:
    walk.go("Live")
    figure = live_in_browser.start(walk.page)
    live_in_browser.wait_for(figure, "live => live.predictions.utterances.length > 0")
    choose_computer_on_live(walk.page)
    figure.get_by_role("alert").filter(has_text="Listening has ended").wait_for()
    walk.page.get_by_role("button", name="Follow it over time →").wait_for()
    walk.photograph("live-ended")


def live_computer(walk: Walk) -> None:
    """At the microphone of the computer that runs the app: heard, and unplugged."""
    walk.go("Live")
    choose_computer_on_live(walk.page)
    walk.photograph("live-computer-idle")
    figure = live_in_browser.start(walk.page)
    with walk.microphone.speaking(held_out_clip()):
        live_in_browser.wait_for(figure, "live => live.predictions.utterances.length > 1")
        walk.photograph("live-computer-speaking")
        with walk.microphone.unplugged():
            figure.get_by_role("alert").filter(has_text="unplugged").wait_for()
            walk.photograph("live-computer-unplugged")


def choose_computer_on_live(page: "Page") -> None:
    with settings(page):
        page.get_by_test_id("stRadio").get_by_text("The microphone of the computer").click()
        settle(page)


def held_out_clip() -> Path:
    return live_in_browser.held_out_clips()[0][1]


def train_empty(walk: Walk) -> None:
    walk.go("Train")
    walk.page.get_by_text("No run yet").wait_for()
    walk.photograph("train-empty")


def train_finished(walk: Walk) -> None:
    walk.go("Train")
    walk.page.get_by_text("Finished.").wait_for()
    walk.photograph("train-finished")


def train_recipe_card(walk: Walk) -> None:
    walk.go("Train")
    open_card(walk.page, re.compile("^Published · Dai et al. 2019: softmax with centre loss, log-mel"))
    chart(walk.page, "Architecture").wait_for()
    walk.photograph("train-recipe-architecture")
    walk.page.get_by_role("tab", name="Paper and ours").click()
    walk.page.get_by_text("UA 66.86").wait_for()
    walk.photograph("train-recipe-figures")


def open_card(page: "Page", recipe: re.Pattern[str]) -> None:
    page.get_by_role("button", name="Settings").click()
    choose(page, "Recipe", recipe)
    page.keyboard.press("Escape")
    page.get_by_test_id("stExpander").get_by_text("About this recipe").click()
    settle(page)


def train_running(walk: Walk) -> None:
    walk.go("Train")
    walk.page.locator(".forming[data-epoch]").wait_for()
    walk.photograph("train-running")


def choose_model(page: "Page", title: str | re.Pattern[str]) -> None:
    with settings(page):
        choose(page, "Model", title)


def train_settings(walk: Walk) -> None:
    walk.go("Train")
    walk.page.get_by_role("button", name="Settings").click()
    walk.page.get_by_role("spinbutton", name="Seed", exact=True).wait_for()
    walk.photograph("train-settings")


def watch_a_space_form(walk: Walk) -> None:
    walk.go("Watch a space form")
    walk.page.locator(".forming[data-epoch]").wait_for()
    walk.photograph("watch-a-space-form-playing")
    walk.page.get_by_role("button", name="Play", exact=True).wait_for()
    walk.photograph("watch-a-space-form-ended")


def embedding_pca(walk: Walk) -> None:
    walk.go("Embedding space")
    choose_model(walk.page, re.compile("^Demo"))
    drawn_map(walk.page, PCA_MAP)
    walk.photograph("embedding-pca")
    with settings(walk.page):
        models = list(other_models(walk.page))
    for name, title in models:
        choose_model(walk.page, title)
        drawn_map(walk.page, PCA_MAP)
        walk.photograph(f"embedding-{name}")


def embedding_selected(walk: Walk) -> None:
    walk.go("Embedding space")
    choose_model(walk.page, re.compile("^Demo"))
    select_cell_and_point(walk.page)
    walk.photograph("embedding-selected")


def select_cell_and_point(page: "Page") -> None:
    press_cell(page, "neutral", "happy")
    page.get_by_text("that lie closest").wait_for()
    press_on_map(page, drawn_map(page, PCA_MAP), 10)
    page.locator("audio").first.wait_for()


def embedding_umap(walk: Walk) -> None:
    walk.go("Embedding space")
    choose_model(walk.page, re.compile("^Demo"))
    with settings(walk.page) as fields:
        fields.get_by_test_id("stRadio").get_by_text("UMAP", exact=True).click()
        settle(walk.page)
        fields.get_by_test_id("stRadio").get_by_text("3", exact=True).click()
        settle(walk.page)
        fields.get_by_role("button", name="Compute").click()
    drawn_map(walk.page, SOLID_UMAP)
    walk.photograph("embedding-umap-3d")


def embedding_measured(walk: Walk) -> None:
    walk.go("Embedding space")
    choose_model(walk.page, re.compile("^Demo"))
    walk.page.get_by_role("button", name="Measure this space").click()
    walk.page.get_by_role("heading", name="The space in numbers").wait_for()
    walk.photograph("embedding-measured")


def embedding_own(walk: Walk) -> None:
    """Vectors that another program made, in a table as people have them: opened, pressed, and measured."""
    walk.go("Embedding space")
    drawn_map(walk.page, PCA_MAP)
    settle(walk.page)
    with settings(walk.page) as fields:
        fields.get_by_test_id("stButtonGroup").get_by_text("a file from elsewhere").click()
    upload = walk.page.get_by_role("region", name="Vectors: .parquet, .npy, .npz, .csv or .tsv")
    settle(walk.page)
    if upload.is_visible():  # an earlier visitor's file is kept, and opened at once
        upload.locator("input[type=file]").first.set_input_files(
            {"name": "foreign.csv", "mimeType": "text/csv", "buffer": foreign_table()}
        )
        upload.get_by_role("button", name="Remove foreign.csv").wait_for()
        walk.photograph("embedding-own-preview")
        walk.page.get_by_test_id("stBaseButton-primary").filter(has_text="Open").click()
        walk.page.get_by_text("is kept as foreign").wait_for()
    press_on_map(walk.page, drawn_map(walk.page, PCA_MAP), 7)
    walk.photograph("embedding-own")
    walk.page.get_by_role("button", name="Measure this space").click()
    walk.page.get_by_role("heading", name="The space in numbers").wait_for()
    walk.photograph("embedding-own-measured")


def foreign_table() -> bytes:
    """Make a table of vectors of the demo corpus whose labels are not all emotions, in columns of foreign names."""
    manifest, random = open_corpus("demo"), np.random.default_rng(0)
    calls = [row.emotion if row.emotion != "boredom" else "tired" for row in manifest.utterances]
    middles = {call: random.normal(size=32) for call in calls}
    lines = ["path,speaker_id,label," + ",".join(f"f{number}" for number in range(32))]
    for row, call in zip(manifest.utterances, calls, strict=True):
        vector = middles[call] + random.normal(size=32)
        lines.append(",".join([row.file, row.speaker, call, *(f"{value:.4f}" for value in vector)]))
    return "\n".join(lines).encode()


def recording_studio(walk: Walk) -> None:
    walk.go("Recording studio")
    name = walk.page.get_by_role("textbox", name="Name of the new corpus")
    if name.is_visible():
        walk.photograph("studio-empty")
        name.fill("our-voices")
        walk.page.get_by_role("button", name="Create").click()
        settle(walk.page)
    for step in ("Plan", "Speaker", "Record"):
        walk.page.get_by_test_id("stButtonGroup").get_by_text(step, exact=True).click()
        settle(walk.page)
        agree = walk.page.get_by_role("button", name="Agree and record")
        if step == "Speaker" and agree.is_visible():
            walk.page.get_by_role("textbox", name="Name or pseudonym").fill("Anna")
            walk.page.get_by_text("I have read this text and agree to it.").click()
            settle(walk.page)
            walk.photograph("studio-speaker")
            agree.click()
            settle(walk.page)
        else:
            walk.photograph(f"studio-{step.lower()}")


def studio_computer(walk: Walk) -> None:
    """At the microphone of the computer that runs the app: recorded, and unplugged."""
    from ser_core.recordings import CONSENT, Collection, Speaker

    collection = Collection("at-the-computer")
    collection.enter(Speaker("Anna"), CONSENT["English"])
    collection.save_plan(collection.plan())
    walk.go("Recording studio")
    choose(walk.page, "Corpus of your own", "at-the-computer")
    walk.page.get_by_test_id("stButtonGroup").get_by_text("Record", exact=True).click()
    settle(walk.page)
    walk.page.get_by_test_id("stExpander").get_by_text("Microphone and countdown").click()
    walk.page.wait_for_timeout(1500)  # a list that is opened while it still unfolds closes again
    choose(walk.page, "Microphone", "This computer's microphone")
    with walk.microphone.speaking(held_out_clip()):
        walk.page.get_by_test_id("stMain").get_by_role("button", name="Record", exact=True).click()
        walk.page.get_by_text(re.compile(r"^● Recording [2-9]")).wait_for()
        walk.photograph("studio-computer-recording")
        with walk.microphone.unplugged():
            walk.page.get_by_test_id("stAlertContentError").wait_for()
            walk.photograph("studio-computer-unplugged")


def your_voice(walk: Walk) -> None:
    """Before any clip, what three neutral clips of a person change, and one of them angle by angle."""
    walk.go("Your voice")
    walk.photograph("your-voice-empty")
    choose(walk.page, "Model", re.compile("^Demo"))
    demo = open_corpus("demo")
    clips = [row for row in demo.utterances if row.speaker == UNHEARD and row.emotion == "neutral"]
    with behind(walk.page, "Other clips") as ways:
        ways.locator("input[type=file]").set_input_files([demo.path(row) for row in clips[:3]])
        settle(walk.page)
    chart(walk.page, "As what each clip is heard").wait_for()
    walk.photograph("your-voice")
    choose(walk.page, "One clip: press it in the picture, or choose it here", re.compile("neutral"))
    chart(walk.page, "Angle to each emotion").wait_for()
    walk.photograph("your-voice-clip")


def your_voice_spoken(walk: Walk) -> None:
    """What one sentence changes that was spoken here."""
    walk.go("Your voice")
    choose(walk.page, "Model", re.compile("^Demo"))
    recorder = walk.page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record", exact=True).click()
    walk.page.wait_for_timeout(4000)
    recorder.get_by_role("button", name="Stop recording").click()
    chart(walk.page, "As what each clip is heard").wait_for()
    walk.photograph("your-voice-spoken")


def geometry_audit(walk: Walk) -> None:
    """The angles of one's own model, and the example that cannot exist."""
    walk.go("Geometry audit")
    chart(walk.page, "The given angles in degrees").wait_for()
    walk.photograph("geometry-audit")
    walk.page.get_by_role("button", name="See an impossible one").click()
    walk.page.get_by_text("No directions have these angles").wait_for()
    walk.photograph("geometry-audit-example")


def lesson_of_losses(walk: Walk) -> None:
    walk.go("What a loss does")
    walk.photograph("lesson-losses")
    figure = walk.page.locator(".playground")
    figure.get_by_label("Question").select_option("1")
    for _ in range(10):
        walk.page.keyboard.press("s")
    walk.photograph("lesson-losses-stepped")


def lesson_of_test_sets(walk: Walk) -> None:
    walk.go("Who is in the test set")
    walk.photograph("lesson-test-sets")
    walk.page.locator(".split-editor").get_by_role("button", name="Split by speaker").click()
    walk.photograph("lesson-test-sets-by-speaker")


def lesson_of_frames(walk: Walk) -> None:
    walk.go("What a frame is")
    walk.page.get_by_role("img", name=re.compile("^Windows of")).wait_for()
    walk.photograph("lesson-frames")


def lesson_of_strangers(walk: Walk) -> None:
    """While it plays by itself, and after all clips are known."""
    walk.go("A stranger's voice")
    figure = walk.page.locator("figure.after-clips")
    figure.get_by_role("status").get_by_text("After 2 clips").wait_for()
    walk.photograph("lesson-stranger")
    figure.get_by_role("combobox", name="Clip").select_option("An artificial voice: neutral")
    figure.get_by_role("radio", name="16").click()
    walk.page.wait_for_timeout(1000)
    walk.photograph("lesson-stranger-sixteen")


def spaces_empty(walk: Walk) -> None:
    open_epochs(walk)
    walk.page.get_by_text("Watch a space form: epochs 0 to 16").wait_for()
    walk.photograph("spaces-empty")


def spaces_two_models(walk: Walk) -> None:
    walk.go("Two spaces")
    with settings(walk.page) as fields:
        fields.get_by_test_id("stButtonGroup").get_by_text("Two models or files").click()
        settle(walk.page)
        choose(walk.page, "First space", re.compile("^Demo"))
    walk.page.get_by_role("heading", name="Utterances that moved most").wait_for()
    walk.photograph("spaces-two-models")


def spaces_two_epochs(walk: Walk) -> None:
    open_epochs(walk)
    walk.page.get_by_role("heading", name="Utterances that moved most").wait_for()
    walk.photograph("spaces-two-epochs")


def open_epochs(walk: Walk) -> None:
    walk.go("Two spaces")
    with settings(walk.page) as fields:
        fields.get_by_test_id("stButtonGroup").get_by_text(re.compile("[Ee]pochs")).click()


def compare_example(walk: Walk) -> None:
    walk.go("Compare")
    walk.page.get_by_text("This example ships with the app").wait_for()
    walk.photograph("compare-example")


def compare_runs(walk: Walk) -> None:
    walk.go("Compare")
    put_side_by_side(walk.page, *(run.name for run in finished_runs()[:2]))
    chart(walk.page, "Difference of the confusion matrices").wait_for()
    walk.photograph("compare-runs")


def compare_in_part(walk: Walk) -> None:
    walk.go("Compare")
    put_side_by_side(walk.page, finished_runs()[0].name, "ravdess-emobox")
    walk.page.get_by_text("tell nothing of which is better").wait_for()
    walk.photograph("compare-in-part")


def compare_sweeps(walk: Walk) -> None:
    open_section(walk, "Sweeps")
    walk.photograph("compare-sweeps")


def compare_sweeps_drawn(walk: Walk) -> None:
    """One setting, and two of them as curves and as a heat map."""
    open_section(walk, "Sweeps")
    for name, shape in (("dropout", ""), ("dropout and rate", ""), ("dropout and rate", "heat map")):
        with settings(walk.page):
            choose(walk.page, "Sweep", re.compile(f"^{name.replace(' ', '-')}$"))
        if shape:
            walk.page.get_by_test_id("stRadio").get_by_text(shape, exact=True).click()
            settle(walk.page)
        chart(walk.page, re.compile("^UA over")).wait_for()
        walk.photograph("-".join(["compare-sweep", *name.split(), *shape.split()]))


def compare_papers(walk: Walk) -> None:
    open_section(walk, "Papers")
    walk.photograph("compare-papers")


def open_section(walk: Walk, name: str) -> None:
    walk.go("Compare")
    with settings(walk.page) as fields:
        fields.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    settle(walk.page)


def put_side_by_side(page: "Page", *names: str) -> None:
    """Choose these alone, by what they are called."""
    with settings(page) as fields:
        box = fields.get_by_role("combobox", name=re.compile("^Side by side"))
        box.wait_for()  # what opens may be drawn a moment later
        if fields.get_by_role("button", name="Clear all").count():
            fields.get_by_role("button", name="Clear all").click()
            settle(page)
        for name in names:
            box.click()
            box.fill(name)
            page.get_by_role("option").filter(has_text=name).first.click()
            settle(page)
        page.keyboard.press("Escape")


def other_models(page: "Page") -> Iterator[tuple[str, str]]:
    """List the models that ship beside the demo model: a short name, and the title to choose it by."""
    box = page.get_by_role("combobox", name="Model", exact=True)
    with settings(page) if not box.count() else contextlib.nullcontext():
        box.click()
        titles = [text.strip() for text in page.get_by_role("option").all_inner_texts()]
        page.keyboard.press("Escape")
    for title in titles:
        if not title.startswith("Demo") and "Quick" not in title:
            yield title.split()[0].strip(":").lower(), title


State = Callable[[Walk], None]
BEFORE_TRAINING: tuple[State, ...] = (train_empty, compare_example, spaces_empty)
AFTER_TRAINING: tuple[State, ...] = (
    home, library, listen_empty, listen_demo, listen_decided, listen_people, listen_selection, listen_every_other_model,
    listen_error, live_idle, live_speaking, live_learning, live_ended, live_computer,
    long_recordings_empty, long_recordings_demo,
    train_finished, train_settings, train_recipe_card, watch_a_space_form,
    embedding_pca, embedding_selected, embedding_umap, embedding_measured, embedding_own,
    recording_studio, studio_computer, your_voice, your_voice_spoken, geometry_audit, spaces_two_epochs,
    lesson_of_losses, lesson_of_test_sets, lesson_of_frames, lesson_of_strangers,
)  # fmt: skip
AFTER_TWO_TRAININGS: tuple[State, ...] = (
    compare_runs, compare_in_part, compare_sweeps, compare_papers, spaces_two_models,
)  # fmt: skip
AFTER_SWEEPS: tuple[State, ...] = (compare_sweeps_drawn,)
WHILE_TRAINING: tuple[State, ...] = (train_running,)


# ------------------------------------------------------------------------------------------------ runs
def runs_in(workspace: Path) -> list[Path]:
    return list((workspace / "runs").glob("*"))


def finished_runs() -> list[Path]:
    from ser_core.training.jobs import list_runs, run_state

    return [run for run in list_runs() if run_state(run).status == "finished"]


def finished_run(overrides: tuple[str, ...] = QUICK_EPOCHS, *, count: int = 1) -> None:
    """Train the quick recipe to the end, unless the workspace holds ``count`` finished runs."""
    from ser_core.training.jobs import run_state, start_run

    if len(finished_runs()) >= count:
        return
    run = start_run(corpus="demo", recipe="quick", overrides=overrides, snapshots=1)
    while (state := run_state(run)).status in ALIVE:
        time.sleep(0.5)
    if state.status != "finished":
        raise RuntimeError(f"Expected the run to finish; it is {state.status}. {state.message}")


def second_finished_run(overrides: tuple[str, ...] = QUICK_EPOCHS) -> None:
    """Train it once more with another setting, so that there is something to compare."""
    finished_run(overrides)
    finished_run((*overrides, "stages.0.learning_rate=5e-3"), count=2)


def finished_sweeps() -> None:
    """Train over one setting and over two, each value under two seeds, unless the workspace holds them."""
    from ser_core.experiments.sweep import Sweep, SweepAxis
    from ser_core.experiments.sweep_run import run_sweep
    from ser_core.workspace import sweeps_directory

    dropout = SweepAxis("dropout", "dropout", (0.0, 0.2, 0.4))
    rate = SweepAxis("learning rate", "stages.0.learning_rate", (1e-3, 5e-3))
    for name, axes in {"dropout": (dropout,), "dropout-and-rate": (dropout, rate)}.items():
        sweep = Sweep(name, name, "", "", "quick", "held-out-speakers", axes, seeds=(0, 1), overrides=QUICK_EPOCHS)
        run_sweep(sweep, corpus="demo", out=sweeps_directory() / name)


def living_run() -> None:
    """Start a run that does not end by itself, and wait until it has a curve."""
    from ser_core.training.jobs import run_state, start_run

    run = start_run(corpus="demo", recipe="quick", overrides=LONG_EPOCHS, snapshots=1)
    while (state := run_state(run)).status in ALIVE and state.epoch < 2:
        time.sleep(0.5)
    if state.status not in ALIVE:
        raise RuntimeError(f"Expected the run to go on; it is {state.status}. {state.message}")


# ------------------------------------------------------------------------------------------------ the whole walk
def take_photographs(studio: Studio, only: list[str], *, first_time: bool) -> list[str]:
    """Photograph every state in both widths; returns the problems."""
    problems: list[str] = []
    stations: tuple[tuple[Callable[[], None] | None, tuple[State, ...]], ...] = (
        (None, BEFORE_TRAINING if first_time else ()),
        (finished_run, AFTER_TRAINING),
        (second_finished_run, AFTER_TWO_TRAININGS),
        (finished_sweeps, AFTER_SWEEPS),
        (living_run, WHILE_TRAINING),
    )
    for prepare, states in stations:
        chosen = chosen_of(states, only)
        if chosen and prepare is not None:
            prepare()
        for size in SIZES:
            for state in chosen:
                problems += one_state(studio, size, state)
    return problems


def chosen_of(states: tuple[State, ...], only: list[str]) -> list[State]:
    """Return those whose names begin with one of ``only``; all if it is empty."""
    return [state for state in states if not only or state.__name__.startswith(tuple(only))]


def one_state(studio: Studio, size: tuple[int, int], state: State) -> list[str]:
    """Let a new visitor bring a page into a state and photograph it."""
    from playwright.sync_api import Error

    width, height = size
    context = studio.browser.new_context(
        viewport={"width": width, "height": height},
        permissions=["microphone"],
        color_scheme="dark" if studio.dark else "light",
    )
    context.set_default_timeout(PATIENCE)
    complaints = Complaints(context, studio.address)
    walk = Walk(context.new_page(), studio.address, complaints, studio.microphone, studio.key, size, studio.out)
    try:
        state(walk)
    except (Error, AssertionError) as error:
        reason = str(error).strip().splitlines() or ["no reason given"]
        walk.problems.append(f"{state.__name__}, {width} pixels wide: not reached: {reason[0]}")
        photograph_all(walk.page, studio.out / f"{state.__name__}-{width}-not-reached.png", size)
    context.close()
    return walk.problems


# ------------------------------------------------------------------------------------------------ pictures
def picture_of_listening(walk: Walk) -> None:
    walk.go("Listen")
    show_demo_clip(walk.page)
    write_picture(walk.photograph("picture-listen"), PICTURES / "listen.png")


def picture_of_training(walk: Walk) -> None:
    walk.go("Train")
    walk.page.get_by_text("Finished.").wait_for()
    chart(walk.page, "Confusion matrix").wait_for()
    write_picture(walk.photograph("picture-train"), PICTURES / "train.png")


def picture_of_the_embedding_space(walk: Walk) -> None:
    walk.go("Embedding space")
    choose_model(walk.page, re.compile("^Demo"))
    select_cell_and_point(walk.page)
    write_picture(walk.photograph("picture-embedding-space"), PICTURES / "embedding-space.png")


def picture_of_comparing(walk: Walk) -> None:
    walk.go("Compare")
    put_side_by_side(walk.page, *(run.name for run in finished_runs()[:2]))
    chart(walk.page, "Difference of the confusion matrices").wait_for()
    write_picture(walk.photograph("picture-compare"), PICTURES / "compare.png")


def take_pictures(studio: Studio, only: list[str]) -> list[str]:
    """Write the pictures of the README, with runs of the whole quick recipe; returns the problems."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    of_one_run = (picture_of_listening, picture_of_training, picture_of_the_embedding_space)
    stations: tuple[tuple[Callable[[tuple[str, ...]], None], tuple[State, ...]], ...] = (
        (finished_run, of_one_run),
        (second_finished_run, (picture_of_comparing,)),
    )
    problems = []
    for prepare, states in stations:
        chosen = chosen_of(states, only)
        if chosen:
            prepare(())
        for state in chosen:
            problems += one_state(studio, WIDE, state)
    return problems


def write_picture(photograph: Path, picture: Path) -> None:
    """Keep a photograph as it is, but packed tightly: a palette would give emotions each other's colours."""
    from PIL import Image

    Image.open(photograph).convert("RGB").save(picture, optimize=True)
    size = picture.stat().st_size
    print(f"{picture}: {size / 1000:.0f} kB")
    if size > PICTURE_BYTES:
        raise RuntimeError(f"Expected {picture.name} below {PICTURE_BYTES} bytes; got {size}.")


def main() -> int:
    """Take the photographs, say what is wrong, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "screenshots", help="folder (default: screenshots/)")
    parser.add_argument("--only", default="", help="beginnings of states or pictures, such as listen,train_finished")
    parser.add_argument("--workspace", type=Path, help="the app's folder; thrown away by default")
    parser.add_argument("--dark", action="store_true", help="as somebody sees it whose computer asks for dark pages")
    parser.add_argument("--pictures", action="store_true", help="only write the pictures of the README")
    arguments = parser.parse_args()
    if CHROMIUM is None:
        raise SystemExit("Expected the program chromium; there is none. Install it (Debian: apt install chromium).")
    if virtual_microphone.missing():
        raise SystemExit(virtual_microphone.missing())
    from playwright.sync_api import sync_playwright

    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        workspace = (arguments.workspace or Path(scratch) / "workspace").absolute()
        workspace.mkdir(parents=True, exist_ok=True)
        os.environ["SER_WORKSPACE"] = str(workspace)
        with (
            virtual_microphone.plugged_in(Path(scratch) / "sound") as microphone,
            running_app(workspace, Path(scratch) / "app.log", variables=microphone.variables) as address,
            sync_playwright() as playwright,
        ):
            voices = Path(scratch) / "voices.wav"
            live_in_browser.write_session(voices, [clip for _, clip in live_in_browser.held_out_clips()])
            browser = open_chromium(playwright, microphone=voices)
            look_at_home(browser, address)
            studio = Studio(
                browser, address, microphone, printed_key(Path(scratch) / "app.log"), arguments.out, arguments.dark
            )
            only = [name for name in arguments.only.split(",") if name]
            if arguments.pictures:
                problems = take_pictures(studio, only)
            else:
                problems = take_photographs(studio, only, first_time=not runs_in(workspace))
            browser.close()
    for problem in problems:
        print(f"FAILED {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
