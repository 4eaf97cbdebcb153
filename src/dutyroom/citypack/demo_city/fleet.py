"""The units of a demo city: how many of each kind, from which stations."""

from itertools import cycle

from dutyroom.citypack.demo_city.sites import Site

FEWEST_UNITS = 20
_KINDS = (
    # kind, letter, sign in Chinese, share of the fleet, fewest, base, capabilities, crew
    ("car", "P", "巡", 0.40, 4, "police", "patrol", 2),
    ("foot", "F", "步", 0.117, 1, "police", "patrol community", 2),
    ("traffic", "T", "交", 0.10, 1, "traffic", "traffic", 1),
    ("engine", "E", "消", 0.134, 4, "fire", "engine", 6),
    ("ladder", "L", "举", 0.05, 2, "fire", "ladder", 4),
    ("rescue", "R", "援", 0.034, 2, "fire", "rescue", 5),
    ("ambulance", "A", "救", 0.15, 4, "ambulance", "ambulance", 3),
    ("drone", "D", "飞", 0.017, 1, "fire", "drone", 2),
)


def fleet(units: int, stations: dict[str, Site]) -> list[tuple[str, str, str, str, int, str, str]]:
    """Rows of units.csv. Every plan of the demo can be met from 20 units on."""
    if units < FEWEST_UNITS:
        raise ValueError(f"a demo city needs at least {FEWEST_UNITS} units")
    counts = {kind: max(fewest, int(units * share)) for kind, _, _, share, fewest, *_ in _KINDS}
    counts["car"] += units - sum(counts.values())
    rows = []
    for kind, letter, sign, _, _, base, capabilities, crew in _KINDS:
        homes = cycle([key for key, site in stations.items() if site.kind == base])
        for number in range(1, counts[kind] + 1):
            # Two of three ambulances carry a doctor.
            more = " als" if kind == "ambulance" and number % 3 else ""
            able, key = capabilities + more, f"{letter}{number}"
            rows.append((key, kind, next(homes), able, crew, key, f"{sign}{100 + number}"))
    return rows
