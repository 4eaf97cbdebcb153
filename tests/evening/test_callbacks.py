"""Follow-up calls in the demo: laid out at every state, and gone on with by a simulated call-taker."""

from collections import Counter
from pathlib import Path

import pytest
from tests.harness.rooms import TestRoom, enrol

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Done
from dutyroom.citypack import CityPack, read_pack
from dutyroom.domain.callbacks.commands import AnswerCallBack, ClaimCallBack, NoteNotReached
from dutyroom.domain.callbacks.row import CallBackRow
from dutyroom.evening.callbacks import ASKED, CLAIM_AFTER_S, TAKER, Callbacks, called_back
from dutyroom.evening.laying import Laying, first_stations
from dutyroom.evening.morning import enter
from dutyroom.projections.ratings import ratings

NOW_MS = 1_780_000_000_000


@pytest.fixture(scope="session")
def demo(city: Path) -> CityPack:
    return read_pack(city)


def laid(pack: CityPack, at_ms: int) -> list[object]:
    entries = called_back(Laying(pack, 1, at_ms, first_stations(pack)))
    return sorted(entries, key=lambda one: one[0])  # type: ignore[return-value]


def row(id_: str, state: str = "due", since_ms: int = NOW_MS, **more: object) -> CallBackRow:
    values: dict[str, object] = {
        "id": id_, "number": "1000-0009", "category": "POL-NOISE", "org": "", "due_ms": 0,
        "by_hand": False, "attended": True, "offered_ms": since_ms, "taken_by": "", "attempts": 0,
        "attitude": None, "speed": None, "result": None, "solved": None, "then": "",
        "because": "", "position": 1,
    }  # fmt: skip
    return CallBackRow(**values | {"state": state, "since_ms": since_ms} | more)  # type: ignore[arg-type]


ONE = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80230"
TWO = "01a20aae-b5a2-7a8c-9ca3-9de2d4d80231"


@pytest.mark.db
def test_they_lie_there_at_every_state_and_one_reopened_its_incident(room: TestRoom) -> None:
    enrol(TAKER)
    outcomes = enter(room.room, laid(room.pack, now_ms()), 1)  # type: ignore[arg-type]
    assert all(isinstance(one, Done) for one in outcomes), outcomes
    from dutyroom.evening.callbacks import read_call_backs
    from dutyroom.projections import board

    rows = read_call_backs(board.snapshot(now_ms()).rows["call_backs"])
    wanted = Counter(one.until for one in ASKED)
    assert len(rows) == wanted["due"] + wanted["not_reached"]
    assert sum(one.due_ms < now_ms() for one in rows) == 2
    found = ratings("", 28, now_ms())
    assert found is not None
    over = wanted.total() - len(rows)
    assert len(found.all.asked) == over
    assert len(found.all.given_up) == wanted["given_up"]
    assert found.all.reply is not None
    incidents = [
        one for one in board.snapshot(now_ms()).rows["incidents"] if '"unsafe":true' in one
    ]
    assert len(incidents) == 1


def test_the_simulated_call_taker_leaves_what_lay_there_and_what_a_person_has(
    demo: CityPack,
) -> None:
    taker = Callbacks(demo, began_ms=NOW_MS)
    later = NOW_MS + round(CLAIM_AFTER_S[1] * 1000) + 1
    old, of_person = row(ONE, since_ms=NOW_MS - 1), row(TWO, "taken", taken_by="bo")
    assert list(taker.moves([old, of_person], later)) == []
    [(actor, command)] = taker.moves([row(ONE), row(TWO)], later)
    assert (actor, isinstance(command, ClaimCallBack)) == (TAKER, True)
    assert list(taker.moves([row(ONE)], NOW_MS + 1_000)) == []


def test_it_makes_one_call_after_the_other(demo: CityPack) -> None:
    taker = Callbacks(demo, began_ms=NOW_MS)
    mine = row(ONE, "taken", taken_by=TAKER.id)
    assert list(taker.moves([mine, row(TWO)], NOW_MS + 10_000)) == []
    [(_, said)] = taker.moves([mine, row(TWO)], NOW_MS + 3_600_000)
    assert isinstance(said, AnswerCallBack | NoteNotReached)
