"""Prepares a room for the browser: a small city, a cast of members, every unit on duty."""

from pathlib import Path
from typing import Final

from bench.serving import PASSWORD

CAST: Final = {
    "taker": "call_taker",
    "taker2": "call_taker",
    "dispatcher": "dispatcher",
    "colleague": "dispatcher",
    "supervisor": "supervisor",
    "officer": "field_officer",
    "auditor": "auditor",
    "trainer": "trainer",
    "planner": "planner",
    "station": "station_command",
    "station2": "station_officer",
    "desk": "desk_specialist",
    "station3": "station_command",
    "district": "station_command",
    "partner": "partner",
}
OFFICERS_UNIT: Final = "P1"


def main() -> None:
    """Run with the environment of the server to be; prints the telephone's token."""
    from dutyroom.site.serving import prepare

    prepare()
    from django.conf import settings

    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt, fresh_id
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request
    from dutyroom.citypack import generate_city
    from dutyroom.domain.context import Actor
    from dutyroom.domain.units.commands import SignOn
    from dutyroom.site.members import new_token
    from dutyroom.site.models import Member

    folder: Path = settings.HOME.folder / "city"
    generate_city(folder, nodes=800, units=20, seed=3)
    adopt(folder)
    room, dispatcher = runtime.room(), Actor("dispatcher", "dispatcher")
    first = room.pack.places[0]
    # The station that looks after the place where incidents are opened if nobody says where.
    station = room.pack.org_of_zone(room.pack.zone_at(first.lon, first.lat))
    for name, role in CAST.items():
        unit = OFFICERS_UNIT if role == "field_officer" else ""
        org = station if name.startswith("station") else ""
        if role == "desk_specialist":
            org = room.pack.desks[0].org
        if role == "partner":
            org = next(one.partner for one in room.pack.agreements if one.code == "yunzhou")
        org = station.rpartition("/")[0] if name == "district" else org
        Member.objects.enrol(name, role, PASSWORD, unit=unit, org=org)
    for unit in room.pack.units:
        signed = room.door.perform(
            Request(fresh_id(), dispatcher, SignOn(unit.id, (f"{unit.id}-1",)))
        )
        assert isinstance(signed, Done), signed
    print(new_token(Member.objects.enrol("telephone", "gateway", PASSWORD)))
    runtime.stop()


if __name__ == "__main__":
    main()
