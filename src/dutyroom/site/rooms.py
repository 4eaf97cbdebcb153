"""What a room says about itself, and the members of a demo."""

import json
from typing import Any, Final

from django.conf import settings

from dutyroom.citypack import CityPack
from dutyroom.machine.files import write_whole
from dutyroom.site.models import Member

_DEMO_MEMBERS: Final = (
    ("taker", "call_taker", "Lin Qing / 林清"),
    ("dispatcher", "dispatcher", "Chen Hai / 陈海"),
    ("dispatcher2", "dispatcher", "Zhou Ning / 周宁"),
    ("supervisor", "supervisor", "Gao Yun / 高云"),
    ("officer", "field_officer", "Ma Jun / 马俊"),
    ("auditor", "auditor", "Xu Ping / 许平"),
    ("trainer", "trainer", "Sun Li / 孙丽"),
    ("planner", "planner", "He Wen / 何文"),
)


def describe(name: str, kind: str, title: Any) -> None:
    """Write down what this room is: ``kind`` is live, demo or play."""
    text = {"name": name, "kind": kind, "title": {"en": title.en, "zh": title.zh}}
    write_whole(settings.HOME.folder / "room.json", json.dumps(text, ensure_ascii=False))


def enrol_demo_members(pack: CityPack, password: str) -> None:
    """The fixed cast of a demo; the officer gets the first patrol unit."""
    units = sorted(unit.id for unit in pack.units if "patrol" in unit.capabilities)
    own = units[0] if units else pack.units[0].id
    logins = []
    for name, role, title in _DEMO_MEMBERS:
        unit = own if role == "field_officer" else ""
        Member.objects.enrol(name, role, password, title=title, unit=unit, demo=True)
        logins.append({"name": name, "role": role, "password": password, "unit": unit})
    write_whole(settings.HOME.folder / "demo-logins.json", json.dumps(logins))
