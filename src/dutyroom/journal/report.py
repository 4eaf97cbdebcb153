"""What a check of the journal found, for people in both languages and for machines."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from dutyroom.core.text import counted

_MOST_FINDINGS: Final = 100
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: ``what`` is altered, missing (both also of the bytes of an
    attachment), chain, order, version, cut_off, rewritten, action or key."""

    what: str
    position: int
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Loss:
    """The journal had entries to ``lost_to`` once; at ``at_ms`` somebody accepted that it ends at
    ``position``, and it went on from there."""

    position: int
    lost_to: int
    at_ms: int

    def text(self) -> str:
        """For people, in both languages."""
        at = f"{datetime.fromtimestamp(self.at_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"
        return (
            f"  entries {self.position + 1:,} to {self.lost_to:,} were lost; accepted on {at}\n"
            f"    第 {self.position + 1:,} 至 {self.lost_to:,} 条记录已丢失，于 {at} 确认"
        )


@dataclass(slots=True)
class Report:
    """What was checked and what was found. ``losses`` were accepted: they stay in it for ever."""

    entries: int = 0
    findings: list[Finding] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """For machines and for the auditor's page."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "findings": [asdict(one) for one in self.findings],
            "losses": [asdict(one) for one in self.losses],
        }

    def text(self) -> str:
        """For people, in both languages."""
        losses = [one.text() for one in self.losses]
        entries = counted(self.entries, "entry", "entries")
        if self.ok:
            head = (
                f"{entries} checked: the chain is whole.\n已核验 {self.entries:,} 条记录：链完整。"
            )
            return "\n".join([head, *losses])
        more = (" or more", "以上") if len(self.findings) == _MOST_FINDINGS else ("", "")
        lines = [f"  {one.what} at {one.position}: {one.en}\n    {one.zh}" for one in self.findings]
        found = counted(len(self.findings), "finding")
        head = (
            f"{entries} checked: {found}{more[0]}.\n"
            f"已核验 {self.entries:,} 条记录：发现 {len(self.findings)} 处{more[1]}问题。"
        )
        return "\n".join([head, *lines, *losses])

    def add(self, what: str, position: int, en: str, zh: str) -> None:
        """Note a finding; after a hundred only their number would grow."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(Finding(what, position, _plain(en), _plain(zh)))


def _plain(text: str) -> str:
    """Altered rows are quoted in findings: no control characters, no half characters, no end."""
    shown = (one if one.isprintable() else f"\\x{ord(one):02x}" for one in text[:_LONGEST])
    return "".join(shown)
