"""The player in a browser, as a visitor's hands meet it: a sound is brought, a stretch is pulled."""

import io
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from app_in_browser import bring_sound, drawn_player, place_in_player

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

RATE = 16_000
SELECTION = "figure => figure.speechPlayer.selection"
SPAN = "figure => figure.speechPlayer.span.state()"
POSITION = "figure => figure.speechPlayer.position()"


def bring(page: "Page", content: bytes, name: str = "sound.wav") -> "Locator":
    """Upload a sound on Listen; returns the player that shows it."""
    bring_sound(page, {"name": name, "mimeType": "audio/wav", "buffer": content})
    return drawn_player(page, name)


def wav(samples: np.ndarray) -> bytes:
    """Write samples as a WAV file that loses nothing."""
    file = io.BytesIO()
    soundfile.write(file, samples.astype(np.float32), RATE, format="WAV", subtype="FLOAT")
    return file.getvalue()


def drag(page: "Page", figure: "Locator", start: float, end: float) -> None:
    """Pull from one second to another over the pictures, with the mouse."""
    page.mouse.move(*place_in_player(figure, start))
    page.mouse.down()
    page.mouse.move(*place_in_player(figure, end, 0.7), steps=6)
    page.mouse.up()


def brightness(figure: "Locator", panel: str) -> np.ndarray:
    """Read how bright a panel of the picture is, 0 to 255, rows from the top; the colour scale rises in it."""
    figure.and_(figure.page.locator("[data-drawn]")).wait_for()
    width, *flat = figure.evaluate(
        """(figure, panel) => {
          const player = figure.speechPlayer, ratio = devicePixelRatio;
          const box = player.layout()[panel];
          const [x, y, w, h] = [box.x, box.y, box.width, box.height].map(side => Math.round(side * ratio));
          const bytes = player.pens.picture.getImageData(x, y, w, h).data, found = [w];
          for (let i = 0; i < bytes.length; i += 4) {
            found.push(Math.round(0.299 * bytes[i] + 0.587 * bytes[i + 1] + 0.114 * bytes[i + 2]));
          }
          return found;
        }""",
        panel,
    )
    return np.reshape(flat, (-1, width))
