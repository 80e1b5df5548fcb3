"""Player component: waveform and spectrogram over one time axis.

Why it is not Plotly and an audio element: docs/decisions/0014-the-player-is-a-component.md.
"""

from ui.components.speech_player.message import PlayerMessage, checked
from ui.components.speech_player.mount import draw

__all__ = ["PlayerMessage", "checked", "draw"]
