"""What a room says about itself, and the members of a demo."""

import json
from typing import Any, Final

from django.conf import settings

from dutyroom.citypack import CityPack
from dutyroom.evening.partners import PARTNER
from dutyroom.machine.files import write_whole
from dutyroom.site.models import Member
from dutyroom.site.staff import AT_STATIONS

DISTRICT_DISPATCHER: Final = "dispatcher2"
SPECIALIST: Final = "desk"
DISTRICT_COMMAND: Final = "district"
AS_PARTNER: Final = "partner"
_DEMO_MEMBERS: Final = (
    ("taker", "call_taker", "Lin Qing / 林清"),
    ("dispatcher", "dispatcher", "Chen Hai / 陈海"),
    (DISTRICT_DISPATCHER, "dispatcher", "Zhou Ning / 周宁"),
    ("supervisor", "supervisor", "Gao Yun / 高云"),
    ("officer", "field_officer", "Ma Jun / 马俊"),
    ("auditor", "auditor", "Xu Ping / 许平"),
    ("trainer", "trainer", "Sun Li / 孙丽"),
    ("planner", "planner", "He Wen / 何文"),
    ("station", "station_command", "Tang Rui / 唐睿"),
    ("station2", "station_officer", "Luo Min / 罗敏"),
    (SPECIALIST, "desk_specialist", "Fan Rong / 范蓉"),
    ("station3", "station_officer", "Qian Wei / 钱伟"),
    (DISTRICT_COMMAND, "station_command", "Wei Lan / 魏岚"),
    (AS_PARTNER, AS_PARTNER, "Citizens' Hotline / 热线值班员"),
)


def describe(name: str, kind: str, title: Any) -> None:
    """Write down what this room is: ``kind`` is live, demo or play."""
    text = {"name": name, "kind": kind, "title": {"en": title.en, "zh": title.zh}}
    write_whole(settings.HOME.folder / "room.json", json.dumps(text, ensure_ascii=False))


def enrol_demo_members(pack: CityPack, password: str) -> None:
    """The fixed cast of a demo: the officer has the first patrol unit and is of its station, one
    dispatcher is of the first district, those at a station are of that of the first zone, one is
    of the district above it, the specialist is of the first desk, all others are of the city."""
    units = sorted(unit.id for unit in pack.units if "patrol" in unit.capabilities)
    own = units[0] if units else pack.units[0].id
    logins = []
    for name, role, title in _DEMO_MEMBERS:
        unit, org = "", pack.orgs[0].path
        if role == "desk_specialist":
            if not pack.desks:
                continue
            org = pack.desks[0].org
        if role == "partner":
            partners = [one for one in pack.orgs if one.id == PARTNER and one.level == "partner"]
            if not partners:
                continue
            org = partners[0].path
        if role == "field_officer":
            unit, org = own, pack.org_of(own)
        elif name == DISTRICT_COMMAND:
            org = pack.zones[0].org.rpartition("/")[0] or org
        elif role in AT_STATIONS:
            org = pack.zones[0].org
        elif name == DISTRICT_DISPATCHER:
            org = next((one.path for one in pack.orgs if one.level == "county"), org)
        Member.objects.enrol(name, role, password, title=title, unit=unit, org=org, demo=True)
        logins.append({"name": name, "role": role, "password": password, "unit": unit})
    write_whole(settings.HOME.folder / "demo-logins.json", json.dumps(logins))
