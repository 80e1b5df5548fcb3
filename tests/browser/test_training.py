"""Train: a run is started, watched, stopped and resumed on the page, and its model can be used everywhere."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app_in_browser import answer_on, choose, drawn_map, go_to, press_on_map, settings, settle
from ser_core.training.jobs import run_state

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Hear = Callable[["Locator"], float]
Visit = Callable[[str], "Page"]
MAP = re.compile("PCA in 2 dimensions of the utterances")


def test_training_shows_its_progress_and_ends_with_curves_and_a_confusion_matrix(
    trained: Any, app_workspace: Path
) -> None:
    assert any(re.search(r"Reading the corpus|Epoch \d of 3", said) for said in trained.told), trained.told
    losses = ("stage softmax: Softmax", "stage triplet: Triplet loss", "stage triplet: Softmax of the head")
    for drawn in (*losses, "Development UA and WA", "Confusion matrix"):
        assert any(drawn in described for described in trained.charts)
    run = run_state(app_workspace / "runs" / trained.run)
    assert (run.status, run.epoch, run.epochs) == ("finished", 3, 3)


def test_on_a_phone_the_name_above_each_curve_of_the_loss_is_read_whole(trained: Any, visit: Visit) -> None:
    page = visit("Train")
    choose(page, "Run", trained.run)
    page.set_viewport_size({"width": 390, "height": 844})
    names = page.get_by_role("figure", name=re.compile("^Term of the training loss")).locator(".annotation-text")
    expect(names).to_have_count(3)

    def whole() -> bool:
        return all(place is not None and place["x"] >= 0 and place["x"] + place["width"] <= 390 for place in places)

    for _ in range(100):  # figures follow the window a moment later, longer on a busy computer
        places = [name.bounding_box() for name in names.all()]
        if len(places) == 3 and whole():
            break
        page.wait_for_timeout(200)
    assert whole(), places
    tops = [place["y"] for place in places if place is not None]
    assert min(after - before for before, after in pairwise(tops)) > 100, "one below the other"


def test_the_outline_of_a_clip_of_each_emotion_that_goes_in_is_drawn(visit: Visit) -> None:
    outlines = visit("Train").get_by_role("img", name=re.compile("^One clip each of")).locator("img")
    expect(outlines).to_have_count(6)
    for outline in outlines.all():
        assert outline.evaluate("image => image.decode().then(() => image.naturalWidth * image.clientHeight)") > 0


def test_the_new_model_is_chosen_its_embedding_opens_and_a_pressed_point_is_heard(
    trained: Any, visit: Visit, hear: Hear
) -> None:
    page = visit("Embedding space")
    choose(page, "Model", trained.run)
    expect(page.get_by_role("grid", name=re.compile("^Matrix of the angles"))).to_be_visible()
    press_on_map(page, drawn_map(page, MAP), 20)
    player = page.locator("audio")
    expect(player).to_have_count(1)
    assert hear(player) > 0.3
    table = page.get_by_test_id("stDataFrame").last
    expect(table).to_be_visible()


def test_the_new_model_judges_on_the_page_listen(trained: Any, visit: Visit) -> None:
    page = visit("Listen")
    choose(page, "Model", trained.run)
    expect(page.get_by_text(trained.run).first).to_be_visible()
    expect(answer_on(page)).to_be_visible()
    with settings(page):
        expect(page.get_by_text("Trained on artificial speech").first).to_be_visible()


def test_the_model_of_a_finished_run_is_opened_from_its_page_every_time(
    trained: Any, visit: Visit, address: str
) -> None:
    page = visit("Train")
    choose(page, "Run", trained.run)
    expect(page.get_by_text("Finished.")).to_be_visible()
    for words, opened, other in (
        ("Listen with this model →", "Listen", "Embedding space"),
        ("Look into its embedding space →", "Embedding space", "Listen"),
    ):
        page.get_by_role("button", name=words).click()
        page.get_by_role("heading", level=1, name=opened).wait_for()
        settle(page)
        expect_model(page, trained.run)
        go_to(page, address, other)
        expect_model(page, trained.run)
        choose(page, "Model", re.compile("^Demo"))
        go_to(page, address, "Train")


def expect_model(page: "Page", name: str) -> None:
    with settings(page):
        expect(page.get_by_role("combobox", name="Model", exact=True)).to_have_value(re.compile(name))


def test_a_number_that_is_out_of_range_is_shown_named_and_not_started(visit: Visit) -> None:
    page = visit("Train")
    with settings(page):
        field = page.get_by_role("spinbutton", name="Seed", exact=True)
        for typed, told in (("99999999999999999999", "got 1e+20"), ("-3", "got -3"), ("", "got an empty field")):
            field.fill(typed)
            field.press("Enter")
            message = page.get_by_test_id("stAlert").filter(has_text="a whole number from 0 to 2147483647 for “Seed”")
            expect(message).to_contain_text(told)
            expect(page.get_by_role("button", name="Start training")).to_have_count(0)
        field.fill("7")
        field.press("Enter")
        expect(page.get_by_role("button", name="Start training")).to_be_visible()
    page.get_by_text("The same in a terminal").click()
    expect(page.get_by_text("--seed 7")).to_be_visible()


def test_a_clip_of_each_emotion_that_goes_in_is_really_drawn(visit: Visit) -> None:
    clips = visit("Train").get_by_role("img", name="One clip each of").locator("img")
    expect(clips).to_have_count(6)
    for clip in clips.all():
        expect(clip).to_be_visible()
        assert clip.evaluate("picture => picture.decode().then(() => picture.clientHeight)") >= 32


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_start_is_in_sight_locks_at_once_and_leads_to_a_picture_that_moves_in_half_of_the_first_screen(
    visit: Visit, run_name: Callable[["Page"], str], app_workspace: Path, width: int, height: int
) -> None:
    page = visit("Train")
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    start = page.get_by_role("button", name="Start training")
    place = start.bounding_box()
    assert place is not None
    assert place["y"] + place["height"] <= height
    before, former = len(list((app_workspace / "runs").glob("*"))), run_name(page)
    start.dblclick()  # a second press before the browser has heard of the first
    expect(page.get_by_role("button", name=re.compile("Starting…|Training…"))).to_be_disabled()
    figure = page.locator(".forming[data-epoch]")
    expect(figure).to_have_attribute("data-epoch", "0")
    drawn = figure.locator("canvas").bounding_box()
    assert drawn is not None
    seen = min(drawn["y"] + drawn["height"], height) - max(drawn["y"], 0)
    assert seen * drawn["width"] >= width * height / 2
    expect(figure).to_have_attribute("data-epoch", re.compile("^[1-9]"))  # it moves by itself
    assert len(list((app_workspace / "runs").glob("*"))) == before + 1
    assert run_name(page) != former
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile(r"Stopped after epoch \d+|Finished\."))).to_be_visible()
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()


def test_a_run_is_stopped_and_resumed_from_where_it_was(
    visit: Visit, start_training: Callable[..., None], run_name: Callable[["Page"], str], app_workspace: Path
) -> None:
    page = visit("Train")
    start_training(page, softmax=400, triplet=1)
    first = _stop_after_an_epoch(page, beyond=0)
    page.get_by_role("button", name="Resume", exact=True).click()
    second = _stop_after_an_epoch(page, beyond=first)
    assert second > first
    run = app_workspace / "runs" / run_name(page)
    events = [json.loads(line) for line in (run / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [event["resumed"] for event in events if event["kind"] == "started"] == [False, True]
    epochs = [event["epoch"] for event in events if event["kind"] == "epoch"]
    assert epochs == list(range(1, second + 1))


def _stop_after_an_epoch(page: "Page", *, beyond: int) -> int:
    """Press Stop once an epoch after number ``beyond`` has ended; returns the number that the page then tells."""
    page.wait_for_function(
        "beyond => Number((document.body.innerText.match(/Development speakers, epoch (\\d+)/) || [0, 0])[1]) > beyond",
        arg=beyond,
    )
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile("Stopping after this batch|Stopped after epoch"))).to_be_visible()
    stopped = page.get_by_text(re.compile(r"Stopped after epoch \d+"))
    expect(stopped).to_be_visible()
    settle(page)
    found = re.search(r"Stopped after epoch (\d+)", stopped.inner_text())
    assert found is not None
    return int(found[1])
