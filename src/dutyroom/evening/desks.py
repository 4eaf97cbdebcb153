"""Specialist desks in the demo: what they were asked since yesterday, and simulated specialists who
go on with it.

They work as those at the stations do: what a person asks is answered, too, what one has accepted
stays with them, and what a person asked is confirmed by nobody else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID
from zlib import crc32

import msgspec
import numpy as np

from dutyroom.citypack import CityPack
from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import (
    AcceptDeskRequest,
    AskDesk,
    ConfirmDeskRequest,
    FinishDeskRequest,
    OfDeskRequest,
    ReturnDeskRequest,
    SendBackDeskRequest,
    StartDeskRequest,
)
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.stations import SIMULATED, is_simulated

ASK_AFTER_S: Final = 60.0
ACCEPT_AFTER_S: Final = (120.0, 480.0)
START_AFTER_S: Final = (30.0, 120.0)
WORK_S: Final = (300.0, 1200.0)
CONFIRM_AFTER_S: Final = (120.0, 480.0)
ASKED: Final = 0.5
"""Share of new matters of those kinds about which a desk is asked."""

type Until = Literal[
    "asked", "accepted", "in_progress", "done", "sent_back", "confirmed", "returned"
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about a matter of this category: the first one of yesterday, or a later one
    (`place`). ``hours_ago``: when it was asked; ``until``: how far it has come."""

    category: str
    desk: str
    offer: str
    what: Text
    hours_ago: float
    until: Until
    skill: str = ""
    place: int = 0


REQUESTS: Final[tuple[Asked, ...]] = (
    Asked(
        "POL-FRAUD",
        "antifraud",
        "stop-payment",
        Text("Stop the transfer of 8,600 yuan", "请止付转出的 8,600 元"),
        13.5,
        "confirmed",
    ),
    Asked(
        "POL-FRAUD",
        "antifraud",
        "freeze",
        Text("Freeze the account that received it", "请冻结收款账户"),
        1.4,
        "in_progress",
    ),
    Asked(
        "POL-FRAUD",
        "antifraud",
        "dissuade",
        Text("A second transfer is announced: speak to them", "对方称还要再转一笔，请再次劝阻"),
        0.05,
        "asked",
    ),
    Asked(
        "POL-THEFT",
        "forensics",
        "compare",
        Text("Compare the marks at the gate", "请比对院门处痕迹"),
        5.0,
        "done",
        "footwear",
    ),
    Asked(
        "POL-THEFT",
        "forensics",
        "device",
        Text("Secure the footage of the shop", "请固定店内录像"),
        3.0,
        "sent_back",
        "video",
        1,
    ),
    Asked(
        "POL-DAMAGE",
        "forensics",
        "scene",
        Text("Traces on the window frame", "窗框处痕迹"),
        0.5,
        "asked",
        "fingerprints",
    ),
    Asked(
        "POL-DISPUTE",
        "interpreters",
        "telephone",
        Text("One side speaks English only", "一方只会说英语"),
        4.0,
        "accepted",
        "english",
    ),
    Asked(
        "POL-SUSPICIOUS",
        "drones",
        "overview",
        Text("Look over the car park in the evening", "傍晚航拍停车场"),
        2.0,
        "returned",
        "thermal",
    ),
)
NEW: Final[dict[str, tuple[str, str, Text]]] = {
    "POL-FRAUD": (
        "antifraud",
        "stop-payment",
        Text("Money was sent minutes ago: stop it", "刚刚转账，请紧急止付"),
    ),
    "POL-MISSING": (
        "drones",
        "search",
        Text("Search the banks of the river", "请沿江搜寻"),
    ),
    "POL-THEFT": (
        "forensics",
        "scene",
        Text("Traces on the lock", "锁具上有痕迹"),
    ),
}
"""What is asked about a matter of this evening, by its category."""
RESULTS: Final[dict[str, Text]] = {
    "antifraud": Text("Done with the bank, receipt filed.", "已联系银行办理，回执已存。"),
    "forensics": Text("Examined, report follows on paper.", "已勘验，鉴定材料随后送达。"),
    "negotiation": Text("Spoken to; calm now.", "已沟通，情绪平稳。"),
    "interpreters": Text("Interpreted, both sides understood.", "已翻译，双方已听明白。"),
    "drones": Text("Flown over, pictures on the share.", "已航拍，影像已上传。"),
}


def specialist_of(org: str) -> Actor:
    """The simulated specialist of a desk."""
    return Actor(f"{SIMULATED}specialist", "desk_specialist", org=org)


def asked_of_desks(laid: Laying, entries: Sequence[Entry], reasons: Sequence[str]) -> list[Entry]:
    """What the desks were asked about matters that are laid out, as far as it has come."""
    opened = [one for _, _, one in entries if isinstance(one, OpenIncident)]
    found: list[Entry] = []
    for asked in REQUESTS:
        of_kind = [one.incident for one in opened if one.category == asked.category]
        org = next((one.org for one in laid.pack.desks if one.code == asked.desk), None)
        if org is not None and len(of_kind) > asked.place:
            found += _asked(laid, asked, of_kind[asked.place], org, reasons)
    return found


