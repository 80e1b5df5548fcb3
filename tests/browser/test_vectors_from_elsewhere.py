"""Vectors that another program made: opened, mapped, measured, heard and taken away like a model's own."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas
import pytest

from app_in_browser import drawn_map, go_to, lasso_around, press_on_map, settings, settle
from ser_core.corpora import open_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
SIZE = 768  # of emotion2vec's vectors
ANGLES = re.compile("^Matrix of the angles")


@pytest.fixture
def files(tmp_path: Path, random: np.random.Generator) -> tuple[Path, Path]:
    """Write what a program such as emotion2vec leaves: an array, and a table of the recordings in its order."""
    manifest = open_corpus("demo")
    table = pandas.DataFrame(
        [{"file": one.file, "emotion": one.emotion, "speaker": one.speaker} for one in manifest.utterances]
    ).assign(corpus="demo")
    emotions, speakers = (pandas.factorize(table[name])[0] for name in ("emotion", "speaker"))
    vectors = random.normal(size=(emotions.max() + 1, SIZE))[emotions]
    vectors += 0.5 * random.normal(size=(speakers.max() + 1, SIZE))[speakers]
    vectors += random.normal(size=vectors.shape)
    np.save(tmp_path / "emotion2vec.npy", vectors.astype(np.float32))
    table.to_csv(tmp_path / "recordings.csv", index=False)
    return tmp_path / "emotion2vec.npy", tmp_path / "recordings.csv"


def opened(visit: Visit) -> "Page":
    """Open the page and wait for its map, as a person does: what it tells the app begins another run."""
    page = visit("Embedding space")
    drawn_map(page, re.compile("^PCA in 2 dimensions"))
    settle(page)
    return page


def bring(page: "Page", vectors: Path, table: Path) -> None:
    """Open vectors on the page Embedding space, with the table beside them."""
    with settings(page) as fields:
        fields.get_by_test_id("stButtonGroup").get_by_text("a file from elsewhere").click()
    for field, file in (
        ("Vectors: .parquet, .npy, .npz, .csv or .tsv", vectors),
        ("Table beside an array or .tsv (optional)", table),
    ):
        upload = page.get_by_role("region", name=field)
        upload.locator("input[type=file]").first.set_input_files(file)
        expect(upload.get_by_role("button", name=f"Remove {file.name}")).to_be_visible()
    settle(page)
    page.get_by_test_id("stBaseButton-primary").filter(has_text="Open").click()
    settle(page)


def ask_for(page: "Page", method: str) -> None:
    """Have a map computed."""
    with settings(page) as fields:
        fields.get_by_role("radiogroup", name="Map", exact=True).get_by_text(method, exact=True).click()
        settle(page)
        fields.get_by_role("button", name="Compute", exact=True).click()


def compute(page: "Page", method: str) -> "Locator":
    """Have a map computed; returns it."""
    ask_for(page, method)
    figure = drawn_map(page, re.compile(f"^{method} in 2 dimensions"))
    settle(page)
    return figure


def test_vectors_from_elsewhere_are_mapped_measured_heard_and_taken_away(
    visit: Visit, files: tuple[Path, Path], hear: Callable[["Locator"], float], tmp_path: Path
) -> None:
    page = opened(visit)
    bring(page, *files)
    expect(page.get_by_text("emotion2vec.npy is kept as emotion2vec.")).to_be_visible()
    expect(page.get_by_role("grid", name=ANGLES)).to_be_visible()
    with settings(page) as fields:
        expect(fields.get_by_text("768 dimensions.")).to_be_visible()

    figure = drawn_map(page, re.compile("^PCA in 2 dimensions"))
    press_on_map(page, figure, 7)
    expect(page.get_by_role("figure", name="Log-mel spectrogram")).to_be_visible()
    assert hear(page.locator("audio").first) > 0.5
    expect(page.get_by_text("Nearest of the utterances shown")).to_be_visible()

    for method in ("UMAP", "t-SNE"):
        figure = compute(page, method)
    lasso_around(page, figure, [3, 4])
    selected = figure.evaluate("figure => figure.pointMap.selected.length")
    figure.get_by_role("combobox", name="Colour").select_option("speaker")
    assert figure.evaluate("figure => figure.pointMap.selected.length") == selected >= 2

    with page.expect_download() as download:
        page.get_by_role("button", name="Space with t-SNE, parquet").click()
    download.value.save_as(tmp_path / "taken.parquet")
    taken = pandas.read_parquet(tmp_path / "taken.parquet")
    assert len(taken) == len(open_corpus("demo").utterances)
    assert {"projection_x", "projection_y", "neighbors", "file", "emotion"} <= set(taken.columns)


def test_two_visitors_compute_maps_at_once_while_a_third_looks_around(
    visit: Visit, address: str, files: tuple[Path, Path]
) -> None:
    first, second, third = visit("Embedding space"), visit("Embedding space"), visit("Home")
    for page, method in ((first, "UMAP"), (second, "t-SNE")):
        ask_for(page, method)
    go_to(third, address, "Listen")
    go_to(third, address, "Embedding space")
    drawn_map(third, re.compile("^PCA in 2 dimensions"))
    drawn_map(first, re.compile("^UMAP in 2 dimensions"))
    drawn_map(second, re.compile("^t-SNE in 2 dimensions"))


def test_a_foreign_wide_table_is_on_the_map_within_six_presses(
    visit: Visit, tmp_path: Path, random: np.random.Generator
) -> None:
    styles = ["read", "free", "sung"] * 20
    vectors = np.eye(256)[[1, 2, 3] * 20] + 0.1 * random.normal(size=(60, 256))
    told = pandas.DataFrame({"clip": [f"c{row}" for row in range(60)], "style": styles})
    wide = pandas.concat([told, pandas.DataFrame(vectors, columns=[f"f{number}" for number in range(256)])], axis=1)
    wide.to_parquet(tmp_path / "theirs.parquet")
    page = opened(visit)
    presses = 0

    def press(what: "Locator") -> None:
        nonlocal presses
        what.click()
        presses += 1
        settle(page)

    press(page.get_by_role("button", name="Settings"))
    press(page.get_by_test_id("stPopoverBody").get_by_text("a file from elsewhere"))
    another = page.get_by_role("button", name="Open another file")  # where a visitor has kept one, it opens first
    if another.is_visible():
        press(another)
    press(page.get_by_role("button", name="Settings"))  # closed again
    with page.expect_file_chooser() as chooser:
        field = page.get_by_role("region", name="Vectors: .parquet, .npy, .npz, .csv or .tsv")
        press(field.get_by_test_id("stBaseButton-secondary"))
    chooser.value.set_files(tmp_path / "theirs.parquet")
    expect(page.get_by_text("60 vectors")).to_be_visible()
    vector = page.get_by_role("combobox", name="Vector", exact=True)
    expect(vector).to_have_value("256 columns of numbers: f0 to f255")
    settle(page)
    press(page.get_by_test_id("stBaseButton-primary").filter(has_text="Open"))
    figure = drawn_map(page, re.compile("^PCA in 2 dimensions"))
    assert presses <= 6
    assert figure.evaluate("figure => figure.pointMap.map.count") == 60
    grid = page.get_by_role("grid", name=ANGLES)
    expect(grid.get_by_role("rowheader")).to_have_text(["free", "read", "sung"])


def test_labels_that_are_no_emotions_are_coloured_told_and_measured(visit: Visit, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    labels = ["sad", "neutral", "Überraschung", "Zorn"] * 15
    vectors = np.eye(16)[[0, 1, 2, 3] * 15] + 0.3 * random.normal(size=(60, 16))
    np.save(tmp_path / "mine.npy", vectors.astype(np.float32))
    table = pandas.DataFrame({"file": [f"u{row}" for row in range(60)], "label": labels, "room": ["a", "b", "c"] * 20})
    table.assign(speaker=[f"s{row // 10}" for row in range(60)]).to_csv(tmp_path / "mine.csv", index=False)
    page = opened(visit)
    with settings(page) as fields:
        fields.get_by_test_id("stButtonGroup").get_by_text("a file from elsewhere").click()
        settle(page)
        another = fields.get_by_role("button", name="Open another file")  # where a visitor has kept one, it opens first
        if another.is_visible():
            another.click()
            settle(page)
    bring(page, tmp_path / "mine.npy", tmp_path / "mine.csv")
    figure = drawn_map(page, re.compile("^PCA in 2 dimensions"))
    legend = figure.locator(".legend")
    expect(legend).to_contain_text("Überraschung")
    press_on_map(page, figure, 2)
    expect(page.get_by_text("Überraschung, speaker s0", exact=True)).to_be_visible()
    expect(page.get_by_text("room c", exact=True)).to_be_visible()
    page.get_by_role("button", name="Measure this space").click()
    settle(page)
    expect(page.get_by_text(re.compile("^This space shows the label"))).to_be_visible()
    for title in ("Silhouette", "MAP@R", "Verification EER"):
        expect(page.get_by_test_id("stMetric").filter(has_text=title)).not_to_contain_text("–")
