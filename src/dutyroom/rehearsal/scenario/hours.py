"""Hours of duty as a change says them, and as a proposal writes them."""

import re
from itertools import groupby, pairwise
from typing import Final

from dutyroom.reading.json_entry import Entry
from dutyroom.rehearsal.scenario.model import DAY_S, HOUR_S, Shift
from dutyroom.rehearsal.scenario.read_parts import DAYS

_CLOCK: Final = r"([01]\d|2[0-3]):([0-5]\d)"
_HOURS: Final = re.compile(
    rf"(?P<days>[a-z]{{3}}(-[a-z]{{3}})?|daily) (?P<start>{_CLOCK})-(?P<end>{_CLOCK}|24:00)"
    rf"(?P<breaks>( break {_CLOCK} \d+)*)"
)
_BREAK: Final = re.compile(rf"break ({_CLOCK}) (\d+)")
_LONGEST_BREAK_MIN: Final = 600


def shifts_of(entry: Entry, said: object) -> list[Shift]:
    """``mon-fri 07:00-15:00``, ``sat 18:00-02:00`` or ``daily 08:00-20:00``; breaks of so many
    minutes behind it: ``daily 08:00-20:00 break 12:00 30 break 17:00 15``."""
    match = _HOURS.fullmatch(said.lower()) if isinstance(said, str) else None
    days = match["days"] if match else ""
    first, _, last = ("mon", "-", "sun") if days == "daily" else days.partition("-")
    if match is None or first not in DAYS or (last or first) not in DAYS:
        entry.problem("hours", f'"{said}" are no hours', 'Write them like "mon-fri 07:00-15:00"')
        return []
    start_s, end_s = _seconds(match["start"]), _seconds(match["end"])
    length_s = end_s - start_s if end_s > start_s else end_s - start_s + DAY_S
    breaks = tuple(
        sorted(
            ((_seconds(one[1]) - start_s) % DAY_S, int(one[4]) * 60.0)
            for one in _BREAK.finditer(match["breaks"])
        )
    )
    _check_breaks(entry, said, breaks, length_s)
    begin, end = DAYS.index(first), DAYS.index(last or first)
    numbers = range(begin, (end if end >= begin else end + 7) + 1)
    starts = [number % 7 * DAY_S + start_s for number in numbers]
    return [Shift(start, start + length_s, breaks) for start in starts]


def _check_breaks(
    entry: Entry, said: object, breaks: tuple[tuple[float, float], ...], length_s: float
) -> None:
    if any(not 60.0 <= long_s <= _LONGEST_BREAK_MIN * 60.0 for _, long_s in breaks):
        entry.problem(
            "hours",
            f'a break of "{said}" is too short or too long',
            f"Write minutes from 1 to {_LONGEST_BREAK_MIN}",
        )
    elif any(after_s + long_s > length_s for after_s, long_s in breaks):
        entry.problem(
            "hours", f'a break of "{said}" isn\'t within it', "Move it or make it shorter"
        )
    elif any(one[0] + one[1] > after[0] for one, after in pairwise(breaks)):
        entry.problem("hours", f'breaks of "{said}" overlap', "Write each minute once")


def _seconds(clock: str) -> float:
    hour, minute = clock.split(":")
    return int(hour) * HOUR_S + int(minute) * 60.0


def hours_of(shifts: tuple[Shift, ...]) -> list[str]:
    """The hours of a unit as ``set_hours`` reads them."""
    by_times: dict[str, list[int]] = {}
    for shift in shifts:
        day, start_s = divmod(shift.start_s, DAY_S)
        end_s = start_s + shift.end_s - shift.start_s
        times = f"{_clock(start_s)}-{_clock(end_s if end_s <= DAY_S else end_s - DAY_S)}"
        for after_s, long_s in shift.breaks:
            times += f" break {_clock((start_s + after_s) % DAY_S)} {round(long_s / 60)}"
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
