"""Paths of organisations: province / city / county / station, or a partner.

A path is the ids from the topmost organisation down, joined by ``/``: ``lanchuan/gucheng/PS01``.
The empty path is the whole room.
"""

from collections.abc import Iterable
from typing import Final

LONGEST_PATH: Final = 200
"""So many characters at most, since lists keep paths in columns."""


def within(path: str, of: str) -> bool:
    """Whether an organisation is another one or lies below it; everything is within the room."""
    return not of or path == of or path.startswith(f"{of}/")


def concerns(org: str, member_org: str) -> bool:
    """Whether what is of ``org`` is for a member of ``member_org``: one holds the other, or both
    are the same. So what is of the room is for everybody, and a member of the room sees all.
    """
    return within(org, member_org) or within(member_org, org)


def above(path: str) -> str:
    """The organisation right above another one; the room above the topmost."""
    return path.rpartition("/")[0]


def common(orgs: Iterable[str]) -> str:
    """The organisation above all of these: within another one only if each of them is."""
    split = [one.split("/") for one in orgs]
    same: list[str] = []
    for level in zip(*split, strict=False):
        if len(set(level)) > 1:
            break
        same.append(level[0])
    return "/".join(same)
