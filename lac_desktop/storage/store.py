# SPDX-License-Identifier: AGPL-3.0-or-later
"""One encrypted file at work: a writer that takes turns, and a reader for each thread."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lac_desktop.errors import LacError
from lac_desktop.storage import binding
from lac_desktop.storage.failures import told_by_sqlite

_WAIT_FOR_READERS = 10.0


class Store:
    """Connections to one file. Any thread may use it.

    ``seal`` is run inside each writing transaction, last before it is committed.
    """

    def __init__(
        self,
        file: Path,
        key: bytearray,
        seal: Callable[[binding.Connection], None] | None = None,
    ) -> None:
        self.file = file
        self._key = key
        self._seal = seal
        self._turn = threading.Lock()
        self._writing_thread: int | None = None
        self._local = threading.local()
        self._readers: dict[threading.Thread, binding.Connection] = {}
        self._gate = threading.Condition()
        self._reading = 0
        self._closed = False
        self.generation = 0  # counts commits, so that caches know when they are old
        self._writer = binding.connect(file, key)

    @contextmanager
    def write(self) -> Iterator[binding.Connection]:
        """Run the block as one transaction: kept whole at the end, or undone by any exception."""
        me = threading.get_ident()
        if self._writing_thread == me:
            raise RuntimeError("write() inside write()")
        with told_by_sqlite(self.file.parent), self._turn:
            self._must_be_open()
            self._writing_thread = me
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                if self._seal is not None:
                    self._seal(self._writer)
                self._writer.execute("COMMIT")
                self.generation += 1
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                self._writing_thread = None

    @contextmanager
    def exclusive(self) -> Iterator[binding.Connection]:
        """The writer's connection outside a transaction, for copies and checks."""
        with told_by_sqlite(self.file.parent), self._turn:
            self._must_be_open()
            yield self._writer

    @contextmanager
    def read(self) -> Iterator[binding.Connection]:
        """Run the block on this thread's reader, which sees one moment of the file throughout."""
        with told_by_sqlite(self.file.parent):
            connection = self._enter()
            try:
                outermost = not connection.in_transaction
                if outermost:
                    connection.execute("BEGIN")
                try:
                    yield connection
                finally:
                    if outermost and connection.in_transaction:
                        connection.execute("ROLLBACK")
            finally:
                with self._gate:
                    self._reading -= 1
                    self._gate.notify_all()

    def _enter(self) -> binding.Connection:
        with self._gate:
            self._must_be_open()
            thread = threading.current_thread()
            connection = self._readers.get(thread)
            if connection is None:
                for gone in [t for t in self._readers if not t.is_alive()]:
                    self._readers.pop(gone).close()
                connection = binding.reader(self.file, self._key)
                self._readers[thread] = connection
            self._reading += 1
            return connection

    def interrupt(self, thread: threading.Thread) -> None:
        """Stop what a thread is reading; it gets CancelledError."""
        with self._gate:
            connection = self._readers.get(thread)
            if connection is not None:
                connection.interrupt()

    def _must_be_open(self) -> None:
        if self._closed:
            raise LacError("The notebook is locked.", "Unlock it to go on.")

    def close(self) -> None:
        """Stop readers, empty the write-ahead log into the file, and close. Twice is once."""
        with self._turn, self._gate:
            if self._closed:
                return
            self._closed = True
            for connection in self._readers.values():
                connection.interrupt()
            self._gate.wait_for(lambda: self._reading == 0, _WAIT_FOR_READERS)
            for connection in self._readers.values():
                connection.close()
            self._readers.clear()
            self._writer.close()
