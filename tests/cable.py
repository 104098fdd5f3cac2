"""A cable between a function and a server: it can be pulled out, and plugged in again."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class Cable:
    """Listens on a port of its own and passes everything on. Pulled out, connections end and new ones are refused."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
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
                far = socket.create_connection(self._server)
                self._open |= {near, far}
                threading.Thread(target=self._pass_on, args=[near, far], daemon=True).start()
                threading.Thread(target=self._pass_on, args=[far, near, self._flows], daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, flows: threading.Event | None = None) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if flows:
                    flows.wait()
                sink.sendall(data)
        for connection in (source, sink):
            end(connection)
            self._open.discard(connection)


def end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
