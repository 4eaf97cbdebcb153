"""Checking the journal of this room."""

from django.conf import settings

from dutyroom.journal.verify import Report, verify


def check_journal() -> Report:
    """Verify every entry against the chain and against the checkpoints beside the key."""
    return verify(settings.HOME.key)
