"""Some nights of calls in the journal of a home, entered afterwards through the door: run in a
process of its own, with the nights' dates as arguments."""

import sys
import uuid
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any
from zoneinfo import ZoneInfo

from dutyroom.site.serving import prepare

CATEGORY, PRIORITY, CAPABILITY = "POL-THEFT", 3, "patrol"
CALLS_A_NIGHT = 33
MINUTE_MS = 60_000


def main(nights: list[str]) -> None:
    """A call every twenty minutes from 18:05 on, each served by one unit in a quarter of an hour."""
    prepare()
    from dutyroom.actions import runtime
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request
    from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
    from dutyroom.domain.context import Actor
    from dutyroom.domain.incidents.commands import (
        ArriveOnScene,
        ClearAssignment,
        Dispatch,
        OpenIncident,
        StartEnRoute,
        UnitToSend,
    )
    from dutyroom.domain.units.commands import SignOn
    from dutyroom.domain.values import Place
    from dutyroom.projections.models import UnitView

    room = runtime.room()
    pack = room.pack
    units = [unit.id for unit in pack.units if CAPABILITY in unit.capabilities]
    actors = {role: Actor(role, role) for role in ("gateway", "call_taker", "dispatcher")}

    def do(role: str, command: Any, at_ms: int) -> None:
        done = room.door.perform(Request(uuid.uuid4(), actors[role], command, at_ms))
        assert isinstance(done, Done), done

    def serve(unit: str, place: Any, at_ms: int) -> None:
        call, incident, sent = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
        where = Place(place.lon, place.lat, place.name.en, "place")
        opened = OpenIncident(incident, CATEGORY, PRIORITY, where, call=call)
        for minute, role, command in (
            (0, "gateway", ReceiveCall(call, "110-1")),
            (0, "call_taker", ClaimCall(call)),
            (1, "call_taker", opened),
            (1, "call_taker", EndCall(call)),
            (2, "dispatcher", Dispatch(incident, (UnitToSend(sent, unit),))),
            (3, "dispatcher", StartEnRoute(incident, sent)),
            (7, "dispatcher", ArriveOnScene(incident, sent)),
            (15, "dispatcher", ClearAssignment(incident, sent, "done")),
        ):
            do(role, command, at_ms + minute * MINUTE_MS)

    zone = ZoneInfo(pack.timezone)
    on_duty = set(UnitView.objects.exclude(status="off_duty").values_list("id", flat=True))
    served = cycle(zip(units * len(pack.places), pack.places * len(units), strict=True))
    for number, night in enumerate(sorted(nights)):
        evening = datetime.combine(date.fromisoformat(night), datetime.min.time(), zone)
        begin_ms = round((evening + timedelta(hours=18, minutes=5)).timestamp() * 1000)
        if number == 0:
            for unit in units:
                if unit not in on_duty:
                    do("dispatcher", SignOn(unit, (f"{unit}-1",)), begin_ms)
        for call in range(CALLS_A_NIGHT):
            serve(*next(served), begin_ms + 20 * call * MINUTE_MS)
    runtime.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
