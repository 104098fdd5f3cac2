"""A function for the suite: it does what its path says, and tells the backstage what happens to it.

Plain `http.server` under the contract of PORT, so that it can stand in any image and owes nothing to Taskora.
"""

import json
import os
import signal
import sys
import threading
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LONG_AGO = "Tue, 01 Jan 1980 00:00:00 GMT"


def main() -> None:
    tell("begin")
    match os.environ.get("AT_START"):
        case "fail":
            sys.exit(3)
        case "wait":
            wait_for("start")
    server = Server((os.environ.get("HOST", "0.0.0.0"), int(os.environ["PORT"])), Handler)  # noqa: S104
    signal.signal(signal.SIGTERM, lambda *_: at_sigterm(server))
    tell("listen")
    server.serve_forever(poll_interval=0.02)
    server.server_close()  # waits for the requests under way
    tell("end")


def at_sigterm(server: ThreadingHTTPServer) -> None:
    tell("sigterm")
    if os.environ.get("AT_SIGTERM") != "ignore":
        threading.Thread(target=server.shutdown).start()


class Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128


def tell(what: str) -> None:
    backstage(f"/tell/{os.environ['K_SERVICE']}/{os.getpid()}/{what}")


def wait_for(gate: str) -> None:
    backstage(f"/wait/{os.environ['K_SERVICE']}/{os.getpid()}/{gate}")


def backstage(path: str) -> None:
    urllib.request.urlopen(os.environ["BACKSTAGE"] + path, timeout=60).close()  # noqa: S310


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together

    def log_message(self, *_: object) -> None:
        pass

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status not in {204, 304}:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do(self) -> None:
        [_, what, *names] = urlsplit(self.path).path.split("/")
        scenes: dict[str, Callable[..., None]] = {
            "environment": self.environment,
            "events": self.event,
            "exit": self.exit,
            "half": self.half,
            "health": self.health,
            "hold": self.hold,
            "large": self.large,
            "log": self.log,
            "status": self.status,
            "stream": self.stream,
            "stuck": self.hold,
            "tell": self.tell,
            "upload": self.upload,
        }
        scenes.get(what, self.echo)(*names)
        self.wfile.flush()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do  # noqa: N815

    def health(self) -> None:
        tell("probe")
        if os.environ.get("AT_PROBE") == "wait" and not os.environ.get("PROBED"):
            os.environ["PROBED"] = "1"
            return self.answer(503)
        return self.answer(200)

    def tell(self) -> None:
        tell("request")
        self.answer(204)

    def hold(self, gate: str) -> None:
        """Hold the request until the suite opens the gate."""
        wait_for(gate)
        self.answer(200, str(os.getpid()).encode())

    def echo(self, *_: str) -> None:
        said = {
            "method": self.command,
            "target": self.path,
            "headers": [[name.lower(), value] for name, value in self.headers.items()],
            "body": self.read().decode("latin-1"),
            "pid": os.getpid(),
        }
        self.answer(200, json.dumps(said).encode(), content_type="application/json", via="1.1 inside")

    def environment(self) -> None:
        self.answer(200, json.dumps(dict(os.environ)).encode(), content_type="application/json")

    def status(self, status: str) -> None:
        body = b"" if status in {"204", "304"} else b"so it is"
        self.answer(int(status), body, etag='"7"', set_cookie="a=b", cache_control="private", last_modified=LONG_AGO)

    def stream(self, gate: str, number: str = "3") -> None:
        """Server-sent events, each when the suite lets it go."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for n in range(int(number)):
            event = b"data: %d\n\n" % n
            self.wfile.write(b"%x\r\n%b\r\n" % (len(event), event))
            self.wfile.flush()
            wait_for(f"{gate}-{n}")
        self.wfile.write(b"0\r\n\r\n")

    def upload(self) -> None:
        """Read a chunked body and tell of each piece as it arrives."""
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
            tell(f"piece-{len(pieces)}")
        self.rfile.readline()
        self.answer(200, b"".join(pieces))

    def large(self, size: str) -> None:
        self.answer(200, b"x" * int(size))

    def half(self) -> None:
        """Promise ten bytes, send five, and die."""
        self.send_response(200)
        self.send_header("content-length", "100000")
        self.end_headers()
        self.wfile.write(b"x" * 500)
        self.wfile.flush()
        wait_for("half")
        os._exit(1)

    def log(self, line: str) -> None:
        sys.stdout.write(json.dumps({"event": line}) + "\n")
        self.answer(204)

    def event(self) -> None:
        """Hand the event to the backstage as it came."""
        event = {"headers": {name.lower(): value for name, value in self.headers.items()}, "body": self.read().decode()}
        address = f"{os.environ['BACKSTAGE']}/event/{os.environ['K_SERVICE']}"
        urllib.request.urlopen(address, json.dumps(event).encode(), timeout=60).close()  # noqa: S310
        self.answer(204)

    def exit(self, status: str) -> None:
        os._exit(int(status))

    def read(self) -> bytes:
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body