def _asked(
    laid: Laying, asked: Asked, incident: UUID, org: str, reasons: Sequence[str]
) -> Iterator[Entry]:
    id_, specialist = laid.new(laid.at(asked.hours_ago)), specialist_of(org)

    def after(share: float) -> int:
        return laid.at(asked.hours_ago * (1 - share))

    ask = AskDesk(
        id_,
        incident,
        asked.desk,
        asked.offer,
        both(asked.what),
        asked.skill,
        queue=True,
    )
    yield after(0), laid.dispatcher, ask
    if asked.until == "asked":
        return
    if asked.until == "returned":
        yield after(0.1), specialist, ReturnDeskRequest(id_, reasons[0])
        return
    yield after(0.02), specialist, AcceptDeskRequest(id_)
    if asked.until == "accepted":
        return
    yield after(0.05), specialist, StartDeskRequest(id_)
    if asked.until == "in_progress":
        return
    yield after(0.6), specialist, FinishDeskRequest(id_, both(RESULTS[asked.desk]))
    if asked.until == "confirmed":
        yield after(0.8), laid.dispatcher, ConfirmDeskRequest(id_)
    elif asked.until == "sent_back":
        yield after(0.8), laid.dispatcher, SendBackDeskRequest(id_, reasons[-1])


type Move = tuple[Actor, OfDeskRequest]


@dataclass(slots=True)
class Specialists:
    """`moves` says what they do now, and what the dispatcher asks of them. ``began_ms``: what lay
    there before waits from then on."""

    pack: CityPack
    dispatcher: Actor
    seed: int
    speed: float = 1.0
    began_ms: int = 0

    def moves(
        self, requests: Sequence[DeskRequestRow], incidents: Sequence[IncidentRow], now_ms: int
    ) -> Iterator[Move]:
        """What is due now: of requests, and of open incidents about which nobody was asked."""
        about = {one.incident for one in requests}
        for row in sorted(requests, key=lambda one: one.id):
            command = self._next(row, now_ms)
            if command is not None:
                yield command
        for incident in incidents:
            if incident.state == "open" and incident.id not in about:
                yield from self._ask(incident, now_ms)

    def _ask(self, incident: IncidentRow, now_ms: int) -> Iterator[Move]:
        """Once, while it is young: what was confirmed since isn't asked for again."""
        wanted = NEW.get(incident.category)
        new = incident.opened_at_ms > self.began_ms and is_simulated(incident.changed_by)
        age_s = (now_ms - incident.opened_at_ms) / 1000 * self.speed
        young = ASK_AFTER_S < age_s < 2 * ASK_AFTER_S
        draw = UUID(incident.id).int
        if wanted is None or not (new and young and draw % 983 / 983 < ASKED):
            return
        desk, offer, what = wanted
        if any(one.code == desk for one in self.pack.desks):
            id_ = UUID(int=draw ^ 2)
            asking = AskDesk(id_, UUID(incident.id), desk, offer, both(what), queue=True)
            yield self.dispatcher, asking

    def _next(self, row: DeskRequestRow, now_ms: int) -> Move | None:
        since_ms = max(row.since_ms, self.began_ms)
        waited_s = (now_ms - since_ms) / 1000 * self.speed
        id_, ours, by = UUID(row.id), is_simulated(row.owner), specialist_of(row.org)
        match row.state:
            case "asked" if waited_s > self._due(row, "accept", ACCEPT_AFTER_S):
                return by, AcceptDeskRequest(id_)
            case "accepted" if ours and waited_s > self._due(row, "start", START_AFTER_S):
                return by, StartDeskRequest(id_)
            case "in_progress" if ours and waited_s > self._due(row, "work", WORK_S):
                return by, FinishDeskRequest(id_, both(RESULTS.get(row.desk, _DONE)))
            case "done" if waited_s > self._due(row, "confirm", CONFIRM_AFTER_S):
                # What lay there is for people, who may confirm it or not.
                later = is_simulated(row.asked_by) and row.since_ms > self.began_ms
                return (self.dispatcher, ConfirmDeskRequest(id_)) if later else None
        return None

    def _due(self, row: DeskRequestRow, step: str, between: tuple[float, float]) -> float:
        """The same for the same seed, whenever it is asked and in whatever order."""
        least, most = between
        key = crc32(f"{row.id}{step}{row.sent_back}".encode())
        return least + (most - least) * float(np.random.default_rng((self.seed, key)).random())


_DONE: Final = Text("Done as asked.", "已按要求办理。")


def read_requests(rows: Sequence[str]) -> list[DeskRequestRow]:
    """Requests as the board has them."""
    return [msgspec.json.decode(row, type=DeskRequestRow) for row in rows]
