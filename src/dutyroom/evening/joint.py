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

CATEGORY: Final = "POL-SUSPICIOUS"
BEGAN_H: Final = 3.2
AIM: Final = Text("No more cars opened in the car park tonight", "今晚停车场不再发生拉车门盗窃")
PLAN: Final[tuple[tuple[str, Text, bool], ...]] = (
    ("", Text("Two patrols on foot from 20:00", "20:00 起安排两组步巡"), True),
    ("", Text("Ask the caretaker for the keys of the gate", "向管理员借用大门钥匙"), False),
    ("drones", Text("One flight each hour", "每小时航拍一次"), False),
    ("forensics", Text("Traces on the three cars", "勘验三辆车的痕迹"), True),
)
"""Of which desk, "" for the station; what is to be done; whether it is."""
LOG: Final[tuple[tuple[str, Text], ...]] = (
    ("forensics", Text("Three cars examined, prints secured.", "三辆车已勘验，提取到指纹。")),
    ("", Text("Both patrols briefed.", "两组步巡人员已部署。")),
)


def joint_operation(laid: Laying, entries: Sequence[Entry]) -> Iterator[Entry]:
    """On the matter of the car park, where the city has the desks for it."""
    opened = [one for _, _, one in entries if isinstance(one, OpenIncident)]
    matter = next((one for one in opened if one.category == CATEGORY), None)
    orgs = {one.code: one.org for one in laid.pack.desks}
    if matter is None or not {"drones", "forensics"} <= orgs.keys():
        return
    zone = laid.pack.zone_at(matter.place.lon, matter.place.lat)
    orgs[""] = laid.pack.org_of_zone(zone)

    def of(desk: str) -> Actor:
        return specialist_of(orgs[desk]) if desk else officer_of(orgs[""], 1)

    id_ = laid.new(laid.at(BEGAN_H))
    taking_part = (orgs[""], orgs["drones"], orgs["forensics"])
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
