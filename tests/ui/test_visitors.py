"""A session is closed some time after its page; one whose page has come back goes on."""

import asyncio

import pytest

from ui import visitors


class Server:
    """Stands in for Streamlit's runtime."""

    def __init__(self) -> None:
        self.active: set[str] = set()
        self.closed: list[str] = []
        self._session_mgr = self

    def is_active_session(self, session):
        return session in self.active

    def get_session_info(self, session):
        return None

    def close_session(self, session):
        self.closed.append(session)


@pytest.fixture
def server(monkeypatch) -> Server:
    made = Server()
    monkeypatch.setattr(visitors.runtime, "get_instance", lambda: made)
    monkeypatch.setattr(visitors, "GRACE", 0.01)
    monkeypatch.setattr(visitors.garbage, "collect_all", lambda: None)
    return made


async def until(told) -> None:
    for _ in range(2000):
        if told():
            return
        await asyncio.sleep(0.005)
    pytest.fail("it did not happen")


def test_a_page_that_stays_closed_ends_its_session_and_what_waited_for_that_is_done(server):
    done = []
    visitors._acts["anna"] = {"tracks": lambda: done.append("tracks")}

    async def visit() -> None:
        visitors._page_closed("anna")
        visitors._page_closed("anna")  # it came back and left again: one end, counted from the last time
        await until(lambda: server.closed and done)

    asyncio.run(visit())
    assert (server.closed, done) == (["anna"], ["tracks"])
    assert "anna" not in visitors._timers
    assert "anna" not in visitors._acts


def test_a_page_that_has_come_back_keeps_its_session_until_it_leaves_again(server):
    server.active.add("ben")

    async def visit() -> None:
        visitors._page_closed("ben")
        await asyncio.sleep(0.1)
        assert server.closed == []
        server.active.clear()
        await until(lambda: server.closed)

    asyncio.run(visit())
    assert server.closed == ["ben"]


def test_a_cache_that_is_cleared_ends_no_session(server):
    visitors._page_closed("carl")
    assert "carl" not in visitors._timers
