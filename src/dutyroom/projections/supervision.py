"""The last 24 hours in figures: how fast, how many overdue, how often overridden."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, cast

from django.db.models import Count, Q

from dutyroom.citypack.model import Clocks
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.units.whereabouts import Doubt
from dutyroom.projections.capacity import capacity
from dutyroom.projections.figures import (
    HourFigures,
    Interval,
    OverrideReason,
    Overrides,
    RefusedPositions,
    Supervision,
    Takers,
    ZoneFigures,
)
from dutyroom.projections.models import (
    AssignmentView,
    CallView,
    IncidentView,
    PositionDoubt,
    UnitView,
)
from dutyroom.projections.packs import pack_in_force
from dutyroom.projections.rows import read_call, read_incident, read_unit

DAY_MS: Final = 86_400_000


def figures(now_ms: int, takers: Takers) -> Supervision:
    """What the supervision page shows."""
    pack = pack_in_force()
    since = now_ms - DAY_MS
    rows, handled = _open_incidents()
    overdue = [r for r in rows if r.clock and r.clock.due_ms < now_ms]
    units = [read_unit(row) for row in UnitView.objects.values_list("row", flat=True)]
    calls = [
        read_call(row) for row in CallView.objects.filter(open=True).values_list("row", flat=True)
    ]
    answered = CallView.objects.filter(received_at_ms__gte=since, claimed_at_ms__isnull=False)
    answer_s = [
        (claimed - received) / 1000
        for received, claimed in answered.values_list("received_at_ms", "claimed_at_ms")
        if claimed is not None
    ]
    dispatch_s, on_scene_s, late = _first_times(since, pack.clocks)
    return Supervision(
        open=len(rows) + sum(handled.values()),
        pending=sum(r.progress == "pending" for r in rows),
        overdue=len(overdue),
        answer=_summary(
            answer_s,
            sum(s > pack.clocks.answer_s for s in answer_s),
            sum(
                r.state == "ringing" and now_ms - r.since_ms > pack.clocks.answer_s * 1000
                for r in calls
            ),
        ),
        dispatch=_summary(
            dispatch_s,
            late[0],
            sum(r.clock is not None and r.clock.name == "dispatch" for r in overdue),
        ),
        on_scene=_summary(
            on_scene_s, late[1], sum(_not_there_in_time(r, pack.clocks, now_ms) for r in rows)
        ),
        overrides=_overrides(since),
        silent_units=tuple(
            sorted(u.id for u in units if u.silence_due_ms and u.silence_due_ms < now_ms)
        ),
        positions_refused=_positions_refused(since),
        abandoned_owed=sum(r.call_back_owed for r in calls),
        by_zone=_by_zone(rows, handled, {r.id for r in overdue}),
        by_hour=_by_hour(since),
        capacity=capacity(pack, units),
        takers=takers,
    )


def _not_there_in_time(row: IncidentRow, clocks: Clocks, now_ms: int) -> bool:
    """Nobody has arrived at an open incident, and the promise to be there is over."""
    if row.progress not in ("pending", "dispatched", "en_route"):
        return False
    clock = row.clock
    # The clock to set out runs from the dispatch; the other two from when the incident began.
    setting_out = clock is None or clock.name == "en_route"
    from_ms = row.opened_at_ms if clock is None or setting_out else clock.from_ms
    within_s = clocks.on_scene_s.get(row.priority, float("inf"))
    return now_ms - from_ms > within_s * 1000


def _summary(values: Sequence[float], late: int, late_open: int) -> Interval:
    ordered = sorted(values)
    return Interval(
        count=len(ordered),
        median_s=_quantile(ordered, 0.5),
        p90_s=_quantile(ordered, 0.9),
        late=late + late_open,
        late_open=late_open,
    )


def _quantile(ordered: Sequence[float], share: float) -> float | None:
    """The nearest-rank quantile; None of nothing."""
    if not ordered:
        return None
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 100) * len(ordered) // 100) - 1))]


def _first_times(since: int, clocks: Clocks) -> tuple[list[float], list[float], tuple[int, int]]:
    """Per incident: opening to first dispatch and to first arrival, and how many came late."""
    opened = {
        id_: (at, priority)
        for id_, at, priority in IncidentView.objects.filter(opened_at_ms__gte=since).values_list(
            "id", "opened_at_ms", "priority"
        )
    }
    sent: dict[str, int] = {}
    arrived: dict[str, int] = {}
    for incident, dispatched, on_scene in AssignmentView.objects.filter(
        dispatched_at_ms__gte=since
    ).values_list("incident", "dispatched_at_ms", "on_scene_at_ms"):
        sent[incident] = min(sent.get(incident, dispatched), dispatched)
        if on_scene is not None:
            arrived[incident] = min(arrived.get(incident, on_scene), on_scene)
    lists = []
    late = []
    for times, promised in ((sent, clocks.dispatch_s), (arrived, clocks.on_scene_s)):
        pairs = [
            ((at - opened[i][0]) / 1000, opened[i][1]) for i, at in times.items() if i in opened
        ]
        lists.append([s for s, _ in pairs])
        late.append(sum(s > promised.get(priority, float("inf")) for s, priority in pairs))
    return lists[0], lists[1], (late[0], late[1])


def _overrides(since: int) -> Overrides:
    sent = AssignmentView.objects.filter(dispatched_at_ms__gte=since, recommended__isnull=False)
    reasons = Counter(sent.filter(recommended=False).values_list("override_reason", flat=True))
    return Overrides(
        count=sum(reasons.values()),
        of=sent.count(),
        reasons=tuple(OverrideReason(reason=why, count=n) for why, n in reasons.most_common()),
    )


def _positions_refused(since: int) -> tuple[RefusedPositions, ...]:
    """The most first."""
    found = PositionDoubt.objects.filter(changed_ms__gte=since, count__gt=0)
    rows = found.values_list("unit", "count", "first_ms", "why", "open")
    return tuple(
        RefusedPositions(
            unit=unit, count=count, since_ms=first_ms, why=cast(Doubt, why), open=open_
        )
        for unit, count, first_ms, why, open_ in sorted(rows, key=lambda row: (-row[1], row[0]))
    )


def _open_incidents() -> tuple[list[IncidentRow], Counter[str]]:
    """Those that units are sent to or that a promise runs for, and how many others there are in
    each zone: handled ones that wait for their tasks may be many."""
    open_ = IncidentView.objects.filter(open=True)
    handled = Q(progress="cleared", row__contains='"clock":null')
    rows = [read_incident(row) for row in open_.exclude(handled).values_list("row", flat=True)]
    zones = open_.filter(handled).values_list("zone").annotate(count=Count("id"))
    return rows, Counter(dict(zones))


def _by_zone(
    rows: Sequence[IncidentRow], handled: Counter[str], overdue: set[str]
) -> tuple[ZoneFigures, ...]:
    opened = Counter(row.zone for row in rows) + handled
    late = Counter(row.zone for row in rows if row.id in overdue)
    zones = (ZoneFigures(zone=zone, open=n, overdue=late[zone]) for zone, n in opened.items())
    return tuple(sorted(zones, key=lambda one: (-one.overdue, -one.open, one.zone)))


def _by_hour(since: int) -> tuple[HourFigures, ...]:
    """Incidents opened in each of the last 24 hours, oldest first."""
    counts = [0] * 24
    for at in IncidentView.objects.filter(opened_at_ms__gte=since).values_list(
        "opened_at_ms", flat=True
    ):
        counts[min(23, max(0, (at - since) * 24 // DAY_MS))] += 1
    return tuple(
        HourFigures(from_ms=since + hour * DAY_MS // 24, opened=n) for hour, n in enumerate(counts)
    )
