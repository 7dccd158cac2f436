"""A real HTTP receiver on this machine that misbehaves when told to."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Request(NamedTuple):
    """A request as it came."""

    path: str
    headers: dict[str, str]
    content: Any

    @property
    def key(self) -> str:
        return self.headers["Idempotency-Key"]


class Receiver:
    """An HTTP server at a free port; use it as a context. `answers` are given in turn
    (status, or headers with it), then 200; `slow` are seconds before an answer; `drop` hangs
    up so often after a request was taken, without an answer."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: list[int | tuple[int, dict[str, str]]] = []
        self.slow = 0.0
        self.drop = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append(Request(self.path, dict(self.headers), json.loads(body)))
                time.sleep(receiver.slow)
                if receiver.drop:
                    receiver.drop -= 1
                    self.close_connection = True
                    self.connection.close()
                    return
                answer = receiver.answers.pop(0) if receiver.answers else 200
                status, headers = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"the answer")

            def log_message(self, *_: object) -> None:
                pass

            def handle(self) -> None:
                with contextlib.suppress(OSError, ValueError):  # whoever asked has gone
                    super().handle()

            def finish(self) -> None:
                with contextlib.suppress(OSError, ValueError):
                    super().finish()

        return Handler
