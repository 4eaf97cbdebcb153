"""What the first request needs is there when the server says that it is ready."""

import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import clear_url_caches, get_resolver

from dutyroom.actions import runtime
from dutyroom.api.live import Hub
from dutyroom.site import front, views
from dutyroom.site.front import Front


@pytest.fixture(autouse=True)
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without a database: only what doesn't depend on the room."""
    monkeypatch.setattr(runtime, "start", lambda **_: None)
    monkeypatch.setattr(runtime, "stop", lambda: None)
    for name in ("start", "stop"):
        monkeypatch.setattr(Hub, name, lambda _hub: None)
    monkeypatch.setattr(front.connections, "close_all", lambda: None)
    yield
    gc.unfreeze()


def start_and_stop() -> None:
    said: Iterator[str] = iter(("lifespan.startup", "lifespan.shutdown"))

    async def receive() -> dict[str, Any]:
        return {"type": next(said)}

    async def send(_message: Any) -> None: ...

    asyncio.run(Front(None)({"type": "lifespan"}, receive, send))


def test_routes_and_the_description_of_the_api_are_made_before_the_first_call_rings() -> None:
    views.description.cache_clear()
    clear_url_caches()
    start_and_stop()
    assert "url_patterns" in vars(get_resolver())
    assert views.description.cache_info().currsize == 1


def test_what_is_loaded_by_then_is_never_looked_at_by_the_collector_again() -> None:
    """It stopped every thread for a quarter of a second, in the middle of the work."""
    start_and_stop()
    assert gc.get_freeze_count() > 100_000
