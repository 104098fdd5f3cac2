"""A server of a test's own that speaks HTTPS: what it says is its handler's, and may have to wait."""

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Https:
    """While `opened` is clear, its handler may keep silent; for as long as anybody waits, at the most."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], tls: ssl.SSLContext) -> None:
        self.opened = threading.Event()
        self.opened.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who was killed hangs up
        self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.origin = f"https://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self.opened.set()
        self._server.shutdown()
        self._server.server_close()
