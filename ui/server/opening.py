"""What happens when the server starts: the address is printed with its key, and the browser opens it."""

import contextlib
from collections.abc import AsyncIterator

from streamlit import cli_util, config, net_util
from streamlit.starlette import App

from ui.server.hosts import EVERY_INTERFACE, LOOPBACK
from ui.server.key import PARAMETER, key

_WORDS = """
  Speech emotion by angle is open at

  {address}

  The address holds a key: who has it may listen at this computer's microphone.
"""


@contextlib.asynccontextmanager
async def opened(_app: App) -> AsyncIterator[None]:
    """Print the address and open the browser; nothing is asked outside."""
    stay_inside()
    print(_WORDS.format(address=address_with_key()), flush=True)  # noqa: T201 - read in the terminal
    if not config.get_option("server.headless"):
        cli_util.open_browser(address_with_key())
    yield


def stay_inside() -> None:
    """Keep Streamlit from asking a service outside for this computer's address, as it does at some origins."""
    net_util.get_external_ip = _nothing
    net_util.get_internal_ip = _nothing


def _nothing() -> None:
    return None


def address_with_key() -> str:
    """Return where a browser on this computer opens the app, with the key."""
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    host = config.get_option("server.address") or ""
    if host in (*LOOPBACK, *EVERY_INTERFACE, ""):
        host = "localhost"
    base = config.get_option("server.baseUrlPath").strip("/")
    place = f"{scheme}://{host}:{config.get_option('browser.serverPort')}/{base}"
    return f"{place.rstrip('/')}/?{PARAMETER}={key()}"
