"""An independent check of the journal: reads raw rows and calculates every hash anew.

It shares no code with the writer, so that a mistake there can't hide itself here. It trusts
nothing that it reads: SQLite stores any kind of value in any column, and so may whoever alters it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection

from dutyroom.core.text import counted
from dutyroom.journal.checkpoints import Checkpoint, read_checkpoints, written_checkpoints
from dutyroom.journal.report import Loss, Report

__all__ = ["Report", "verify"]

_GROUP: Final = 2_000
_LAST: Final = (1 << 63) - 1
_COLUMNS: Final = (
    "position, stream, version, type, recorded_at_ms, occurred_at_ms, actor, role, purpose, "
    "action, body, sealed, seal_key, prev_hash, hash"
)
_NUMBERS: Final = {"position", "version", "recorded_at_ms", "occurred_at_ms"}
_BYTES: Final = {"body", "sealed", "prev_hash", "hash"}
_MAY_BE_NULL: Final = {"sealed", "seal_key"}
_KINDS: Final = tuple(
    (name, int if name in _NUMBERS else bytes if name in _BYTES else str, name in _MAY_BE_NULL)
    for name in _COLUMNS.split(", ")
)


def verify(keys: Path, progress: Callable[[int], None] | None = None) -> Report:
    """Check every entry, the chain, stream versions, checkpoints, actions and keys.

    ``keys`` is the folder of the centre's key, where the checkpoints are kept.
    """
    report = Report()
    checkpoints: defaultdict[int, list[Checkpoint]] = defaultdict(list)
    for one in read_checkpoints(keys):
        checkpoints[one.position].append(one)
    for one in written_checkpoints(keys):
        if one.lost_to:
            report.losses.append(Loss(one.position, one.lost_to, one.at_ms))
    with _any_text():
        ended_at = _check_entries(report, checkpoints, progress)
        for position in sorted(checkpoints):
            if position > ended_at:
                had = counted(position, "entry", "entries")
                report.add(
                    "cut_off",
                    ended_at,
                    f"the journal ends at {ended_at}, but it had {had} once",
                    f"日志止于 {ended_at}，但曾有 {position} 条",
                )
        _check_placeless(report, ended_at)
        _check_actions(report)
        _check_keys(report)
    return report


def _check_entries(
    report: Report,
    checkpoints: dict[int, list[Checkpoint]],
    progress: Callable[[int], None] | None,
) -> int:
    """Walk the chain; returns the position at which it ends."""
    versions: dict[str, int] = {}
    ended_at, prev_hash = 0, b"\x00" * 32
    for row in _rows():
        report.entries += 1
        if not isinstance(row[0], int):
            report.add("order", ended_at + 1, "a position is no whole number", "位置不是整数")
            continue
        position, stream, version = row[0], str(row[1]), row[2]
        if position != ended_at + 1:
            _gap(report, ended_at + 1, position)
        ended_at = position
        prev_hash = _link(report, row, prev_hash)
        if version != versions.get(stream, 0) + 1:
            report.add(
                "version",
                position,
                f"{stream} goes from version {versions.get(stream, 0)} to {version}",
                f"{stream} 的版本从 {versions.get(stream, 0)} 跳到 {version}",
            )
        if isinstance(version, int):
            versions[stream] = version
        for known in checkpoints.pop(position, ()):
            if known.hash != prev_hash.hex():
                report.add(
                    "rewritten",
                    position,
                    "the chain was rewritten: a checkpoint knows another hash for this position",
                    "链被重写：检查点记录的哈希与此不同",
                )
        if progress is not None and report.entries % _GROUP == 0:
            progress(report.entries)
    return ended_at


@contextmanager
def _any_text() -> Iterator[None]:
    """Let SQLite hand out text that is not UTF-8, so that it is reported and stops nothing."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    kept, raw.text_factory = raw.text_factory, lambda data: data.decode(errors="surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = kept


def _rows() -> Iterator[tuple[Any, ...]]:
    """Entries by position. In SQLite whatever is no number sorts behind all numbers: left out."""
    sql = f"SELECT {_COLUMNS} FROM journal_journalentry WHERE position <= %s"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY position LIMIT %s", [_LAST, _GROUP])
        while rows := cursor.fetchall():
            yield from rows
            after = rows[-1][0]
            cursor.execute(
                f"{sql} AND position > %s ORDER BY position LIMIT %s", [_LAST, after, _GROUP]
            )


