"""Which partners and specialist desks were asked about incidents, whatever came of it."""

from collections.abc import Sequence
from typing import Final

from django.db.backends.utils import CursorWrapper

from dutyroom.domain.desk_requests import DESK_REQUESTS
from dutyroom.domain.desk_requests.events import (
    DeskAsked,
    DeskAskedAgain,
    DeskRequestWithdrawn,
)
from dutyroom.domain.desk_requests.state import DeskRequestPhase, DeskRequestState
from dutyroom.domain.incidents.needed import Needed
from dutyroom.domain.kernel import Event
from dutyroom.domain.referrals import REFERRALS
from dutyroom.domain.referrals.events import ReferralRecalled, ReferralSent
from dutyroom.domain.referrals.state import ReferralPhase, ReferralState
from dutyroom.projections.facts import Fact
from dutyroom.projections.projector import Writing

KINDS: Final = (REFERRALS.name, DESK_REQUESTS.name)
_RECALLED: Final[ReferralPhase] = "recalled"
_WITHDRAWN: Final[DeskRequestPhase] = "withdrawn"
_ASKED_OR_NOT: Final[tuple[type[Event], ...]] = (
    ReferralSent,
    ReferralRecalled,
    DeskAsked,
    DeskAskedAgain,
    DeskRequestWithdrawn,
)


def asked_about(cursor: CursorWrapper, incidents: Sequence[str]) -> Needed:
    """Those who were asked about some incidents; not who wasn't after all, because the referral
    was recalled or the request withdrawn."""
    cursor.execute(
        "SELECT DISTINCT kind, owner, team FROM projections_listedview "
        f"WHERE kind IN (%s, %s) AND incident IN ({', '.join(['%s'] * len(incidents))}) "
        "AND state NOT IN (%s, %s) ORDER BY kind, owner, team",
        [*KINDS, *incidents, _RECALLED, _WITHDRAWN],
    )
    found = cursor.fetchall()
    return Needed(
        tuple(owner for kind, owner, _ in found if kind == REFERRALS.name),
        tuple(dict.fromkeys(team for kind, _, team in found if kind == DESK_REQUESTS.name)),
    )


def incident_asked_about(writing: Writing, one: Fact) -> str | None:
    """The incident about which a fact says that somebody is asked, or isn't after all."""
    if not isinstance(one.event, _ASKED_OR_NOT):
        return None
    match writing.state_of(one.stream):
        case ReferralState(sent=sent):
            return str(sent.incident)
        case DeskRequestState(incident=incident):
            return str(incident)
    return None
