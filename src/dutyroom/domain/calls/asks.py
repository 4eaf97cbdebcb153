"""What a command about a call needs to have loaded."""

from collections.abc import Iterator

from dutyroom.domain.calls.commands import EndCall
from dutyroom.domain.calls.decide import CallCommand
from dutyroom.domain.calls.known import IncidentOf
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Ask


def asks_of_call(command: CallCommand, _context: Context) -> Iterator[Ask]:
    """The call, and for its end the incident that it is linked to."""
    yield f"call:{command.call}"
    if isinstance(command, EndCall):
        yield IncidentOf(command.call)
