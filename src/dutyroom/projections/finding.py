"""Finding by public number, unit or zone, among open and recently closed incidents only."""

from typing import Final

import msgspec
from django.db.models import Q

from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.units.row import UnitRow
from dutyroom.projections.board import on_board
from dutyroom.projections.models import IncidentView, UnitView
from dutyroom.projections.rows import read_unit

MOST: Final = 50


class FoundRows(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of what was found, the most urgent first."""

    incidents: tuple[IncidentRow, ...]
    units: tuple[UnitRow, ...]


def find(query: str, now_ms: int) -> str:
    """The JSON of `FoundRows`. Nothing is searched in sealed data.

    A public number may be given whole or by its end, with or without the hyphen.
    """
    text = query.strip().upper()
    digits = text.replace("-", "").replace(" ", "")
    wanted = Q(zone__iexact=text)
    if digits.isdigit() and 3 <= len(digits) <= 8:
        tail = f"{digits[:-4]}-{digits[-4:]}" if len(digits) > 4 else digits
        wanted |= Q(number__endswith=tail)
    unit_rows = list(UnitView.objects.filter(id__iexact=text).values_list("row", flat=True))
    for row in unit_rows:
        incident = read_unit(row).incident
        if incident:
            wanted |= Q(id=incident)
    found = IncidentView.objects.filter(on_board(now_ms) & wanted).order_by(
        "priority", "opened_at_ms"
    )
    incidents = ",".join(found.values_list("row", flat=True)[:MOST])
    return f'{{"incidents":[{incidents}],"units":[{",".join(unit_rows)}]}}'
