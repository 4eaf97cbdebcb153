"""Partners in the demo: what was handed over to them since yesterday, and simulated partners who
accept, refuse and report.

They work as those at the stations do. What the partner that people sign in for is sent waits longer
for an answer, and what came of it is looked at by people.
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
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.referrals.commands import (
    AcceptReferral,
    CloseReferral,
    FinishReferral,
    OfReferral,
    RefuseReferral,
    SendReferral,
    StartReferral,
)
from dutyroom.domain.referrals.row import ReferralRow
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.stations import SIMULATED, is_simulated

PARTNER: Final = "hotline"
"""The partner that people sign in for."""
SEND_AFTER_S: Final = 40.0
ANSWER_AFTER_S: Final = (25.0, 100.0)
PERSON_FIRST_S: Final = 900.0
START_AFTER_S: Final = (60.0, 240.0)
WORK_S: Final = (300.0, 1200.0)
CLOSE_AFTER_S: Final = (300.0, 900.0)
SENT: Final = 0.6
"""Share of new matters that are handed over, of those that an agreement is for."""
REFUSED: Final = 0.12

type Until = Literal["sent", "accepted", "in_progress", "done", "closed", "refused"]
type Move = tuple[Actor, SendReferral | OfReferral]


@dataclass(frozen=True, slots=True)
class Referred:
    """A matter of this category (the first one, or a later one: `place`) that was handed over by an
    agreement, so many hours ago, and how far it has come. ``ended``: the dispatcher has seen why it
    was refused."""

    category: str
    agreement: str
    hours_ago: float
    until: Until
    asked: Text
    reason: str = ""
    ended: bool = False
    place: int = 0


_CARE: Final = Text("Please have the community look after them", "请社区上门关心照料")
REFERRED: Final[tuple[Referred, ...]] = (
    Referred("AID-WELFARE", "hotline", 9.0, "refused", _CARE, "unclear", ended=True),
    Referred("AID-WELFARE", "hotline", 7.5, "refused", _CARE, "unclear", ended=True),
    Referred("AID-WELFARE", "hotline", 6.0, "refused", _CARE, "unclear"),
    Referred(
        "POL-DISPUTE",
        "hotline",
        5.0,
        "in_progress",
        Text("The building management has to repair the pipe", "请督促物业修复水管"),
    ),
    Referred(
        "POL-DISPUTE",
        "hotline",
        0.2,
        "sent",
        Text("Wages are unpaid: for the labour office", "涉及欠薪，请劳动部门处理"),
        place=1,
    ),
    Referred(
        "POL-FRAUD",
        "yunzhou",
        12.0,
        "done",
        Text("The money was drawn at a bank in your city", "款项在贵市取现，请协查"),
    ),
    Referred(
        "AID-WELFARE",
        "hotline",
        1.2,
        "sent",
        Text("Meals on wheels are asked for", "请安排送餐服务"),
    ),
)
RESULTS: Final[dict[str, Text]] = {
    "gas": Text("Valve shut, leak sealed, gas is back on.", "已关阀止漏，恢复供气。"),
    "water": Text("Main shut off and repaired.", "已关闸抢修，恢复供水。"),
    "lifts": Text("Fitter came, people are out of the lift.", "维保人员到场，被困人员已救出。"),
    "ambulance": Text("Taken to the city hospital.", "已送市医院救治。"),
    "fire": Text("Out, place handed to the owner.", "明火已扑灭，现场移交业主。"),
    "hotline": Text("The department in charge has dealt with it.", "已由主管部门办结答复。"),
    "yunzhou": Text("Footage secured, sent by the usual way.", "已调取影像，按程序移交。"),
}
_REQUEST: Final = Text("Please send somebody, and report", "请派员处置并反馈")


def partner_of(org: str) -> Actor:
    """The simulated colleague at a partner."""
    return Actor(f"{SIMULATED}partner", "partner", org=org)


def referred(laid: Laying, entries: Sequence[Entry]) -> list[Entry]:
    """What was handed over of matters that are laid out, as far as it has come."""
    opened = [one for _, _, one in entries if isinstance(one, OpenIncident)]
    agreements = {one.code: one for one in laid.pack.agreements}
    found: list[Entry] = []
    for one in REFERRED:
        of_kind = [each.incident for each in opened if each.category == one.category]
        agreement = agreements.get(one.agreement)
        if agreement is not None and len(of_kind) > one.place:
            found += _referred(laid, one, of_kind[one.place], agreement.partner)
    return found


def _referred(laid: Laying, one: Referred, incident: UUID, org: str) -> Iterator[Entry]:
    referral, partner = laid.new(laid.at(one.hours_ago)), partner_of(org)

    def after(minutes: float) -> int:
        return laid.at(one.hours_ago - minutes / 60)

    text = both(one.asked)
    yield after(0), laid.dispatcher, SendReferral(referral, incident, one.agreement, text)
    if one.until == "refused":
        yield after(12), partner, RefuseReferral(referral, one.reason)
        if one.ended:
            yield after(20), laid.dispatcher, CloseReferral(referral)
        return
    if one.until == "sent":
        return
    yield after(8), partner, AcceptReferral(referral)
    if one.until != "accepted":
        yield after(15), partner, StartReferral(referral)
    if one.until in ("done", "closed"):
        result = both(RESULTS[org.rsplit("/", 1)[-1]])
        yield after(90), partner, FinishReferral(referral, result)
    if one.until == "closed":
        yield after(100), laid.dispatcher, CloseReferral(referral)


@dataclass(slots=True)
class Partners:
    """`moves` says what they do now, and what the dispatcher hands over. ``began_ms``: what lay
    there before waits from then on."""

    pack: CityPack
    dispatcher: Actor
    seed: int
    speed: float = 1.0
    began_ms: int = 0

    def moves(
        self, rows: Sequence[ReferralRow], incidents: Sequence[IncidentRow], now_ms: int
    ) -> Iterator[Move]:
        """What is due now: of referrals, and of new incidents that an agreement is for."""
        about = {one.incident for one in rows}
        for row in sorted(rows, key=lambda one: one.id):
            command = self._next(row, now_ms)
            if command is not None:
                yield command
        for incident in incidents:
            if incident.state == "open" and incident.id not in about:
                yield from self._send(incident, now_ms)

    def _send(self, incident: IncidentRow, now_ms: int) -> Iterator[Move]:
        """Once, while it is young. What goes to the partner of people is left to people."""
        new = incident.opened_at_ms > self.began_ms and is_simulated(incident.changed_by)
        age_s = (now_ms - incident.opened_at_ms) / 1000 * self.speed
        draw = UUID(incident.id).int
        if not new or not SEND_AFTER_S < age_s < 3 * SEND_AFTER_S or draw % 991 / 991 >= SENT:
            return
        for one in self.pack.agreements:
            own = one.partner.endswith(f"/{PARTNER}")
            if not own and one.is_for(incident.category) and one.in_force(now_ms):
                text = both(_REQUEST) if "request" in one.fields else ""
                id_ = UUID(int=draw ^ 4)
                yield self.dispatcher, SendReferral(id_, UUID(incident.id), one.code, text)
                return

    def _next(self, row: ReferralRow, now_ms: int) -> Move | None:
        waited_s = (now_ms - max(row.since_ms, self.began_ms)) / 1000 * self.speed
        id_, by = UUID(row.id), partner_of(row.partner)
        ours = is_simulated(row.answered_by)
        match row.state:
            case "sent" | "expired" if waited_s > self._answers_after_s(row):
                reasons = [one.code for one in self.pack.referral_reasons if not one.retired]
                if reasons and self._draw(row, "luck") < REFUSED:
                    return by, RefuseReferral(id_, reasons[-1])
                return by, AcceptReferral(id_)
            case "accepted" if ours and waited_s > self._due(row, "start", START_AFTER_S):
                return by, StartReferral(id_)
            case "in_progress" if ours and waited_s > self._due(row, "work", WORK_S):
                name = row.partner.rsplit("/", 1)[-1]
                return by, FinishReferral(id_, both(RESULTS.get(name, _DONE)))
            case "done" | "refused" if waited_s > self._due(row, "close", CLOSE_AFTER_S):
                # What lay there is for people, and so is what a person sent.
                later = is_simulated(row.sent_by) and row.since_ms > self.began_ms
                return (self.dispatcher, CloseReferral(id_)) if later else None
        return None

    def _answers_after_s(self, row: ReferralRow) -> float:
        if row.partner.endswith(f"/{PARTNER}"):
            return PERSON_FIRST_S * self.speed
        return self._due(row, "answer", ANSWER_AFTER_S)

    def _due(self, row: ReferralRow, step: str, between: tuple[float, float]) -> float:
        least, most = between
        return least + (most - least) * self._draw(row, step)

    def _draw(self, row: ReferralRow, step: str) -> float:
        """The same for the same seed, whenever it is asked and in whatever order."""
        return float(np.random.default_rng((self.seed, crc32(f"{row.id}{step}".encode()))).random())


_DONE: Final = Text("Done as asked.", "已按要求办理。")


def read_referrals(rows: Sequence[str]) -> list[ReferralRow]:
    """Referrals as the board has them."""
    return [msgspec.json.decode(row, type=ReferralRow) for row in rows]
