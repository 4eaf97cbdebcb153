"""Checking the journal of this room, and what lies beside it."""

import json
from uuid import UUID

from django.conf import settings
from django.db import connection

from dutyroom.attachments import files
from dutyroom.domain.attachments.events import AttachmentAdded
from dutyroom.journal.verify import Report, verify


def check_journal() -> Report:
    """Verify every entry against the chain and against the checkpoints beside the key; and that the
    bytes of every attachment are there, as they were when its entry was written."""
    report = verify(settings.HOME.key)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, stream, body FROM journal_journalentry WHERE type = %s "
            "ORDER BY position",
            [AttachmentAdded.TYPE],
        )
        for position, stream, body in cursor.fetchall():
            _check_bytes(report, position, stream, body)
    return report


def _check_bytes(report: Report, position: int, stream: str, body: object) -> None:
    try:
        id_ = UUID(stream.partition(":")[2])
        digest = str(json.loads(bytes(body))["digest"])  # type: ignore[call-overload]
    except (KeyError, TypeError, ValueError, AttributeError):
        return  # an altered entry: the chain says so
    path = files.kept(settings.HOME.attachments, id_, digest)
    if not path.is_file():
        report.add(
            "missing",
            position,
            f"the bytes of attachment {id_} are not in the home: restore its folder attachments",
            f"附件 {id_} 的文件缺失：请恢复主目录中的 attachments 文件夹",
        )
    elif files.digest_of(path) != digest:
        report.add(
            "altered",
            position,
            f"the bytes of attachment {id_} were altered",
            f"附件 {id_} 的文件被改动",
        )
