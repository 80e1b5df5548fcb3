"""The picture of a space that forms writes its angles and shows its curves wherever it is drawn."""

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.browser.modules import evaluated

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DRAWING = {"forming_space/browser/drawing.js": "draw, laidOut"}
# Of the canvas in its own units: a laptop, a projector with large letters at 1280×720 and at 1024×600, and a phone.
SIZES = {"laptop": (1200, 460), "projector": (820, 240), "old projector": (640, 224), "phone": (358, 480)}
# A pen that keeps what is written and how low, and takes all else. Over the epochs, the scatter falls from 11 to 0.8.
WRITTEN = """
  const [width, height, classes] = argument, written = [];
  const pen = new Proxy({ fillText: (text, x, y) => written.push([text, y]) }, {
    get: (kept, name) => kept[name] ?? (() => {}), set: () => true,
  });
  const row = i => Array.from({ length: classes }, (_, j) => (i === j ? 0 : 101));
  const part = { angles: Array.from({ length: classes }, (_, i) => row(i)), ratio: 1, accuracy: 0.5, own: 20 };
  const directions = Array(2 * classes).fill(0);
  const [first, epoch] = [11, 0.8].map(ratio => {
    const parts = [{ ...part, ratio }, { ...part, ratio }];
    return { epoch: 1, stage: 'softmax', title: '', points: [], directions, parts };
  });
  const named = Array.from({ length: classes }, () => ({ name: 'calm', colour: '#000000', symbol: 'circle' }));
  const data = { classes: named, codes: [], heard: [], chance: 0.2, titles: ['', ''], epochs: [first, epoch] };
  const [ink, paper, accent] = ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgb(0, 0, 255)'];
  const look = { ink, paper, accent, edge: ink, font: 'Arial' };
  draw(pen, { width, height }, { data, epoch, place: 1, reach: 1000, look });
  return written;
"""


@pytest.mark.parametrize("classes", [4, 6, 8])
@pytest.mark.parametrize("where", list(SIZES))
def test_every_angle_is_written_and_the_maps_and_the_curves_keep_a_place(
    modules: "Page", where: str, classes: int
) -> None:
    width, height = SIZES[where]
    written = evaluated(modules, DRAWING, WRITTEN, [width, height, classes])
    assert [text for text, _ in written].count("101") == classes * (classes - 1), "both tables, below the diagonal"
    ticks = [y for text, y in written if text in {"1", "2", "5", "10"}]
    assert len(ticks) >= 2
    assert min(upper - lower for upper, lower in itertools.pairwise(ticks)) >= 13, "no number covers another one"
    boxes = evaluated(
        modules, DRAWING, "return laidOut(...argument);", [{"width": width, "height": height}, True, classes]
    )
    for box in (*boxes["maps"], *boxes["angles"], boxes["scatter"]):
        assert box["width"] >= 110
        assert box["height"] >= 69
        assert box["x"] + box["width"] <= width + 0.01
        assert box["y"] + box["height"] <= height + 0.01
