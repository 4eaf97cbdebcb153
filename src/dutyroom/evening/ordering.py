"""Supervision orders in the demo: some on matters of yesterday, and simulated command offices that
acknowledge and answer. Judging an answer is left to people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID
from zlib import crc32

import msgspec
import numpy as np

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.orders.commands import (
    AcknowledgeOrder,
    AnswerOrder,
    GiveOrder,
    OfOrder,
    RemindOfOrder,
    SendAnswerBack,
)
from dutyroom.domain.orders.row import OrderRow
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.stations import SIMULATED, command_of

ACKNOWLEDGE_AFTER_S: Final = (120.0, 480.0)
ANSWER_AFTER_S: Final = (900.0, 2_400.0)

type Until = Literal["given", "late", "acknowledged", "answered", "sent_back"]


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order on one of the matters of yesterday (`matter`, counted from the first).

    ``hours_ago``: when it was given; ``due_h``: by when it is to be answered, in hours from now.
    """

    matter: int
    what: Text
    hours_ago: float
    due_h: float
    until: Until


ORDERED: Final[tuple[Ordered, ...]] = (
    Ordered(
        0,
        Text(
            "The caller has asked twice: go there today, and report.",
            "报警人两次催问，请今日上门并反馈。",
        ),
        6.0,
        -1.2,
        "late",
    ),
    Ordered(
        1,
        Text("Say who was asked, and what the cameras show.", "请说明走访了哪些人、监控情况如何。"),
        4.0,
        2.0,
        "answered",
    ),
    Ordered(
        6,
        Text("Bring both stalls together before the weekend.", "请在周末前组织两个摊位调解。"),
        5.0,
        0.3,
        "sent_back",
    ),
    Ordered(
        3,
        Text("Check once more at night, and report.", "请夜间再巡查一次并反馈。"),
        1.0,
        5.0,
        "acknowledged",
    ),
    Ordered(
        4,
        Text("Report what the bank answered, and when.", "请反馈银行何时、如何答复。"),
        0.05,
        4.0,
        "given",
    ),
)
ANSWER: Final = Text(
    "Was there with two officers; spoken to both sides, follow-up on Thursday.",
    "已派两名民警到场，双方均已沟通，周四回访。",
)
MISSING: Final = Text("Who was spoken to, and when?", "与谁沟通、何时沟通？请补充。")
SUPERVISOR_ID: Final = f"{SIMULATED}supervisor"


def orders_laid(laid: Laying, entries: Sequence[Entry], reasons: Sequence[str]) -> list[Entry]:
    """The orders on matters that are laid out and are open, as far as they have come."""
    opened = [one for _, _, one in entries if isinstance(one, OpenIncident)]
    found: list[Entry] = []
    for one in ORDERED:
        if one.matter < len(opened):
            incident = opened[one.matter]
            zone = laid.pack.zone_at(incident.place.lon, incident.place.lat)
            org = laid.pack.org_of_zone(zone)
            if org in laid.stations:
                found += _ordered(laid, one, incident.incident, org, reasons)
    return found


def _ordered(
    laid: Laying, one: Ordered, incident: UUID, org: str, reasons: Sequence[str]
) -> Iterator[Entry]:
    supervisor = Actor(SUPERVISOR_ID, "supervisor", org=laid.pack.orgs[0].path)
    id_, command = laid.new(laid.at(one.hours_ago)), command_of(org)
    answer = AnswerOrder(id_, both(ANSWER))

    def after(share: float) -> int:
        return laid.at(one.hours_ago * (1 - share))

    give = GiveOrder(id_, incident, org, both(one.what), priority=2, due_ms=laid.at(-one.due_h))
    yield after(0), supervisor, give
    if one.until == "given":
        return
    yield after(0.1), command, AcknowledgeOrder(id_)
    match one.until:
        case "late":
            yield after(0.9), supervisor, RemindOfOrder(id_)
        case "answered":
            yield after(0.7), command, answer
        case "sent_back":
            yield after(0.5), command, answer
            due_ms = laid.at(-one.due_h)
            back = SendAnswerBack(id_, reasons[-1], both(MISSING), due_ms)
            yield after(0.6), supervisor, back


type Move = tuple[Actor, OfOrder]


@dataclass(slots=True)
class Answering:
    """Command offices acknowledge what they are ordered, and answer it after a while; what is late
    already is left to people. ``began_ms``: what lay there before waits from then on."""

    seed: int
    speed: float = 1.0
    began_ms: int = 0

    def moves(self, rows: Sequence[OrderRow], now_ms: int) -> Iterator[Move]:
        """What is due now."""
        for row in sorted(rows, key=lambda one: one.id):
            command = self._next(row, now_ms)
            if command is not None:
                yield command_of(row.org), command

    def _next(self, row: OrderRow, now_ms: int) -> OfOrder | None:
        waited_s = (now_ms - max(row.since_ms, self.began_ms)) / 1000 * self.speed
        id_ = UUID(row.id)
        if row.state == "given" and waited_s > self._due(row, ACKNOWLEDGE_AFTER_S):
            return AcknowledgeOrder(id_)
        answers = row.state == "acknowledged" and row.acknowledged_by.startswith(SIMULATED)
        # What people acknowledged they answer, and what was late already waits for them.
        if answers and row.due_ms > self.began_ms and waited_s > self._due(row, ANSWER_AFTER_S):
            return AnswerOrder(id_, both(ANSWER))
        return None

    def _due(self, row: OrderRow, between: tuple[float, float]) -> float:
        """The same for the same seed, whenever it is asked and in whatever order."""
        least, most = between
        key = crc32(f"{row.id}{row.state}{row.sent_back}".encode())
        return least + (most - least) * float(np.random.default_rng((self.seed, key)).random())


def read_orders(rows: Sequence[str]) -> list[OrderRow]:
    """Orders as the board has them."""
    return [msgspec.json.decode(row, type=OrderRow) for row in rows]
