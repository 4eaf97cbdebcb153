"""Simulated command offices: they acknowledge and answer what they are ordered, and judge nothing."""

from typing import Any
from uuid import UUID

import pytest

from dutyroom.domain.orders.commands import AcknowledgeOrder, AnswerOrder
from dutyroom.domain.orders.row import OrderRow
from dutyroom.evening.ordering import ACKNOWLEDGE_AFTER_S, ANSWER_AFTER_S, Answering
from dutyroom.evening.stations import command_of

pytestmark = pytest.mark.unit
NOW_MS = 1_790_000_000_000
ORG = "lanchuan/gucheng/PS01"
LONG_MS = 7_200_000


def order(**more: Any) -> OrderRow:
    usual = {
        "id": str(UUID(int=1)), "incident": str(UUID(int=7)), "number": "1000-0009", "task": None,
        "state": "given", "org": ORG, "priority": 2, "due_ms": NOW_MS + LONG_MS,
        "given_by": "wei", "given_ms": NOW_MS, "since_ms": NOW_MS, "acknowledged_by": "",
        "answered_by": "", "accepted_by": "", "late_ms": None, "reason": "", "sent_back": 0,
        "reminders": 0, "reminded_by": "", "reminded_ms": None, "position": 1,
    }  # fmt: skip
    return OrderRow(**{**usual, **more})


def moves(row: OrderRow, after_ms: int) -> list[Any]:
    return list(Answering(seed=1, began_ms=NOW_MS - 1).moves([row], NOW_MS + after_ms))


def test_an_order_is_acknowledged_and_answered_at_a_human_pace() -> None:
    command = command_of(ORG)
    assert moves(order(), round(ACKNOWLEDGE_AFTER_S[0] * 1000) - 1) == []
    assert moves(order(), LONG_MS) == [(command, AcknowledgeOrder(UUID(int=1)))]
    known = order(state="acknowledged", acknowledged_by=command.id)
    assert moves(known, round(ANSWER_AFTER_S[0] * 1000) - 1) == []
    [(by, answer)] = moves(known, LONG_MS)
    assert by == command
    assert isinstance(answer, AnswerOrder)


def test_what_people_acknowledged_what_was_late_and_what_is_answered_is_theirs() -> None:
    known = {"state": "acknowledged", "acknowledged_by": "station"}
    assert moves(order(**known), LONG_MS) == []
    late = {"state": "acknowledged", "acknowledged_by": "sim-station-command"}
    assert moves(order(**late, due_ms=NOW_MS - 3_600_000), LONG_MS) == []
    assert moves(order(state="answered", answered_by="sim-station-command"), LONG_MS) == []
