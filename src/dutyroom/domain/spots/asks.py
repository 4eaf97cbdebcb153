"""What a command about a spot needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.known import FreshNumber, ZoneAt
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.spots.commands import TakeOnSpot
from dutyroom.domain.spots.decide import SpotCommand
from dutyroom.domain.spots.known import PublicPlaceOf, SpotOf
from dutyroom.domain.spots.state import SpotState


def asks_of_spot(command: SpotCommand, context: Context) -> Iterator[Ask]:
    """The spot; what is opened with it, or withdrawn."""
    yield f"spot:{command.spot}"
    if isinstance(command, TakeOnSpot):
        place = PublicPlaceOf(command.place)
        yield place
        yield SpotOf(command.place, command.kind)
        yield FreshNumber()
        yield f"incident:{command.incident}"
        yield f"task:{command.task}"
        found = context.answer(place)
        if found is not None:
            yield ZoneAt(found.place.lon, found.place.lat)
        return
    state = context.find(SpotState, f"spot:{command.spot}")
    if state is not None:
        yield f"task:{state.taken.task}"
        yield f"incident:{state.taken.incident}"


def about_spot(command: SpotCommand, context: Context) -> About:
    """Who does something about it; of one that is only being taken on, also who looks after its
    zone."""
    state = context.find(SpotState, f"spot:{command.spot}")
    if state is not None:
        return About(org=state.taken.org)
    if not isinstance(command, TakeOnSpot):
        return About()
    found = context.answer(PublicPlaceOf(command.place))
    after = context.codes.org_of_zone.get(found.zone, "") if found else None
    return About(org=command.org, org_too=after)
