"""What callers said in follow-up calls, from the read models, of an organisation with all below."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from dutyroom.bulletin.ratings import FEWEST, RatingFigures, ratings_of
from dutyroom.domain.callbacks import CALL_BACKS
from dutyroom.domain.callbacks.row import CallBackRow, key_of
from dutyroom.domain.orgs import within
from dutyroom.projections.below import lies_within
from dutyroom.projections.cases import PORTION, BulletinCase
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.packs import pack_in_force

DAY_MS: Final = 86_400_000


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    """Follow-up calls that came to an end since ``from_ms``; figures name ``cases`` by their ids.
    Of fewer than ``fewest`` answers no share is told."""

    org: str
    days: int
    from_ms: int
    at_ms: int
    fewest: int
    all: RatingFigures
    by_org: tuple[RatingFigures, ...]
    by_category: tuple[RatingFigures, ...]
    cases: tuple[BulletinCase, ...]


def ratings(org: str, days: int, now_ms: int) -> Ratings | None:
    """Of the last so many days; None if there is no such organisation."""
    paths = [one.path for one in pack_in_force().orgs]
    if org and org not in paths:
        return None
    from_ms = now_ms - days * DAY_MS
    rows = ended_call_backs(org, from_ms, now_ms + 1)
    whole, by_org, by_category = ratings_of(
        rows, (one for one in paths if one != org and within(one, org))
    )
    return Ratings(
        org=org,
        days=days,
        from_ms=from_ms,
        at_ms=now_ms,
        fewest=FEWEST,
        all=whole,
        by_org=by_org,
        by_category=by_category,
        cases=tuple(rated_cases(rows)),
    )


def ended_call_backs(org: str, from_ms: int, to_ms: int) -> list[CallBackRow]:
    """Follow-up calls that came to an end from one time to another, which isn't included."""
    found = ListedView.objects.filter(
        kind=CALL_BACKS.name,
        state__in=("done", "given_up"),
        changed_at_ms__gte=from_ms,
        changed_at_ms__lt=to_ms,
    )
    found = found.filter(lies_within(org))
    texts = found.order_by("id").values_list("row", flat=True)
    return [msgspec.json.decode(text, type=CallBackRow) for text in texts]


def call_back_of(incident: str) -> CallBackRow | None:
    """The follow-up call of an incident, if it has one."""
    found = ListedView.objects.filter(id=key_of(incident)).values_list("row", flat=True).first()
    return msgspec.json.decode(found, type=CallBackRow) if found else None


def rated_cases(rows: Sequence[CallBackRow]) -> Iterator[BulletinCase]:
    """The incidents of follow-up calls."""
    of = {one.id: one for one in rows}
    ids = list(of)
    for at in range(0, len(ids), PORTION):
        views = IncidentView.objects.filter(id__in=ids[at : at + PORTION])
        for id_, priority, opened_ms in views.values_list("id", "priority", "opened_at_ms"):
            one = of[id_]
            yield BulletinCase(
                id=id_,
                number=one.number,
                org=one.org,
                category=one.category,
                priority=priority,
                opened_ms=opened_ms,
            )
