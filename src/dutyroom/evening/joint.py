"""A joint operation of the demo city: a station and two desks by one plan, begun this morning."""

from collections.abc import Iterator, Sequence
from typing import Final

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.joint_operations.commands import (
    AddPlanLine,
    BeginJointOperation,
    TickPlanLine,
    WriteLog,
)
from dutyroom.evening.desks import specialist_of
from dutyroom.evening.halves import both
from dutyroom.evening.laying import Entry, Laying
from dutyroom.evening.stations import officer_of

CATEGORY: Final = "POL-THEFT"
DESKS: Final = ("forensics", "antifraud")
BEGAN_H: Final = 3.2
AIM: Final = Text("No more e-bikes taken from the yards", "小区院内不再发生电动车被盗")
PLAN: Final[tuple[tuple[str, Text, bool], ...]] = (
    ("", Text("Two patrols on foot from 20:00", "20:00 起安排两组步巡"), True),
    ("", Text("Settle with the property office where cameras go", "与物业商定摄像头点位"), False),
    ("antifraud", Text("Watch second-hand platforms for the bike", "留意二手平台上的该车"), False),
    ("forensics", Text("Traces on the lock of the gate", "勘验院门锁具"), True),
)
"""Of which desk, "" for the station; what is to be done; whether it is."""
LOG: Final[tuple[tuple[str, Text], ...]] = (
    ("forensics", Text("Lock examined, marks secured.", "锁具已勘验，痕迹已提取。")),
    ("", Text("Both patrols briefed.", "两组步巡人员已部署。")),
)


def joint_operation(laid: Laying, entries: Sequence[Entry]) -> Iterator[Entry]:
    """On the matter of the yard, where the city has the desks for it."""
    opened = [one for _, _, one in entries if isinstance(one, OpenIncident)]
    matter = next((one for one in opened if one.category == CATEGORY), None)
    orgs = {one.code: one.org for one in laid.pack.desks}
    if matter is None or not orgs.keys() >= {*DESKS}:
        return
    zone = laid.pack.zone_at(matter.place.lon, matter.place.lat)
    orgs[""] = laid.pack.org_of_zone(zone)

    def of(desk: str) -> Actor:
        return specialist_of(orgs[desk]) if desk else officer_of(orgs[""], 1)

    id_ = laid.new(laid.at(BEGAN_H))
    taking_part = (orgs[""], *(orgs[one] for one in DESKS))
    begin = BeginJointOperation(id_, matter.incident, taking_part, both(AIM))
    yield laid.at(BEGAN_H), laid.dispatcher, begin
    for number, (desk, what, done) in enumerate(PLAN):
        at_ms = laid.at(BEGAN_H - 0.1 * (number + 1))
        line = laid.new(at_ms)
        yield at_ms, laid.dispatcher, AddPlanLine(id_, line, orgs[desk], both(what))
        if done:
            yield at_ms + 1_800_000, of(desk), TickPlanLine(id_, line)
    for number, (desk, said) in enumerate(LOG):
        at_ms = laid.at(2.0 - number)
        yield at_ms, of(desk), WriteLog(id_, laid.new(at_ms), both(said))
