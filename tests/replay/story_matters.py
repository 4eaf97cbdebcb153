"""What becomes of disputes: one of each outcome, and what leads to it."""

from typing import Any

from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom, enrol

from dutyroom.actions.clock import now_ms
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import LiftMinorMark, MarkMinor
from dutyroom.domain.matters.commands import (
    AddMatterNote,
    ConcludeMatter,
    ConfirmMatter,
    DecideCase,
    DropMediation,
    HoldMediation,
    LinkMatter,
    OpenMatter,
    PlanMediation,
    ReassignMatter,
    ReleaseMatter,
    TakeMatter,
    UndoMediation,
    UndoOpening,
    UndoOutcome,
    UnlinkMatter,
)
from dutyroom.domain.spots.commands import DropSpot, TakeOnSpot


def play_spots(room: TestRoom) -> None:
    """A public place that is taken on, and given up."""
    site = next(one for one in room.pack.places if one.kind == "market")
    org = room.pack.org_of_zone(room.pack.zone_at(site.lon, site.lat))
    spot, said = room.id(), "Talk to the stalls 提醒摊主"
    kind = room.pack.loop.repeats.kinds[0].code
    taking = TakeOnSpot(spot, f"place:{site.id}", kind, room.id(), room.id(), org, said)
    room.done(DISPATCHER, taking)
    room.done(DISPATCHER, DropSpot(spot))


def play_minors(room: TestRoom) -> None:
    """A mark, lifted and set again."""
    incident = room.open_incident(index=11)
    room.done(DISPATCHER, MarkMinor(incident))
    room.done(SUPERVISOR, LiftMinorMark(incident, "marked_by_mistake"))
    room.done(DISPATCHER, MarkMinor(incident))
    room.room.reader.open(DISPATCHER, "incident", incidents=[incident])


def play_matters(room: TestRoom) -> None:
    """Mediated, passed on, settled; one that failed and was decided as a case."""
    kind = room.pack.loop.matters.kinds[0]
    first = room.open_incident(index=9, category=kind.categories[0])
    second = room.open_incident(index=10, category=kind.categories[0])
    north = room.row("incidents", first)["org"]
    officer = Actor("mediator", "station_officer", org=north)
    enrol(officer)
    day_ms, mediation, other = 86_400_000, room.id(), room.id()

    def followed(*commands: tuple[type[Any], tuple[Any, ...]]) -> None:
        matter = room.id()
        said = "A quarrel about the fence 因围栏争执"
        room.done(DISPATCHER, OpenMatter(matter, first, kind.code, north, said))
        room.done(officer, TakeMatter(matter))
        for command, values in commands:
            by = DISPATCHER if command in (LinkMatter, ReassignMatter, UnlinkMatter) else officer
            room.done(by, command(matter, *values))

    followed(
        (ReleaseMatter, ()),
        (ReassignMatter, (north, "community", officer.id)),
        (LinkMatter, (second,)),
        (UnlinkMatter, (second,)),
        (LinkMatter, (second,)),
        (PlanMediation, (other, now_ms() + day_ms, "At the committee 居委会")),
        (DropMediation, (other,)),
        (PlanMediation, (mediation, now_ms() + day_ms, "At the station 派出所")),
        (HoldMediation, (mediation, "all_agreed", "Both signed 双方签字")),
        (UndoMediation, (mediation,)),
        (HoldMediation, (mediation, "again", "They will measure 约定丈量")),
        (AddMatterNote, (room.id(), "The fence stands 围栏仍在")),
        (ConcludeMatter, ("settled", "They share the cost 费用均摊")),
        (ConfirmMatter, ()),
        (UndoOutcome, ()),
    )
    followed(
        (ConcludeMatter, ("mediation_failed", "They would not talk 拒绝调解")),
        (TakeMatter, ()),
        (DecideCase, ()),
    )
    mistaken = room.id()
    opening = OpenMatter(mistaken, first, kind.code, north, "Another fence 另一处围栏")
    room.done(DISPATCHER, opening)
    room.done(DISPATCHER, UndoOpening(mistaken))
