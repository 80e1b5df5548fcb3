"""Mount of the player component."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ser_core.plots.speech_player import PlayedSound
from ui.components import in_browser
from ui.components.speech_player.message import PlayerMessage, checked

_BROWSER = Path(__file__).parent / "browser"


def draw(sound: PlayedSound, *, key: str) -> PlayerMessage:
    """Draw a player.

    Args:
        sound: from :func:`ser_core.plots.speech_player.played_sound`. Its bytes cross once: Streamlit keeps large
            messages in the browser by their content, and a run that sends the same ones sends only their name.
        key: unique on the page.

    Returns:
        What is asked for now.
    """
    return checked(_component()(sound.content, key).answer, sound)


@functools.cache
def _component() -> Callable[[bytes, str], Any]:
    return in_browser.component("speech_player", _BROWSER, markup="player.html", styles=("controls.css", "player.css"))
