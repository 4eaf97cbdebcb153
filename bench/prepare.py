"""Prepares a room for a benchmark: tables, demo city, one dispatcher, some open incidents."""

from pathlib import Path
from uuid import UUID

from bench.serving import PASSWORD
from dutyroom.site.serving import prepare

INCIDENTS = [UUID(int=0x01A20AAE_B5A2_7A8C_9CA3_9DE2D4D80000 + n) for n in range(40)]


def main() -> None:
    """Run with the environment of the server to be."""
    prepare()
    from django.conf import settings
    from django.db import connection

    from dutyroom.actions import runtime
    from dutyroom.actions.adopting import adopt, fresh_id
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request
    from dutyroom.citypack import generate_city
    from dutyroom.domain.context import Actor
    from dutyroom.domain.incidents.commands import OpenIncident
    from dutyroom.domain.units.commands import SignOn
    from dutyroom.domain.values import Place
    from dutyroom.site.models import Member

    folder: Path = settings.HOME.folder / "city"
    generate_city(folder)
    adopt(folder)
    Member.objects.enrol("bench", "dispatcher", PASSWORD)
    room, actor = runtime.room(), Actor("bench", "dispatcher")
    one = room.pack.places[0]
    category = room.pack.vocabulary.categories[0].code
    place = Place(one.lon, one.lat, one.name.en, "place")
    for incident in INCIDENTS:
        command = OpenIncident(incident, category, 2, place)
        outcome = room.door.perform(Request(fresh_id(), actor, command))
        assert isinstance(outcome, Done), outcome
    for unit in room.pack.units:
        room.door.perform(Request(fresh_id(), actor, SignOn(unit.id, (f"{unit.id}-1",))))
    with connection.cursor() as cursor:
        kind = "bytea" if connection.vendor == "postgresql" else "blob"
        cursor.execute(f"CREATE TABLE bench_bare (id varchar(36) PRIMARY KEY, body {kind})")
    runtime.stop()


if __name__ == "__main__":
    main()
