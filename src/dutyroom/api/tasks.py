"""Tasks: to whom they can be given."""

from typing import Annotated

import msgspec
from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions import members
from dutyroom.api.asking import reader
from dutyroom.domain.orgs import LONGEST_PATH
from dutyroom.domain.station_handovers.commands import ConfirmStationItem

router = Router(tags=["tasks"])


class Owners(msgspec.Struct, frozen=True, kw_only=True):
    """Staff numbers, in order. ``office``: who of them may take the organisation over."""

    members: tuple[str, ...]
    office: tuple[str, ...]


@router.get("/owners")
def owners(request: HttpRequest, org: Annotated[str, Query(max_length=LONGEST_PATH)]) -> Owners:
    """Who may have tasks of an organisation."""
    reader(request, "owners", org=org)
    office = members.working_for(org, ConfirmStationItem.VERB) or ()
    return Owners(members=members.owners_for(org), office=office)
