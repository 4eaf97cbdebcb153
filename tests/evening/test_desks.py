"""Simulated specialists: they answer what desks are asked, at a human pace, and leave to people what
is theirs."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from dutyroom.citypack import CityPack, read_pack
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import (
    AcceptDeskRequest,
    AskDesk,
    ConfirmDeskRequest,
    FinishDeskRequest,
    StartDeskRequest,
)
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.evening.desks import ACCEPT_AFTER_S, NEW, WORK_S, Specialists, specialist_of

pytestmark = pytest.mark.unit
NOW_MS = 1_790_000_000_000
ORG = "lanchuan/antifraud"
DISPATCHER = Actor("sim-dispatcher", "dispatcher", org="lanchuan")
LONG_MS = 3_600_000


@pytest.fixture(scope="module")
def pack(city: Any) -> CityPack:
    return read_pack(city)


def request(**more: Any) -> DeskRequestRow:
    usual = {
        "id": str(UUID(int=1)), "incident": str(UUID(int=7)), "number": "1000-0009",
        "desk": "antifraud", "offer": "freeze", "skill": "", "priority": 3, "state": "asked",
        "org": ORG, "org_too": "lanchuan", "from_org": "lanchuan", "owner": "",
        "accept_by_ms": NOW_MS, "queued": "", "asked_by": "sim-dispatcher", "asked_ms": NOW_MS,
        "since_ms": NOW_MS, "notes": 0, "reason": "", "returned": 0, "sent_back": 0,
        "confirmed_by": "", "reminders": 0, "reminded_by": "", "reminded_ms": None, "position": 1,
    }  # fmt: skip
    return DeskRequestRow(**{**usual, **more})


def moves(pack: CityPack, row: DeskRequestRow, after_ms: int) -> list[Any]:
    found = Specialists(pack, DISPATCHER, seed=1, began_ms=NOW_MS - 1)
    return list(found.moves([row], [], NOW_MS + after_ms))


def test_a_request_is_accepted_begun_finished_and_confirmed(pack: CityPack) -> None:
    by, id_ = specialist_of(ORG), UUID(int=1)
    assert moves(pack, request(), round(ACCEPT_AFTER_S[0] * 1000) - 1) == []
    assert moves(pack, request(), LONG_MS) == [(by, AcceptDeskRequest(id_))]
    own = {"owner": by.id}
    assert moves(pack, request(state="accepted", **own), LONG_MS) == [(by, StartDeskRequest(id_))]
    working = request(state="in_progress", **own)
    assert moves(pack, working, round(WORK_S[0] * 1000) - 1) == []
    [(actor, finish)] = moves(pack, working, LONG_MS)
    assert (actor, type(finish)) == (by, FinishDeskRequest)
    done = request(state="done", **own)
    assert moves(pack, done, LONG_MS) == [(DISPATCHER, ConfirmDeskRequest(id_))]


def test_what_is_a_persons_is_left_to_them(pack: CityPack) -> None:
    for state in ("accepted", "in_progress"):
        assert moves(pack, request(state=state, owner="desk"), LONG_MS) == []
    assert moves(pack, request(state="done", asked_by="dispatcher"), LONG_MS) == []


@pytest.mark.parametrize("changed_by", ["sim-dispatcher", "chen"])
def test_the_dispatcher_asks_once_about_some_new_matters(pack: CityPack, changed_by: str) -> None:
    category = next(iter(NEW))
    asked = 0
    for number in range(40):
        incident = _incident(UUID(int=number * 7919), category, changed_by)
        found = Specialists(pack, DISPATCHER, seed=1, began_ms=NOW_MS - 1)
        for _, command in found.moves([], [incident], NOW_MS + 90_000):
            assert isinstance(command, AskDesk)
            assert command.incident == UUID(incident.id)
            about = request(incident=incident.id)
            assert [*found.moves([about], [incident], NOW_MS + 90_000)] == []
            asked += 1
    assert (0 < asked < 40) if changed_by.startswith("sim-") else asked == 0


def _incident(id_: UUID, category: str, changed_by: str) -> IncidentRow:
    fields = {one.name for one in msgspec.structs.fields(IncidentRow)}
    known = {"id": str(id_), "category": category, "state": "open", "changed_by": changed_by}
    known |= {"opened_at_ms": NOW_MS}  # type: ignore[dict-item]
    return IncidentRow(**{name: known.get(name) for name in fields})  # type: ignore[arg-type]
