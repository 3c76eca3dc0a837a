"""A server of one big file under any address, in a process of its own: as fast as loopback goes, with ranges, an ETag.
What is uploaded is read as fast and thrown away. A window meets a homeserver where nothing happens.

`python -m tests.servers.big_file SIZE [HELD] [whole]` prints its port, then for each download the byte it begins at,
and serves until its standard input closes. The first download stops after HELD bytes. `whole`: it knows no ranges.
"""

import random
import re
import socketserver
import sys
import threading

BLOCK = random.Random(7).randbytes(1 << 20)
"""The file is this block over and over: nothing to read from a disk, nothing to gain by packing."""
_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: ([0-9]+)\r\n")
_RANGE = re.compile(rb"\r\n[Rr]ange: bytes=([0-9]+)-\r\n")


class Handler(socketserver.BaseRequestHandler):
    size = 0
    held: int | None = None
    has_ranges = True

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.request.recv(65536)
            if not more:
                return
            head += more
        if head.startswith(b"POST"):
            self.take(head)
        elif b"/sync?" in head:
            self.sync(head)
        elif b"/download/" not in head:
            self.answer("404 Not Found", b'{"errcode": "M_NOT_FOUND", "error": "There is but one file."}')
        else:
            self.send(head)

    def take(self, head: bytes) -> None:
        said = _LENGTH.search(head)
        left = (int(said[1]) if said else 0) - len(head.partition(b"\r\n\r\n")[2])
        room = bytearray(1 << 20)
        while left > 0 and (read := self.request.recv_into(room)):
            left -= read
        self.answer("200 OK", b'{"content_uri": "mxc://bench.local/taken", "filter_id": "1"}')

    def sync(self, head: bytes) -> None:
        if b"timeout=0" in head:
            self.answer("200 OK", b'{"next_batch": "t"}')
        else:
            self.request.recv(1)  # nothing happens until the client is gone

    def answer(self, status: str, body: bytes) -> None:
        head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        self.request.sendall(head.encode() + body)

    def send(self, head: bytes) -> None:
        asked = _RANGE.search(head) if self.has_ranges else None
        start = int(asked[1]) if asked else 0
        lines = ["HTTP/1.1 206 Partial Content" if asked else "HTTP/1.1 200 OK", 'ETag: "one"', "Connection: close"]
        if asked:
            lines.append(f"Content-Range: bytes {start}-{self.size - 1}/{self.size}")
        lines += ["Content-Type: application/octet-stream", f"Content-Length: {self.size - start}", "", ""]
        print(start, flush=True)
        held, Handler.held = self.held, None
        try:
            self.request.sendall("\r\n".join(lines).encode())
            while start < self.size:
                if held is not None and start >= held:
                    self.request.recv(1)  # until the client is gone
                block = memoryview(BLOCK)[start % len(BLOCK) : start % len(BLOCK) + self.size - start]
                self.request.sendall(block)
                start += len(block)
        except ConnectionError:
            return  # the client went away, as it may


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


if __name__ == "__main__":
    Handler.size, *held = (int(word) for word in sys.argv[1:] if word.isdigit())
    Handler.held = held[0] if held else None
    Handler.has_ranges = "whole" not in sys.argv
    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_address[1], flush=True)
        sys.stdin.read()
