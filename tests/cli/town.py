"""A small town to rehearse: ten points in a row, with too many patrols at one end, so that every
kind of proposal finds something."""

import json
from pathlib import Path
from typing import Any

from tests.rehearsal.proposing.row import write_row

PATROLS = ("P1", "P2", "P3", "P4")
MORE: dict[str, Any] = {
    "name": "one more", "base": "today.json",
    "changes": [{"do": "add_unit", "id": "P9", "like": "P1", "at": "p9"}],
}  # fmt: skip
SHIFTS: dict[str, Any] = {
    "name": "shifts", "base": "today.json",
    "changes": [
        {"do": "set_hours", "id": unit, "hours": [f"daily {hours}"]}
        for unit, hours in zip(PATROLS, ("07:00-19:00", "19:00-07:00") * 2, strict=True)
    ],
}  # fmt: skip
VARY: dict[str, Any] = {
    "base": "today.json",
    "vary": [{"change": {"do": "scale_calls"}, "key": "by", "values": [0.9, 1.0]}],
}
CREW: dict[str, Any] = {
    "starts": "2026-12-07", "weeks": 1,
    "crew": [{"id": f"o{n}", "agency": "police"} for n in range(8)],
}  # fmt: skip


def write_town(folder: Path) -> None:
    """``today.json`` and what is to be tried on it."""
    units = "id,base,capabilities,agency\n" + "".join(
        f"{unit},{'p8' if unit == 'P4' else 'p0'},patrol,police\n" for unit in PATROLS
    )
    write_row(folder, units, posts=["p5"], targets_s={"1": 400}, hours=48, replications=4,
              rules={"cover_s": 300})  # fmt: skip
    named = {"more": MORE, "shifts": SHIFTS, "vary": VARY, "crew": CREW}
    for name, content in named.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
