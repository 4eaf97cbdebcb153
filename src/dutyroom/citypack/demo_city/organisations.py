"""Whose the stations of a demo city are: the city, its districts, their stations, those who have a
specialist desk, and partners."""

from math import ceil
from typing import Final

from dutyroom.citypack.demo_city.growth import GrownCity
from dutyroom.citypack.demo_city.sites import Site, district_middles
from dutyroom.core.text import Text

CITY: Final = "lanchuan"
_SUBDISTRICTS: Final = 4
"""So many at most in a district."""
_DESKS: Final = (
    ("antifraud", CITY, "desk", "Lanchuan Anti-Fraud Centre", "澜川市反诈中心"),
    ("forensics", CITY, "desk", "Criminal Forensics", "刑事技术支队"),
    ("negotiation", CITY, "desk", "Negotiation Team", "谈判专家组"),
    ("interpreters", CITY, "desk", "Interpreters", "翻译组"),
    ("drones", CITY, "desk", "Police Drone Team", "警用无人机中队"),
)
_PARTNERS: Final = (
    ("water", CITY, "partner", "Lanchuan Water", "澜川水务集团"),
    ("gas", CITY, "partner", "Lanchuan Gas", "澜川燃气集团"),
    ("lifts", CITY, "partner", "Lift Rescue Service 96333", "96333 电梯应急处置中心"),
    ("ambulance", CITY, "partner", "Ambulance Centre 120", "120 急救指挥中心"),
    ("fire", CITY, "partner", "Fire Command Centre 119", "119 消防指挥中心"),
    ("hotline", CITY, "partner", "Citizens' Hotline 12345", "12345 政务服务便民热线"),
    ("yunzhou", CITY, "partner", "Yunzhou Police Command Centre", "云洲市公安局指挥中心"),
)

type Row = tuple[str, str, str, str, str]


def organisations(city: GrownCity, names: dict[int, Text], stations: dict[str, Site]) -> list[Row]:
    """Rows of org.csv: every station is an organisation of its own id.

    A station lies in the district of its zone; one without a zone is the city's.
    """
    districts = _districts(city, names)
    rows: list[Row] = [(CITY, "", "city", "Lanchuan", "澜川市")]
    for first in dict.fromkeys(districts.values()):
        name = names[first]
        rows.append((_id(name), CITY, "county", f"{name.en} District", f"{name.zh}区"))
    for key, site in stations.items():
        parent = _id(names[districts[site.zone]]) if site.zone in districts else CITY
        rows.append((key, parent, "station", site.name.en, site.name.zh))
    return [*rows, *_DESKS, *_PARTNERS]


def looks_after(
    city: GrownCity, names: dict[int, Text], stations: dict[str, Site]
) -> dict[int, str]:
    """The id of the organisation that looks after each zone: the police station that lies in it, or
    its district."""
    police = {site.zone: key for key, site in stations.items() if site.kind == "police"}
    districts = _districts(city, names)
    return {zone: police.get(zone) or _id(names[districts[zone]]) for zone in names}


def _id(name: Text) -> str:
    return name.en.lower()


def _districts(city: GrownCity, names: dict[int, Text]) -> dict[int, int]:
    """The zone that each zone's district is called after, in the order of the names: neighbours
    from west to east on one bank, called after the most central of them."""
    middles = district_middles(city)
    bank = {face.zone: face.bank for face in city.mesh.faces.values() if face.bank != 0}
    found: dict[int, int] = {}
    for side in (1, -1):
        zones = sorted((z for z in names if bank[z] == side), key=lambda z: middles[z][0])
        parts = ceil(len(zones) / _SUBDISTRICTS)
        for part in range(parts):
            own = zones[part * len(zones) // parts : (part + 1) * len(zones) // parts]
            first = next(zone for zone in names if zone in own)
            found |= dict.fromkeys(own, first)
    return {zone: found[zone] for zone in names}
