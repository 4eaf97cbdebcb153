"""Group commit: one thread per process carries all writes, many in one transaction. Work that comes
alone may be done by the thread that brings it, without waiting for another one to wake up.

Each piece of work is answered after the commit: what was answered is on the disk. A commit that
fails answers nobody with success. Where one piece raises, nothing of its group happened, and each
is run again alone: that is rare (a refusal is a result), and a savepoint for each would cost all.
"""

import logging
import queue
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import UUID

from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    DataError,
    IntegrityError,
    connection,
    connections,
)
from django.db.backends.utils import CursorWrapper

from dutyroom.journal.answered import Answered
from dutyroom.journal.append import Tail
from dutyroom.journal.beginning import begin
from dutyroom.journal.keys import Keyring
from dutyroom.journal.transactions import writing

LARGEST_GROUP: Final = 64
_NEVER: Final = (DataError, IntegrityError)
"""The database works and refuses what is to be written, as it would each time: a fault of ours.
Whoever sent it again and again would wait for ever, and so would all that they do after it."""

_log = logging.getLogger("dutyroom.journal")


class NotCommitted(Exception):
    """The database could not save: nothing of this work happened. The same may be tried again."""


class Listener(Protocol):
    """Hears of each group: caches are brought up to date or thrown away."""

    def begin(self, cursor: CursorWrapper, position: int) -> None:
        """The lock is held, the journal ends at ``position``; other processes may have written."""

    def committed(self, position: int, hash_: bytes) -> None:
        """The group is on the disk; the journal ends here now."""

    def rolled_back(self) -> None:
        """Nothing of the group happened."""


@dataclass(slots=True)
class _Piece:
    work: Callable[[CursorWrapper], Any]
    answer: "Future[Any]"
    action: UUID | None
    keys: Collection[str]


class GroupWriter:
    """Runs pieces of work one after the other, in groups, on a connection of its own; on a thread
    of its own, too, but for work that comes alone."""

    def __init__(self, listener: Listener, keyring: Keyring | None = None) -> None:
        self.tail = Tail()
        self.answered = Answered()
        self._keyring = keyring
        self._listener = listener
        self._queue: queue.SimpleQueue[_Piece | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._changing = threading.Lock()
        self._turn = threading.Lock()
        """Held by the thread that does the work: its own, or one that brought something alone."""
        self._counting = threading.Lock()
        self._unsettled = 0
        self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
        self._connection.inc_thread_sharing()

    def run[T](
        self,
        work: Callable[[CursorWrapper], T],
        action: UUID | None = None,
        keys: Collection[str] = (),
    ) -> T:
        """Do the work inside the next group and return its result after the commit. ``action``: of
        this one, `answered` knows whether it was done before. ``keys``: it will probably seal under
        these, so the keyring asks for them with those of the group.

        Raises `NotCommitted` if the database could not save, and whatever the work raises, also
        where the database will never take what it writes.
        """
        return self.submit(work, action, keys).result()

    def submit[T](
        self,
        work: Callable[[CursorWrapper], T],
        action: UUID | None = None,
        keys: Collection[str] = (),
        *,
        here: bool = False,
    ) -> "Future[T]":
        """As `run`, without waiting. ``here``: where no other work waits, this thread does it,
        and returns after the commit."""
        piece = _Piece(work, Future[Any](), action, keys)
        with self._counting:
            alone = here and not self._unsettled
            self._unsettled += 1
            if alone:
                self._turn.acquire()  # nobody has it, or something would be unsettled
        if alone:
            self._do_alone(piece)
        else:
            self._leave(piece)
        return piece.answer

    def stop(self) -> None:
        """Finish what is queued, then end the thread and close its connection.

        What is submitted meanwhile waits, and is done by another thread: two never serve at once.
        """
        with self._changing:
            if self._thread is not None:
                self._queue.put(None)
                self._thread.join()
                self._thread = None
        with self._turn, self._connected():
            connection.close()

    def _do_alone(self, piece: _Piece) -> None:
        try:
            with self._connected():
                self._settle([piece])
        finally:
            self._turn.release()
            self._settled(1)

    def _leave(self, piece: _Piece) -> None:
        with self._changing:
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="journal", daemon=True)
                self._thread.start()
            self._queue.put(piece)

    def _serve(self) -> None:
        with self._connected():
            while (first := self._queue.get()) is not None:
                with self._turn:
                    group, last = self._gather(first)
                    self._settle(group)
                self._settled(len(group))
                if last:
                    return

    def _settled(self, count: int) -> None:
        with self._counting:
            self._unsettled -= count

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """With the writer's connection as that of this thread: it knows the database's pages, and
        its statements are prepared."""
        own = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self._connection
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = own

    def _gather(self, first: _Piece) -> tuple[list[_Piece], bool]:
        group = [first]
        while len(group) < LARGEST_GROUP:
            try:
                piece = self._queue.get_nowait()
            except queue.Empty:
                break
            if piece is None:
                return group, True
            group.append(piece)
        return group, False

    def _settle(self, group: list[_Piece]) -> None:
        try:
            results = self._commit(group)
        except Exception as error:
            self._undone()
            if isinstance(error, DatabaseError | OSError):
                connection.close()  # whatever state it is in, the next group starts afresh
            if len(group) > 1:
                for piece in group:
                    self._settle([piece])
            else:
                group[0].answer.set_exception(_said(error))
            return
        except BaseException as error:
            self._undone()
            connection.close()
            for piece in group:
                piece.answer.set_exception(error)
            return
        self._report_committed()
        for piece, result in zip(group, results, strict=True):
            piece.answer.set_result(result)

    def _report_committed(self) -> None:
        try:
            self._listener.committed(*self.tail.mark())
        except Exception:  # the group is on the disk all the same, and must be answered so
            _log.exception("committed, but what follows a commit failed")
            self._undone()  # a listener that stopped half-way knows nothing any more

    def _commit(self, group: list[_Piece]) -> list[Any]:
        with writing() as cursor:
            self._begin(cursor, group)
            results = [piece.work(cursor) for piece in group]
            self.answered.keep(cursor)
            return results

    def _begin(self, cursor: CursorWrapper, group: list[_Piece]) -> None:
        keys = {key for one in group for key in one.keys} if self._keyring is not None else set()
        actions = [one.action for one in group if one.action is not None]
        found = begin(cursor, actions, keys)
        self.tail.begin(found.head)
        self.answered.begin(found.answers)
        if self._keyring is not None:
            self._keyring.know(keys, found.keys)
        self._listener.begin(cursor, self.tail.position)

    def _undone(self) -> None:
        self.tail.forget()
        self._listener.rolled_back()


def _said(error: Exception) -> Exception:
    """What whoever waits for a piece of work is told of its failure."""
    if not isinstance(error, DatabaseError | OSError):
        return error
    _log.error("not saved: %s", error)
    return error if isinstance(error, _NEVER) else NotCommitted(str(error))
