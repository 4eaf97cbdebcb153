"""An independent check of the journal: reads raw rows and reckons every hash anew.

It shares no code with the writer, so that a mistake there can't hide itself here.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection

from dutyroom.journal.checkpoints import Checkpoint, read_checkpoints

_GROUP: Final = 2_000
_MOST_FINDINGS: Final = 100
_COLUMNS: Final = (
    "position, stream, version, type, recorded_at_ms, occurred_at_ms, actor, role, purpose, "
    "action, body, sealed, seal_key, prev_hash, hash"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: ``what`` is altered, missing, chain, order, version, cut_off,
    rewritten or action."""

    what: str
    position: int
    en: str
    zh: str


@dataclass(slots=True)
class Report:
    """What was checked and what was found."""

    entries: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """For machines and for the auditor's page."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "findings": [asdict(one) for one in self.findings],
        }

    def text(self) -> str:
        """For people, in both languages."""
        if self.ok:
            return (
                f"{self.entries:,} entries checked: the chain is whole.\n"
                f"已核验 {self.entries:,} 条记录：链完整。"
            )
        lines = [f"  {one.what} at {one.position}: {one.en}\n    {one.zh}" for one in self.findings]
        head = (
            f"{self.entries:,} entries checked: {len(self.findings)} findings.\n"
            f"已核验 {self.entries:,} 条记录：发现 {len(self.findings)} 处问题。"
        )
        return "\n".join([head, *lines])

    def add(self, what: str, position: int, en: str, zh: str) -> None:
        """Note a finding; after a hundred only their number would grow."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(Finding(what, position, en, zh))


def verify(keys: Path, progress: Callable[[int], None] | None = None) -> Report:
    """Check every entry, the chain, the stream versions, the actions and the checkpoints.

    ``keys`` is the folder of the centre's key, where the checkpoints are kept.
    """
    report = Report()
    checkpoints = {one.position: one for one in read_checkpoints(keys)}
    versions: dict[str, int] = {}
    expected, prev_hash = 1, b"\x00" * 32
    for row in _rows():
        position, stream, version = row[0], row[1], row[2]
        if position != expected:
            _gap(report, expected, position)
        expected = position + 1
        prev_hash = _link(report, row, prev_hash)
        if version != versions.get(stream, 0) + 1:
            report.add(
                "version",
                position,
                f"{stream} goes from version {versions.get(stream, 0)} to {version}",
                f"{stream} 的版本从 {versions.get(stream, 0)} 跳到 {version}",
            )
        versions[stream] = version
        _against(report, checkpoints.pop(position, None), bytes(row[14]))
        report.entries += 1
        if progress is not None and report.entries % _GROUP == 0:
            progress(report.entries)
    for one in sorted(checkpoints.values(), key=lambda c: c.position):
        if one.position >= expected:
            report.add(
                "cut_off",
                expected - 1,
                f"the journal ends at {expected - 1}, but it had {one.position} entries once",
                f"记录止于 {expected - 1}，但曾有 {one.position} 条",
            )
    _check_actions(report)
    return report


def _rows() -> Iterator[tuple[Any, ...]]:
    after = -(1 << 62)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM journal_journalentry WHERE position > %s "
                "ORDER BY position LIMIT %s",
                [after, _GROUP],
            )
            rows = cursor.fetchall()
            if not rows:
                return
            yield from rows
            after = rows[-1][0]


def _gap(report: Report, expected: int, position: int) -> None:
    if position > expected:
        last = position - 1
        which = f"entry {expected} is" if last == expected else f"entries {expected}-{last} are"
        report.add("missing", expected, f"{which} missing", f"缺少第 {expected}–{last} 条记录")
    else:
        report.add("order", position, "this entry does not belong here", "此记录位置不当")


def _link(report: Report, row: tuple[Any, ...], prev_hash: bytes) -> bytes:
    """Check one entry against its own hash and the one before; returns the hash it claims."""
    claimed_prev, claimed = bytes(row[13]), bytes(row[14])
    if claimed_prev != prev_hash:
        report.add(
            "chain",
            row[0],
            "it does not follow from the entry before: one of them was replaced, removed or moved",
            "与前一条记录不衔接：其一被替换、删除或移动",
        )
    parts = [b"dutyroom/entry/1\n", claimed_prev]
    for value in row[:13]:
        if value is None:
            parts.append(b"\xff" * 8)
            continue
        data = str(value).encode() if isinstance(value, int | str) else bytes(value)
        parts += [len(data).to_bytes(8, "big"), data]
    if hashlib.sha256(b"".join(parts)).digest() != claimed:
        report.add(
            "altered",
            row[0],
            f"its contents are not what its hash says ({row[3]} of {row[1]})",
            f"内容与其哈希不符（{row[1]} 的 {row[3]}）",
        )
    return claimed


def _against(report: Report, checkpoint: Checkpoint | None, hash_: bytes) -> None:
    if checkpoint is not None and bytes.fromhex(checkpoint.hash) != hash_:
        report.add(
            "rewritten",
            checkpoint.position,
            "the chain was rewritten: a checkpoint knows another hash for this position",
            "链被重写：检查点记录的哈希与此不同",
        )


def _check_actions(report: Report) -> None:
    """Each remembered action must name entries of its own, and say of them what they say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.action, a.first, a.last, a.result, COUNT(e.position) "
            "FROM journal_journalaction a LEFT JOIN journal_journalentry e "
            "ON e.action = a.action WHERE a.first IS NOT NULL "
            "GROUP BY a.action, a.first, a.last, a.result "
            "HAVING COUNT(e.position) <> a.last - a.first + 1"
        )
        for action, first, _, _, count in cursor.fetchall():
            report.add(
                "action",
                first,
                f"action {action} was answered, but {count} of its entries are in the journal",
                f"操作 {action} 已答复，但记录中只有其 {count} 条",
            )
        cursor.execute("SELECT first, result FROM journal_journalaction WHERE first IS NOT NULL")
        for first, result in cursor.fetchall():
            try:
                json.loads(bytes(result))
            except ValueError:
                report.add("action", first, "its kept answer is damaged", "保存的答复已损坏")
