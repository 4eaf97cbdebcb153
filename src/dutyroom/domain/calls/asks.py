"""What a command about a call needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.calls.commands import CallBack, EndCall, ReceiveCall
from dutyroom.domain.calls.decide import CallCommand
from dutyroom.domain.calls.known import IncidentOf, NotSafeToCall, call_of
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import About, Ask


def asks_of_call(command: CallCommand, _context: Context) -> Iterator[Ask]:
    """The call, for its end the incident that it is linked to; before anybody is called
    back, whether that is safe."""
    yield f"call:{command.call}"
    if isinstance(command, EndCall):
        yield IncidentOf(command.call)
    if isinstance(command, CallBack):
        yield NotSafeToCall(command.call)


def about_call(command: CallCommand, context: Context) -> About:
    """Whose the call is; one that is only being received is whose who receives it is."""
    state = call_of(command.call, context)
    if state is not None:
        return About(org=state.org)
    return About(org=context.actor.org if isinstance(command, ReceiveCall) else None)
