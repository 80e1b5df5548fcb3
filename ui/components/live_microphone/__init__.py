"""The live view, a Streamlit component: it records and draws in the browser, and asks the app for predictions.

How sound and predictions travel: docs/decisions/0016-live-sound-by-messages.md.
"""

from ui.components.live_microphone.message import BLOCK, RATE, Message
from ui.components.live_microphone.mount import BROWSER, COMPUTER, NOBODY, draw, received

__all__ = ["BLOCK", "BROWSER", "COMPUTER", "NOBODY", "RATE", "Message", "draw", "received"]
