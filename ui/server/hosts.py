"""Which host names a request may ask for, and which web pages may send one.

A web page whose name points to 127.0.0.1 (DNS rebinding) reaches every server on a visitor's computer; the browser then
sends that name in ``Host``. A page of another server on this computer reaches it too; the browser then sends that
server's address in ``Origin`` (RFC 6454).
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address

LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERY_INTERFACE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(?P<port>[0-9]{1,5}))?", re.ASCII | re.IGNORECASE)
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#@]+)", re.ASCII | re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Hosts:
    """The hosts and origins that are answered.

    Attributes:
        names: host names besides the loopback names; ``*.example.org`` stands for every name below, ``*`` for all.
        origins: such as ``https://lab.example.org``, whose pages may use the app besides its own.
    """

    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    def answers(self, host: str, reached: str | None = None) -> bool:
        """Tell whether a request for a host is answered.

        Args:
            host: the header ``Host``, a port included; which port does not matter.
            reached: address of this computer at which the request arrived. An address cannot be pointed elsewhere as a
                name can, so whoever asks for this very address is answered.
        """
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = _plain(match["name"])
        if name in LOOPBACK or (reached is not None and name == _plain(reached)):
            return True
        return any(_fits(name, pattern) for pattern in self.names)

    def trusts(self, origin: str, host: str) -> bool:
        """Tell whether a page of an origin may send a request for a host: the app's own, and those of ``origins``."""
        place = _place(origin)
        if place is None:
            return False
        scheme, name, port = place
        asked = _HOST.fullmatch(host)
        if asked is not None and (_plain(asked["name"]), int(asked["port"] or _PORTS[scheme])) == (name, port):
            return True
        return place in map(_place, self.origins)


def configured() -> Hosts:
    """Return what Streamlit's settings name: its address, ``server.allowedHosts``, ``server.corsAllowedOrigins``."""
    from streamlit import config

    addresses = [name for name in ("server.address", "browser.serverAddress") if config.is_manually_set(name)]
    names = [*config.get_option("server.allowedHosts"), *map(config.get_option, addresses)]
    named = (_plain(name.strip()) for name in names if name)
    return Hosts(
        tuple(name for name in named if name not in EVERY_INTERFACE),
        tuple(origin.strip().rstrip("/") for origin in config.get_option("server.corsAllowedOrigins")),
    )


def _fits(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def _place(origin: str) -> tuple[str, str, int] | None:
    """Return scheme, host name and port of an origin; ``None`` where it has none, as ``null``."""
    match = _ORIGIN.fullmatch(origin)
    host = _HOST.fullmatch(match["host"]) if match is not None else None
    if match is None or host is None:
        return None
    scheme = match["scheme"].lower()
    return scheme, _plain(host["name"]), int(host["port"] or _PORTS[scheme])


def _plain(name: str) -> str:
    """Write a host name or address in the one form in which it is compared."""
    name = name.lower().removesuffix(".").removeprefix("[").removesuffix("]")
    try:
        address = IPv6Address(name)
    except AddressValueError:
        return name
    return str(address.ipv4_mapped or address)
