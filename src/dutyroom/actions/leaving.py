"""Who leaves, or works elsewhere from now on, leaves no task or request without an owner."""

from collections.abc import Callable, Sequence

from dutyroom.actions.adopting import OPERATOR, fresh_id
from dutyroom.domain.desk_requests.commands import ReleaseDeskRequest
from dutyroom.domain.matters.commands import ReleaseMatter
from dutyroom.domain.tasks.commands import ReleaseTask
from dutyroom.projections.desk_requests import requests_owned_by
from dutyroom.projections.matters import matters_owned_by
from dutyroom.projections.tasks import owned_by


def release_tasks(member: str, keeps: Callable[[str], bool]) -> int:
    """Let what a member had fall back to its teams, but for what lies with an organisation whose
    tasks they keep; how many there were."""
    leaving = [ReleaseTask(task) for task, org in owned_by(member) if not keeps(org)]
    return _release(member, leaving)


def release_requests(member: str, keeps: Callable[[str], bool]) -> int:
    """The same of requests to specialist desks."""
    owned = requests_owned_by(member)
    return _release(member, [ReleaseDeskRequest(one) for one, org in owned if not keeps(org)])


def release_matters(member: str, keeps: Callable[[str], bool]) -> int:
    """The same of matters that they followed."""
    owned = matters_owned_by(member)
    return _release(member, [ReleaseMatter(one) for one, org in owned if not keeps(org)])


def _release(
    member: str, leaving: Sequence[ReleaseTask | ReleaseDeskRequest | ReleaseMatter]
) -> int:
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request
    from dutyroom.actions.room import opening

    if not leaving:
        return 0
    with opening() as door:
        for command in leaving:
            outcome = door.perform(Request(fresh_id(), OPERATOR, command))
            if not isinstance(outcome, Done):
                raise RuntimeError(f"{command} stays with {member}: {outcome}")
    return len(leaving)
