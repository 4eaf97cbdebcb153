"""May this actor do or read this, for which purpose, and why. Decisions only: no data, no clock."""

from dutyroom.policy.decisions import (
    Decision,
    in_both,
    limit_of,
    lists_for,
    may_do,
    may_read,
    may_report,
)
from dutyroom.policy.roles import OF_MINORS, READS, ROLES, START_PAGES, TELEMETRY, VERBS

__all__ = [
    "OF_MINORS",
    "READS",
    "ROLES",
    "START_PAGES",
    "TELEMETRY",
    "VERBS",
    "Decision",
    "in_both",
    "limit_of",
    "lists_for",
    "may_do",
    "may_read",
    "may_report",
]
