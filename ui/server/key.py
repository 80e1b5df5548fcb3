"""The key of this computer: a secret that only the address holds which was printed where the app was started."""

import secrets

PARAMETER = "key"
_KEY = secrets.token_urlsafe(18)


def key() -> str:
    """Return this server's key; every start makes another one."""
    return _KEY


def fits(given: str) -> bool:
    """Compare in a time that does not depend on how much is right."""
    return secrets.compare_digest(given.encode(), _KEY.encode())
