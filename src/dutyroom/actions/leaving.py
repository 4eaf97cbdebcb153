"""Who leaves, or works elsewhere from now on, leaves nothing without an owner."""

from collections.abc import Callable, Collection
from typing import Final, Literal

from dutyroom.actions.adopting import OPERATOR, fresh_id
from dutyroom.actions.door import Done
from dutyroom.actions.request import Request
from dutyroom.domain import AGGREGATES
from dutyroom.policy import VERBS
from dutyroom.projections.owned import elsewhere, owned_by

_COLUMNS: Final[tuple[Literal["org", "owner"], ...]] = ("org", "owner")
type Keeps = Callable[[str, frozenset[str]], bool]
"""Whether the member still does what lies with an organisation, if one of these roles may."""


def release_all(member: str, keeps: Keeps) -> dict[str, int]:
    """Let what a member had fall back to its teams and desks, but for what they keep; how much of
    each kind of record, by its name, where there was any."""
    leaving = [
        (one.name, one.owned.release(id_))
        for one in AGGREGATES
        if one.owned is not None
        for id_, org in owned_by(one.name, member)
        if not keeps(org, frozenset(VERBS[one.owned.take]))
    ]
    if not leaving:
        return {}
    from dutyroom.actions.room import opening

    counts: dict[str, int] = {}
    with opening() as door:
        for name, command in leaving:
            outcome = door.perform(Request(fresh_id(), OPERATOR, command))
            if not isinstance(outcome, Done):
                raise RuntimeError(f"{command} stays with {member}: {outcome}")
            counts[name] = counts.get(name, 0) + 1
    return counts


def left_with(orgs: Collection[str]) -> tuple[tuple[str, str, int], ...]:
    """How much open work of each kind lies with organisations that aren't among these: the
    organisation, the kind of record, the count."""
    found = (
        line
        for column in _COLUMNS
        for line in elsewhere(
            column,
            [one.name for one in AGGREGATES if one.list and one.list.lies_with == column],
            orgs,
        )
    )
    return tuple(sorted(found))
