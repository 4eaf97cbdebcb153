"""What began weeks ago in the demo city: disputes at several steps, one that is about to end and
one that concerns a minor; and public places that called again, with what was done about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from dutyroom.citypack.public_places import PUBLIC, public_places
from dutyroom.core.text import Text
from dutyroom.domain.incidents.commands import (
    Channel,
    CloseIncident,
    MarkMinor,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.matters.commands import (
    AddMatterNote,
    ConcludeMatter,
    HoldMediation,
    LinkMatter,
    OpenMatter,
    PlanMediation,
    TakeMatter,
)
from dutyroom.domain.spots.commands import TakeOnSpot
from dutyroom.domain.tasks.commands import AcceptTask, ApproveTask, StartTask, SubmitTask
from dutyroom.domain.values import Place
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.left_over import OUTCOMES
from dutyroom.evening.stations import command_of, officer_of

DISPUTE: Final = "POL-DISPUTE"
PRIORITY: Final = 3
type Until = Literal["waiting", "planned", "again", "settled", "failed", "ending"]


@dataclass(frozen=True, slots=True)
class Dispute:
    """At the station of this number, so many days ago; ``again_days``: when somebody called about
    it once more. ``until``: how far it has come."""

    station: int
    kind: str
    days_ago: float
    said: Text
    until: Until
    channel: Channel = "telephone"
    again_days: float | None = None
    minor: bool = False


DISPUTES: Final[tuple[Dispute, ...]] = (
    Dispute(
        0,
        "neighbours",
        25.0,
        Text("The dog of the floor above barks at night.", "楼上的狗夜里叫，两家多次争吵。"),
        "again",
        again_days=20.0,
    ),
    Dispute(
        0,
        "tenancy",
        40.0,
        Text("The landlord keeps the deposit.", "房东不退押金。"),
        "settled",
        "window",
    ),
    Dispute(
        0,
        "wages",
        0.1,
        Text("Eleven builders wait for two months' pay.", "十一名工人讨要两个月工资。"),
        "waiting",
        "petition",
    ),
    Dispute(
        1,
        "property",
        57.5,
        Text("Nobody repairs the lift; the fees are not paid.", "电梯无人维修，业主拒交物业费。"),
        "ending",
        "petition",
    ),
    Dispute(
        1,
        "family",
        16.0,
        Text("Two families quarrel since their children fought.", "孩子打架后两家争执不断。"),
        "planned",
        minor=True,
    ),
    Dispute(
        2,
        "consumer",
        30.0,
        Text("The gym is no more; the cards are not refunded.", "健身房停业，会员卡不退费。"),
        "failed",
        "window",
    ),
    Dispute(
        3,
        "debt",
        15.0,
        Text("A loan between friends, without a paper.", "朋友间借款，没有借条。"),
        "planned",
    ),
)
_AT: Final = Text("At the residents' committee", "在居委会调解室")
_HELD: Final = Text("Both were heard; they will think it over.", "听取双方意见，约定再谈。")
_SETTLED: Final = Text("Both sides signed.", "双方签订调解协议。")
_FAILED: Final = Text("One side no longer comes.", "一方拒绝继续调解。")
_NOTE: Final = Text("Both still talk to each other.", "双方仍在沟通。")

NOISY: Final = (14.6, 16.2, 19.0, 22.5, 24.1, 26.3, 28.8, 33.0, 38.4, 44.2)
"""Days ago, of a market; it was taken on after most of them, and has called twice since."""
NOISY_TAKEN: Final = 21.0
ALARMS: Final = (15.1, 17.7, 21.9, 27.4)
"""Days ago, of a mall; it was taken on this morning."""
CRASHES: Final = (14.9, 18.3, 23.6, 25.2)
"""Days ago, at a junction about which nobody does anything yet."""


def weeks_ago(laid: Laying) -> Iterator[Entry]:
    """All of it; nothing of what the city pack has no kinds for."""
    known = {one.code for one in laid.pack.loop.matters.kinds}
    for one in DISPUTES:
        if one.kind in known:
            yield from _dispute(laid, one)
    counted = {one.code: one.categories[0] for one in laid.pack.loop.repeats.kinds}
    if {"noise", "alarm", "black-spot"} <= set(counted):
        yield from _noise(laid, counted["noise"])
        yield from _alarms(laid, counted["alarm"])
        yield from _crashes(laid, counted["black-spot"])


def _closed(
    laid: Laying, days_ago: float, category: str, place: Place, said: str, channel: Channel
) -> tuple[UUID, list[Entry]]:
    """An incident that was concluded on the same day."""
    at_ms = laid.at(days_ago * 24)
    incident = laid.new(at_ms)
    words = laid.pack.vocabulary
    priority = next(one.priority for one in words.categories if one.code == category)
    opening = OpenIncident(incident, category, priority, place, channel, text=said)
    done = next(iter(words.codes("dispositions")))
    return incident, [
        (at_ms, laid.dispatcher, opening),
        (at_ms + 2_400_000, laid.dispatcher, SetDisposition(incident, done)),
        (at_ms + 2_460_000, laid.dispatcher, CloseIncident(incident)),
    ]


def _dispute(laid: Laying, one: Dispute) -> Iterator[Entry]:
    org = laid.stations[one.station % len(laid.stations)]
    incident, entries = _closed(
        laid, one.days_ago, DISPUTE, laid.place(org), both(one.said), one.channel
    )
    yield from entries
    if one.minor:
        yield laid.at(one.days_ago * 24 - 0.2), laid.dispatcher, MarkMinor(incident)
    opened_h = one.days_ago * 24 - 1
    matter = laid.new(laid.at(opened_h))
    opening = OpenMatter(matter, incident, one.kind, org, both(one.said))
    yield laid.at(opened_h), laid.dispatcher, opening
    if one.again_days is not None:
        later, entries = _closed(
            laid, one.again_days, DISPUTE, laid.place(org), both(one.said), "telephone"
        )
        yield from entries
        yield laid.at(one.again_days * 24 - 2), command_of(org), LinkMatter(matter, later)
    if one.until != "waiting":
        yield from _followed(laid, one, org, matter)


def _followed(laid: Laying, one: Dispute, org: str, matter: UUID) -> Iterator[Entry]:
    """Taken by an officer of the community team, and as far as it has come."""
    officer, from_h = officer_of(org, 1), one.days_ago * 24 - 3
    yield laid.at(from_h), officer, TakeMatter(matter)
    if one.until == "ending":
        return
    met_h = from_h - 60 if one.until != "planned" else -20.0
    mediation = laid.new(laid.at(from_h - 1))
    planned = PlanMediation(matter, mediation, laid.at(met_h), both(_AT))
    yield laid.at(from_h - 1), officer, planned
    if one.until == "planned":
        note = laid.new(laid.at(5))
        yield laid.at(5), officer, AddMatterNote(matter, note, both(_NOTE))
        return
    held = HoldMediation(matter, mediation, "again", both(_HELD))
    yield laid.at(met_h - 1), officer, held
    match one.until:
        case "settled":
            yield laid.at(26 * 24), officer, ConcludeMatter(matter, "settled", both(_SETTLED))
        case "failed":
            failed = ConcludeMatter(matter, "mediation_failed", both(_FAILED))
            yield laid.at(16 * 24), officer, failed


def _noise(laid: Laying, category: str) -> Iterator[Entry]:
    place, zone_org, there = _site(laid, "market")
    for days in NOISY:
        yield from _closed(laid, days, category, there, "", "telephone")[1]
    said = Text("Talk to the stalls about loudspeakers", "提醒摊主控制音响音量")
    from_h = NOISY_TAKEN * 24
    task = _taken_on(laid, place, "noise", zone_org, said, from_h)
    yield laid.at(from_h), laid.dispatcher, task
    officer = officer_of(zone_org, 2)
    yield laid.at(from_h - 1), officer, AcceptTask(task.task)
    yield laid.at(from_h - 30), officer, SubmitTask(task.task, OUTCOMES["prevent"])
    yield laid.at(from_h - 32), command_of(zone_org), ApproveTask(task.task)
    done = next(iter(laid.pack.vocabulary.codes("dispositions")))
    yield laid.at(from_h - 33), laid.dispatcher, SetDisposition(task.incident, done)
    yield laid.at(from_h - 34), laid.dispatcher, CloseIncident(task.incident)


def _alarms(laid: Laying, category: str) -> Iterator[Entry]:
    place, zone_org, there = _site(laid, "mall")
    for days in ALARMS:
        yield from _closed(laid, days, category, there, "", "telephone")[1]
    said = Text("Have the smoke detectors checked", "督促商场检修烟感探测器")
    task = _taken_on(laid, place, "alarm", zone_org, said, 3.1)
    yield laid.at(3.1), laid.dispatcher, task
    officer = officer_of(zone_org, 2)
    yield laid.at(2.9), officer, AcceptTask(task.task)
    yield laid.at(2.7), officer, StartTask(task.task)


def _crashes(laid: Laying, category: str) -> Iterator[Entry]:
    found = next(iter(public_places(laid.pack).crossings), None)
    if found is None:
        return
    there = Place(found.lon, found.lat, both(found.name), "crossing")
    for days in CRASHES:
        yield from _closed(laid, days, category, there, "", "telephone")[1]


def _site(laid: Laying, kind: str) -> tuple[str, str, Place]:
    """The key of a public place of a kind, the station that looks after it, and where it is."""
    at_stations = {one.id: one.org for one in laid.pack.zones if one.org in laid.stations}
    known = [
        (one, at_stations[zone])
        for one in laid.pack.places
        if one.kind in PUBLIC and (zone := laid.pack.zone_at(one.lon, one.lat)) in at_stations
    ]
    one, org = next((pair for pair in known if pair[0].kind == kind), known[0])
    return f"place:{one.id}", org, Place(one.lon, one.lat, both(one.name), "place")


def _taken_on(
    laid: Laying, place: str, kind: str, org: str, said: Text, hours_ago: float
) -> TakeOnSpot:
    at_ms = laid.at(hours_ago)
    return TakeOnSpot(
        laid.new(at_ms), place, kind, laid.new(at_ms), laid.new(at_ms), org, both(said)
    )
