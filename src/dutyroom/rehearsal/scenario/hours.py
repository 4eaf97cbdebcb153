"""Hours of duty as a change says them, and as a proposal writes them."""

import re
from itertools import groupby
from typing import Final

from dutyroom.citypack.json_entry import Entry
from dutyroom.rehearsal.scenario.model import DAY_S, HOUR_S, Shift
from dutyroom.rehearsal.scenario.read_parts import DAYS

_HOURS: Final = re.compile(
    r"(?P<days>[a-z]{3}(-[a-z]{3})?|daily) (?P<a>[01]\d|2[0-3]):(?P<b>[0-5]\d)"
    r"-(?P<c>[01]\d|2[0-4]):(?P<d>[0-5]\d)"
)


def shifts_of(entry: Entry, said: object) -> list[Shift]:
    """``mon-fri 07:00-15:00``, ``sat 18:00-02:00`` or ``daily 08:00-20:00``."""
    match = _HOURS.fullmatch(said.lower()) if isinstance(said, str) else None
    days = match["days"] if match else ""
    first, _, last = ("mon", "-", "sun") if days == "daily" else days.partition("-")
    if match is None or first not in DAYS or (last or first) not in DAYS:
        entry.problem("hours", f'"{said}" are no hours', 'Write them like "mon-fri 07:00-15:00"')
        return []
    start_s, end_s = (int(match[h]) * HOUR_S + int(match[m]) * 60.0 for h, m in ("ab", "cd"))
    length_s = end_s - start_s if end_s > start_s else end_s - start_s + DAY_S
    begin, end = DAYS.index(first), DAYS.index(last or first)
    numbers = range(begin, (end if end >= begin else end + 7) + 1)
    starts = [number % 7 * DAY_S + start_s for number in numbers]
    return [Shift(start, start + length_s) for start in starts]


def hours_of(shifts: tuple[Shift, ...]) -> list[str]:
    """The hours of a unit as ``set_hours`` reads them; breaks aren't in them."""
    by_times: dict[str, list[int]] = {}
    for shift in shifts:
        day, start_s = divmod(shift.start_s, DAY_S)
        end_s = start_s + shift.end_s - shift.start_s
        times = f"{_clock(start_s)}-{_clock(end_s if end_s <= DAY_S else end_s - DAY_S)}"
        by_times.setdefault(times, []).append(int(day))
    said = []
    for times, days in by_times.items():
        if len(days) == len(DAYS):
            said.append(f"daily {times}")
            continue
        for _, run in groupby(enumerate(sorted(days)), lambda pair: pair[1] - pair[0]):
            numbers = [day for _, day in run]
            last = f"-{DAYS[numbers[-1]]}" if len(numbers) > 1 else ""
            said.append(f"{DAYS[numbers[0]]}{last} {times}")
    return said


def _clock(seconds: float) -> str:
    return f"{int(seconds // HOUR_S):02}:{int(seconds % HOUR_S // 60):02}"
