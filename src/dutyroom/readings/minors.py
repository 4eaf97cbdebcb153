"""What concerns a minor, for the one door to sealed data: incidents, and calls about them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from dutyroom.domain.incidents.minors import concerns_minor
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.projections.models import CallView
from dutyroom.projections.states import States


def any_of_minors(states: States, incidents: Iterable[UUID], calls: Sequence[UUID]) -> bool:
    """Whether one of these incidents is marked, or the one that a call is about."""
    about = CallView.objects.filter(id__in=[str(one) for one in calls], incident__isnull=False)
    linked = about.values_list("incident", flat=True) if calls else ()
    asked = {*incidents, *(UUID(one) for one in linked if one)}
    with connection.cursor() as cursor:

        def find(id_: UUID) -> IncidentState | None:
            return states.of(cursor, IncidentState, f"incident:{id_}")

        return any(concerns_minor(one, find) for one in asked)
