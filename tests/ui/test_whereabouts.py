"""Who sits at the computer that runs the app may listen into its room; who comes from elsewhere may not."""

from types import SimpleNamespace

import pytest

from ui import whereabouts


@pytest.mark.parametrize("origin", ["http://localhost:8501", "http://127.0.0.1:8501", "https://[::1]:8501", None])
def test_a_browser_on_this_computer_sits_here(monkeypatch, origin):
    headers = {} if origin is None else {"Origin": origin}
    monkeypatch.setattr(whereabouts.st, "context", SimpleNamespace(ip_address=None, headers=headers))
    assert whereabouts.sits_here()


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.168.1.7", {"Origin": "http://192.168.1.2:8501"}),
        (None, {"X-Forwarded-For": "192.168.1.7"}),
        (None, {"Forwarded": "for=192.168.1.7"}),
        (None, {"X-Real-IP": "192.168.1.7"}),
        (None, {"Origin": "https://speech.example.org"}),  # passed on by a program that says nothing of it
        (None, {"Origin": "null"}),
    ],
)
def test_a_browser_elsewhere_does_not_sit_here_although_a_program_here_passes_it_on(monkeypatch, address, headers):
    monkeypatch.setattr(whereabouts.st, "context", SimpleNamespace(ip_address=address, headers=headers))
    assert not whereabouts.sits_here()
