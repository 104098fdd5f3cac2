"""A cable between a function and a server: it can be pulled out, and plugged in again."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self


class Cable:
    """Listens on a port of its own and passes everything on. Pulled out, connections end and new ones are refused.

    A frayed one says of each connection after how many bytes from the server it breaks.
    """

    def __init__(self, host: str, port: int, breaks_after: Callable[[], int] | None = None) -> None:
        self.server = (host, port)
        self._breaks_after = breaks_after
        self._open: set[socket.socket] = set()
        self._flows = threading.Event()
        self._flows.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._accept()

    def pull_out(self) -> None:
        end(self._listening)
        for connection in list(self._open):
            end(connection)

    def plug_in(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self._accept()

    @property
    def connections(self) -> int:
        return len(self._open) // 2

    def squeeze(self) -> None:
        """Connections stay, and the server gets every request; its answers do not come through."""
        self._flows.clear()

    def let_go(self) -> None:
        self._flows.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pull_out()
        self.let_go()

    def _accept(self) -> None:
        threading.Thread(target=self._accept_at, args=[self._listening], daemon=True).start()

    def _accept_at(self, listening: socket.socket) -> None:
        with suppress(OSError):  # pulled out
            while True:
                near, _ = listening.accept()
                try:
                    far = socket.create_connection(self.server)
                except OSError:  # nobody is there
                    end(near)
                    continue
                self._open |= {near, far}
                threading.Thread(target=self._pass_on, args=[near, far], daemon=True).start()
                threading.Thread(target=self._pass_on, args=[far, near, self._flows], daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, flows: threading.Event | None = None) -> None:
        left = self._breaks_after() if self._breaks_after and flows else None
        with suppress(OSError):
            while data := source.recv(65536 if left is None else min(left, 65536)):
                if flows:
                    flows.wait()
                sink.sendall(data)
                left = None if left is None else left - len(data)
        for connection in (source, sink):
            end(connection)
            self._open.discard(connection)


def end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
