"""API keys of partners, found by the partner."""

import msgspec
from django.db.backends.utils import CursorWrapper

from dutyroom.domain.partner_keys import PARTNER_KEYS
from dutyroom.domain.partner_keys.row import PartnerKeyRow
from dutyroom.projections.models import ListedView


def keys_in_force(cursor: CursorWrapper, org: str, at_ms: int) -> int:
    """How many keys of a partner let somebody in at a time."""
    cursor.execute(
        "SELECT count(*) FROM projections_listedview "
        'WHERE kind = %s AND org = %s AND "open" AND until_ms > %s',
        [PARTNER_KEYS.name, org, at_ms],
    )
    [count] = cursor.fetchone()
    return int(count)


def partner_keys(org: str | None = None) -> tuple[PartnerKeyRow, ...]:
    """All that there ever were, the latest first; those of one partner, if it is named."""
    found = ListedView.objects.filter(kind=PARTNER_KEYS.name).order_by("-id")
    if org is not None:
        found = found.filter(org=org)
    rows = found.values_list("row", flat=True)
    return tuple(msgspec.json.decode(row, type=PartnerKeyRow) for row in rows)
