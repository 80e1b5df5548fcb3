"""The matrix of angles beside a map is read whole: figures stay in their cells, names at the top are not cut."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.modules import evaluated
from ui import components

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FOLDER = Path(components.__file__).parent
EMODB = ["neutral", "happy", "sad", "angry", "fearful", "disgust", "boredom"]
RAVDESS = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise"]
MATRIX = {"angle_matrix/browser/matrix.js": "AngleMatrix"}
# By how many pixels figures are wider than their cells, names at the top reach out of what is seen, and the table does.
DRAWN = """
  const [markup, styles, labels, width, letters] = argument;
  document.documentElement.style.fontSize = `${letters}px`;
  const look = `<style>${styles} body { margin: 0; font-family: Arial; }</style>`;
  document.body.innerHTML = `${look}<div style="width: ${width}px">${markup}</div>`;
  const matrix = new AngleMatrix(document.querySelector('figure'));
  const degrees = labels.map((_, i) => labels.map((_, j) => (i === j ? 20 : 104.4)));
  const told = { title: '', labels, degrees, bounds: null, space: '', column: '', chosen: null };
  matrix.update({ ...told, colours: ['#000000', '#ffffff'], most: 180 }, () => {}, () => {});
  const around = document.createRange(), scroll = document.querySelector('.scroll');
  const box = scroll.getBoundingClientRect();
  const written = cell => { around.selectNodeContents(cell); return around.getBoundingClientRect(); };
  const cells = [...document.querySelectorAll('td')], names = [...document.querySelectorAll('thead span')];
  const rows = [...document.querySelectorAll('tbody th')];
  return {
    cells: Math.max(...cells.map(cell => written(cell).width - cell.getBoundingClientRect().width)),
    right: Math.max(...names.map(name => name.getBoundingClientRect().right)) - box.left - scroll.scrollWidth,
    above: box.top - Math.min(...names.map(name => name.getBoundingClientRect().top)),
    shortened: [...names, ...rows].filter(name => name.scrollWidth > name.clientWidth).map(name => name.textContent),
    beyond: scroll.scrollWidth - scroll.clientWidth,
  };
"""


def drawn(page: "Page", labels: list[str], width: int, letters: int) -> dict[str, Any]:
    styles = "".join(
        (FOLDER / path).read_text(encoding="utf-8")
        for path in ("in_browser/shared/controls.css", "angle_matrix/browser/matrix.css")
    )
    markup = (FOLDER / "angle_matrix/browser/matrix.html").read_text(encoding="utf-8")
    found: dict[str, Any] = evaluated(page, MATRIX, DRAWN, [markup, styles, labels, width, letters])
    return found


@pytest.mark.parametrize(
    ("labels", "width", "letters"),
    [(EMODB, 358, 16), (RAVDESS, 358, 16), (RAVDESS, 400, 16), (EMODB, 525, 24), (RAVDESS, 525, 24)],
)
def test_figures_stay_in_their_cells_and_no_name_is_cut_on_a_phone_or_at_a_projector(
    modules: "Page", labels: list[str], width: int, letters: int
) -> None:
    found = drawn(modules, labels, width, letters)
    assert found["cells"] <= 0
    assert found["right"] <= 0
    assert found["above"] <= 0
    assert found["shortened"] == []
    assert found["beyond"] <= 0, "all of it is seen without scrolling"


def test_where_there_is_too_little_room_the_matrix_is_scrolled_rather_than_pressed(modules: "Page") -> None:
    found = drawn(modules, RAVDESS, 260, 24)
    assert found["beyond"] > 0
    assert found["cells"] <= 0
    assert found["right"] <= 0


def test_a_name_too_long_for_the_room_is_shortened_and_takes_no_room_from_the_figures(modules: "Page") -> None:
    found = drawn(modules, [*EMODB, "a label of very many letters" * 10], 525, 16)
    assert found["shortened"] == ["a label of very many letters" * 10] * 2
    assert found["cells"] <= 0
    assert found["above"] <= 0
    assert found["right"] <= 0
