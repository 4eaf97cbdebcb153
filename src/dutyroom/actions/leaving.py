"""Who leaves, or works elsewhere from now on, leaves no task without an owner."""

from collections.abc import Callable

from dutyroom.actions.adopting import OPERATOR, fresh_id
from dutyroom.domain.tasks.commands import ReleaseTask
from dutyroom.projections.tasks import owned_by


def release_tasks(member: str, keeps: Callable[[str], bool]) -> int:
    """Let what a member had fall back to its teams, but for what lies with an organisation whose
    tasks they keep; how many there were."""
    from dutyroom.actions.door import Done
    from dutyroom.actions.request import Request
    from dutyroom.actions.room import opening

    leaving = [task for task, org in owned_by(member) if not keeps(org)]
    if not leaving:
        return 0
    with opening() as door:
        for task in leaving:
            outcome = door.perform(Request(fresh_id(), OPERATOR, ReleaseTask(task)))
            if not isinstance(outcome, Done):
                raise RuntimeError(f"the task {task} stays with {member}: {outcome}")
    return len(leaving)