def _check_placeless(report: Report, ended_at: int) -> None:
    """Rows that `_rows` left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM journal_journalentry WHERE position > %s", [_LAST])
        count = cursor.fetchone()[0]
    if count:
        report.entries += count
        en = f"entries whose position is no number: {count}"
        report.add("order", ended_at, en, f"位置不是数字的记录：{count} 条")


def _gap(report: Report, expected: int, position: int) -> None:
    if position > expected:
        last = position - 1
        which = f"entry {expected} is" if last == expected else f"entries {expected}-{last} are"
        report.add("missing", expected, f"{which} missing", f"缺少第 {expected}–{last} 条记录")
    else:
        report.add("order", position, "this entry does not belong here", "此记录位置不当")


def _link(report: Report, row: tuple[Any, ...], prev_hash: bytes) -> bytes:
    """Check one entry against its own hash and the one before; returns the hash it claims."""
    values, odd = [], []
    for value, (name, kind, may_be_null) in zip(row, _KINDS, strict=True):
        plain = bytes(value) if isinstance(value, memoryview) else value
        if not (isinstance(plain, kind) or (plain is None and may_be_null)):
            odd.append(name)
        values.append(plain)
    calculated = _calculate(values)
    if values[13] != prev_hash:
        report.add(
            "chain",
            row[0],
            "it does not follow from the entry before: one of them was replaced, removed or moved",
            "与前一条记录不衔接：其一被替换、删除或移动",
        )
    if odd:
        report.add(
            "altered",
            row[0],
            f"a value of another kind than is ever written in {', '.join(odd)}",
            f"字段 {', '.join(odd)} 的值类型不对",
        )
    elif calculated != values[14]:
        report.add(
            "altered",
            row[0],
            f"its contents are not what its hash says ({row[3]} of {row[1]})",
            f"内容与其哈希不符（{row[1]} 的 {row[3]}）",
        )
    return values[14] if isinstance(values[14], bytes) else calculated


def _calculate(values: list[Any]) -> bytes:
    parts = [b"dutyroom/entry/1\n", _as_bytes(values[13])]
    for value in values[:13]:
        if value is None:
            parts.append(b"\xff" * 8)
            continue
        data = _as_bytes(value)
        parts += [len(data).to_bytes(8, "big"), data]
    return hashlib.sha256(b"".join(parts)).digest()


def _as_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode(errors="surrogateescape")


def _check_actions(report: Report) -> None:
    """Each remembered action names the entries that carry it, no more and no fewer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.action, a.first, a.last, COALESCE(e.count, 0) FROM journal_journalaction a "
            "LEFT JOIN (SELECT action, COUNT(*) AS count, MIN(position) AS first, "
            "MAX(position) AS last, MIN(actor) AS one, MAX(actor) AS other "
            "FROM journal_journalentry GROUP BY action) e ON e.action = a.action "
            "WHERE COALESCE(e.count, 0) <> COALESCE(a.last - a.first + 1, 0) "
            "OR e.first <> a.first OR e.last <> a.last "
            "OR e.one <> a.actor OR e.other <> a.actor"
        )
        for action, first, last, count in cursor.fetchall():
            report.add(
                "action",
                _position(first),
                f"action {action} was answered with entries {first}-{last} of its actor, "
                f"but the journal has other ones ({count}) for it",
                f"操作 {action} 已答复为第 {first}–{last} 条，但日志中与之不符（{count} 条）",
            )
    with connection.chunked_cursor() as cursor:  # millions: some at a time
        cursor.execute("SELECT first, result FROM journal_journalaction")
        while answers := cursor.fetchmany(_GROUP):
            for first, result in answers:
                try:
                    json.loads(bytes(result) if isinstance(result, memoryview) else result)
                except (ValueError, TypeError):
                    where = _position(first)
                    report.add("action", where, "its kept answer is damaged", "保存的答复已损坏")


def _check_keys(report: Report) -> None:
    """An erased key leaves its row; a row that is gone took personal data with it unseen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.seal_key, MIN(e.position) FROM journal_journalentry e "
            "LEFT JOIN journal_journalkey k ON k.name = e.seal_key "
            "WHERE e.seal_key IS NOT NULL AND k.name IS NULL GROUP BY e.seal_key"
        )
        for name, position in cursor.fetchall():
            report.add(
                "key",
                _position(position),
                f"the key of {name} is gone, and was not erased by the rules",
                f"{name} 的密钥缺失，且并非按规定销毁",
            )


def _position(value: object) -> int:
    return value if isinstance(value, int) else 0
