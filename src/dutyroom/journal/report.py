"""What a check of the journal found, for people in both languages and for machines."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final

_MOST_FINDINGS: Final = 100
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: ``what`` is altered, missing, chain, order, version, cut_off,
    rewritten, action or key."""

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
        more = (" or more", "以上") if len(self.findings) == _MOST_FINDINGS else ("", "")
        lines = [f"  {one.what} at {one.position}: {one.en}\n    {one.zh}" for one in self.findings]
        head = (
            f"{self.entries:,} entries checked: {len(self.findings)}{more[0]} findings.\n"
            f"已核验 {self.entries:,} 条记录：发现 {len(self.findings)} 处{more[1]}问题。"
        )
        return "\n".join([head, *lines])

    def add(self, what: str, position: int, en: str, zh: str) -> None:
        """Note a finding; after a hundred only their number would grow."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(Finding(what, position, _plain(en), _plain(zh)))


def _plain(text: str) -> str:
    """Altered rows are quoted in findings: no control characters, no half characters, no end."""
    shown = (one if one.isprintable() else f"\\x{ord(one):02x}" for one in text[:_LONGEST])
    return "".join(shown)
