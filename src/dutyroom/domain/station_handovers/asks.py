"""What a command about a station's handover needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.station_handovers.commands import (
    CompleteStationHandover,
    ConfirmStationItem,
    StartStationHandover,
)
from dutyroom.domain.station_handovers.decide import StationHandoverCommand, passing_on
from dutyroom.domain.station_handovers.known import CommandOffice, DueItems, OpenStationHandover
from dutyroom.domain.station_handovers.state import StationHandoverState
from dutyroom.domain.tasks.asks import asks_of_task
from dutyroom.domain.tasks.known import WorksFor


def asks_of_station_handover(command: StationHandoverCommand, context: Context) -> Iterator[Ask]:
    """The handover, and what is due at its station; of what is confirmed, the task."""
    stream = f"station_handover:{command.station_handover}"
    yield stream
    state = context.find(StationHandoverState, stream)
    match command:
        case StartStationHandover(_, org):
            yield DueItems(org)
            yield CommandOffice(org)
            yield OpenStationHandover(org)
            if (other := context.answer(OpenStationHandover(org))) is not None:
                yield f"station_handover:{other}"
        case ConfirmStationItem() if state is not None:
            yield DueItems(state.org)
            yield WorksFor(command.owner)
            if command.kind == "task":
                yield from asks_of_task(passing_on(command, state, None), context)
        case CompleteStationHandover() if state is not None:
            yield DueItems(state.org)
            yield from (WorksFor(one.owner) for one in state.confirmed)


def about_station_handover(command: StationHandoverCommand, context: Context) -> About:
    """Whose handover it is; of one that only begins, which station's it is to be."""
    state = context.find(StationHandoverState, f"station_handover:{command.station_handover}")
    if state is None and isinstance(command, StartStationHandover):
        return About(org=command.org)
    return About(org=state.org if state else None)
