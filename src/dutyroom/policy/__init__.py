"""May this actor do or read this, for which purpose, and why. Decisions only: no data, no clock."""

from dutyroom.policy.decisions import Decision, in_both, may_do, may_read
from dutyroom.policy.roles import READS, ROLES, START_PAGES, VERBS

__all__ = [
    "READS",
    "ROLES",
    "START_PAGES",
    "VERBS",
    "Decision",
    "in_both",
    "may_do",
    "may_read",
]
