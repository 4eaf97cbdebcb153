"""Who is on duty, what time it is, and who holds the lease, for tests of the keeper."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

MINUTE_MS = 60_000


class Duty:
    """Who is signed in, by role; everybody works for the whole room."""

    by_role: dict[str, tuple[str, ...]]

    def __init__(self) -> None:
        self.by_role = {"dispatcher": ("dispatcher",), "supervisor": ("supervisor",)}

    def active(self, roles: Any) -> tuple[str, ...]:
        return tuple(name for role in roles for name in self.by_role.get(role, ()))

    def signed_in(self, roles: Any, _skill: str) -> tuple[tuple[str, str, str], ...]:
        return tuple((name, role, "") for role in roles for name in self.by_role.get(role, ()))

    def working(self, roles: Any) -> tuple[tuple[str, str], ...]:
        return tuple((name, "") for name in self.active(roles))

    def org_of(self, name: str, roles: Any) -> str | None:
        return "" if name in self.active(roles) else None


class Time:
    """The room's time, moved on by hand."""

    def __init__(self) -> None:
        self.ahead_ms = 0

    def now_ms(self) -> int:
        from dutyroom.actions import clock

        return clock.now_ms() + self.ahead_ms

    def passes(self, minutes: float) -> None:
        self.ahead_ms += int(minutes * MINUTE_MS)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    from dutyroom.actions import door, keeper

    made = Time()
    for module in (door, keeper):
        monkeypatch.setattr(module, "now_ms", made.now_ms)
    return made


@pytest.fixture
def duty() -> Iterator[Duty]:
    from dutyroom.actions import members

    before = members._finder
    found = Duty()
    members.known_by(found)
    yield found
    members._finder = before


@contextmanager
def without_leases() -> Iterator[None]:
    """As if each had the lease, which one that was held up may believe."""
    from dutyroom.actions import keeper

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeper.lease, "take", lambda *_: True)
        yield
