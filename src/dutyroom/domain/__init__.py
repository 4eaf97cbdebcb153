"""The duty room's rules. Pure: one folder per kind of record, and what loops over them."""

from collections.abc import Mapping
from typing import Any, Final

from dutyroom.domain.attachments import ATTACHMENTS
from dutyroom.domain.callbacks import CALL_BACKS
from dutyroom.domain.calls import CALLS
from dutyroom.domain.centre import CENTRE
from dutyroom.domain.desk_requests import DESK_REQUESTS
from dutyroom.domain.handovers import HANDOVERS
from dutyroom.domain.incidents import INCIDENTS
from dutyroom.domain.joint_operations import JOINT_OPERATIONS
from dutyroom.domain.kernel import Aggregate, Command, Event
from dutyroom.domain.loops import LOOPS
from dutyroom.domain.matters import MATTERS
from dutyroom.domain.notices import NOTICES
from dutyroom.domain.orders import ORDERS
from dutyroom.domain.partner_keys import PARTNER_KEYS
from dutyroom.domain.reads import READS
from dutyroom.domain.referrals import REFERRALS
from dutyroom.domain.spots import SPOTS
from dutyroom.domain.station_handovers import STATION_HANDOVERS
from dutyroom.domain.tasks import TASKS
from dutyroom.domain.units import UNITS
from dutyroom.domain.watching.over import watch_over

_RECORDS: Final[tuple[Aggregate[Any, Any], ...]] = (
    CALLS,
    INCIDENTS,
    UNITS,
    HANDOVERS,
    NOTICES,
    TASKS,
    ORDERS,
    STATION_HANDOVERS,
    DESK_REQUESTS,
    JOINT_OPERATIONS,
    ATTACHMENTS,
    MATTERS,
    REFERRALS,
    PARTNER_KEYS,
    SPOTS,
    LOOPS,
    CALL_BACKS,
    CENTRE,
    READS,
)
AGGREGATES: Final[tuple[Aggregate[Any, Any], ...]] = (*_RECORDS, watch_over(_RECORDS))
COMMANDS: Final[Mapping[str, type[Command]]] = {
    kind.VERB: kind for one in AGGREGATES for kind in one.commands
}
"""Every command by its verb."""
EVENTS: Final[Mapping[str, type[Event]]] = {
    kind.TYPE: kind for one in AGGREGATES for kind in one.events
}
"""Every event by its type."""
