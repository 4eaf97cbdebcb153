"""What a command about an attachment needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.domain.attachments.decide import AttachmentCommand
from dutyroom.domain.attachments.known import KeptOf, Uploaded
from dutyroom.domain.attachments.state import AttachmentState
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.tasks.state import TaskState


def asks_of_attachment(command: AttachmentCommand, context: Context) -> Iterator[Ask]:
    """The attachment, its incident and task, what was uploaded, and what is there already."""
    yield f"attachment:{command.attachment}"
    state = context.find(AttachmentState, f"attachment:{command.attachment}")
    if state is not None:
        yield f"incident:{state.incident}"
    elif isinstance(command, AddAttachment):
        yield f"incident:{command.incident}"
        yield Uploaded(command.attachment)
        yield KeptOf(command.incident)
        if command.task is not None:
            yield f"task:{command.task}"


def about_attachment(command: AttachmentCommand, context: Context) -> About:
    """Whose it is, and who is on the incident. Of one that is being added: with whom its task lies;
    to an incident itself stations add nothing, for they read it by way of its tasks."""
    state = context.find(AttachmentState, f"attachment:{command.attachment}")
    id_ = state.incident if state else None
    org = state.org if state else None
    if state is None and isinstance(command, AddAttachment):
        id_ = command.incident
        task = context.find(TaskState, f"task:{command.task}")
        org = task.org if task and task.incident == command.incident else None
    incident = incident_of(id_, context) if id_ else None
    units = frozenset(one.unit for one in incident.open_assignments) if incident else frozenset()
    return About(units_on_incident=units, org=org)
