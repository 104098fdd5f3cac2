"""A line to the mail server that has an end in time, and knows whether the server may have the letter by now."""

import time
from smtplib import SMTP, SMTP_SSL
from socket import socket
from typing import Any

PATIENCE = 10.0  # seconds for each answer, as long as there are any left
GO_AHEAD = 354  # what comes now is the letter


class Line(SMTP):
    may_have_it = False

    def __init__(self, until: float, host: str, port: int, name: str, **how: Any) -> None:
        self._until = until  # by time.monotonic()
        super().__init__(host, port, name, timeout=PATIENCE, **how)

    @property
    def _patience(self) -> float:
        return min(PATIENCE, max(self._until - time.monotonic(), 0.001))

    def _get_socket(self, host: str, port: int, _timeout: float) -> socket:
        made: socket = super()._get_socket(host, port, self._patience)  # type: ignore[misc]
        return made

    def getreply(self) -> tuple[int, bytes]:
        if self.sock:
            self.sock.settimeout(self._patience)
        code, said = super().getreply()
        self.may_have_it |= code == GO_AHEAD
        return code, said


class SecureLine(Line, SMTP_SSL):
    """With TLS from the first byte."""
