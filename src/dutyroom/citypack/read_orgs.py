"""Reading and checking org.csv: the organisations of a place, from the topmost one down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from dutyroom.citypack.model import Org, OrgLevel
from dutyroom.citypack.pack_files import PackFiles
from dutyroom.citypack.pack_rows import fresh_id, rows_in
from dutyroom.core.text import Text
from dutyroom.domain.orgs import LONGEST_PATH
from dutyroom.domain.tasks.commands import TEAMS, Team
from dutyroom.reading.csv_file import Row

FILE: Final = "org.csv"
COLUMNS: Final = ("id", "parent", "level", "name_en", "name_zh")
_OPTIONAL: Final = ("teams",)
LEVELS: Final[tuple[OrgLevel, ...]] = get_args(OrgLevel.__value__)
"""From the highest to the lowest; a partner may stand below any of them, or another partner."""


USUAL_TEAMS: Final[Mapping[OrgLevel, tuple[Team, ...]]] = {
    "station": TEAMS,
    "county": ("command",),
    "city": ("command",),
    "province": ("command",),
}
"""Where org.csv names none: two teams and the command office at a station, the office above it."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row as it is written."""

    row: Row
    parent: str
    level: OrgLevel
    text: Text
    teams: tuple[Team, ...]


def read_orgs(files: PackFiles, name: str, title: Text) -> tuple[Org, ...]:
    """The organisations, each after its parent; without the file just the city itself, which does
    the work of stations, too."""
    if FILE not in files:
        return (Org(name, "", "city", title, name, TEAMS),)
    seen: dict[str, int] = {}
    noted = len(files.problems)
    listed: dict[str, _Listed] = {}
    for row in rows_in(files, FILE, COLUMNS, _OPTIONAL):
        key, level = fresh_id(row, seen), _level(row)
        if "/" in key:
            row.problem(f'id "{key}" is not a code', "Use ASCII letters, digits, - and _")
        elif key and level:
            parent, teams = row.fields["parent"].strip(), _teams(row, level)
            listed.setdefault(key, _Listed(row, parent, level, row.name(), teams))
    if not seen and len(files.problems) == noted:
        files.problems.add(FILE, None, "there is no organisation", "Add the city")
    _note_wrong_parents(listed, seen)
    found = _from_the_top(listed)
    # With those left out, so that a station that names one isn't refused for that, too.
    left_out = [key for key in seen if key not in {one.id for one in found}]
    return (*found, *(Org(key, "", "station", Text("", ""), "") for key in left_out))


def _level(row: Row) -> OrgLevel | None:
    text = row.string("level")
    found = next((one for one in LEVELS if one == text), None)
    if text and found is None:
        row.problem(f'unknown level "{text}"', f"Write one of {', '.join(LEVELS)}")
    return found


def _teams(row: Row, level: OrgLevel) -> tuple[Team, ...]:
    """Those that are named, `none`, or where nothing is said the usual ones of the level."""
    named = row.fields.get("teams", "").split()
    if not named:
        return USUAL_TEAMS.get(level, ())
    for one in named:
        if one not in (*TEAMS, "none"):
            row.problem(f'there is no team "{one}"', f"Write some of {', '.join(TEAMS)}, or none")
    return tuple(one for one in TEAMS if one in named)


def _note_wrong_parents(listed: Mapping[str, _Listed], lines: Mapping[str, int]) -> None:
    top = None
    for key, one in listed.items():
        parent = listed.get(one.parent)
        if not one.parent:
            if top is not None:
                one.row.problem(
                    f'"{key}" has no parent, and "{top}" has none either',
                    "Give every organisation but one its parent",
                )
            elif one.level == "partner":
                one.row.problem(f'the partner "{key}" has no parent', "Name the parent's id")
            top = top or key
        elif one.parent not in lines:
            one.row.problem(
                f'there is no organisation "{one.parent}"', "Add it to org.csv or correct it"
            )
        elif _in_a_circle(key, listed):
            one.row.problem(f'"{key}" stands below itself', "Name another parent")
        elif parent is not None and not _may_stand_below(one.level, parent.level):
            one.row.problem(
                f'"{key}" ({one.level}) can\'t stand below "{one.parent}" ({parent.level})',
                "Only a partner stands below a partner, else a lower level below a higher one",
            )


def _in_a_circle(key: str, listed: Mapping[str, _Listed]) -> bool:
    above, passed = listed[key].parent, set[str]()
    while above in listed and above not in passed:
        if above == key:
            return True
        passed.add(above)
        above = listed[above].parent
    return False


def _may_stand_below(level: OrgLevel, parent: OrgLevel) -> bool:
    return level == "partner" or LEVELS.index(parent) < LEVELS.index(level)


def _from_the_top(listed: Mapping[str, _Listed]) -> tuple[Org, ...]:
    """Each after its parent, children in the order of the file. Who hangs on no top is left out:
    that was noted."""
    below: dict[str, list[str]] = {}
    for key, one in listed.items():
        below.setdefault(one.parent, []).append(key)
    found: list[Org] = []
    waiting = [(key, key) for key in reversed(below.get("", []))]
    while waiting:
        key, path = waiting.pop()
        one = listed[key]
        if len(path) > LONGEST_PATH:
            one.row.problem(
                f'the path of "{key}" has {len(path)} characters',
                f"Use shorter ids: a path may have {LONGEST_PATH}",
            )
            continue
        found.append(Org(key, one.parent, one.level, one.text, path, one.teams))
        waiting += [(child, f"{path}/{child}") for child in reversed(below.get(key, []))]
    return tuple(found)
