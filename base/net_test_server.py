# SPDX-License-Identifier: Apache-2.0
"""An HTTP server on loopback for net_test: prints its port, then answers until its input ends."""
import http.server
import sys
import threading
import time


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hits = 0

    def log_message(self, *_):
        pass

    def start(self, status=200, **headers):
        self.send_response(status)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def do_GET(self):
        Handler.hits += 1
        self.close_connection = True
        try:
            self.answer()
        except BrokenPipeError:
            pass
        except ConnectionResetError:
            pass

    def answer(self):
        if self.path == "/pieces":
            self.start(X_Test="  a b ")
            for piece in (b"one ", b"two ", b"three"):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(0.3)
        elif self.path == "/redirect":
            self.start(302, Location="/pieces", Content_Length="5")
            self.wfile.write(b"there")
        elif self.path == "/endless":
            self.start()
            while True:
                self.wfile.write(b"x" * 65536)
        elif self.path == "/headers":
            self.start(**{f"X_{i}": "y" * 1000 for i in range(90)})
        elif self.path == "/silent":
            self.start()
            time.sleep(20)
        elif self.path == "/hits":
            self.start()
            self.wfile.write(str(Handler.hits).encode())
        else:
            self.start(404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True
        self.start()
        self.wfile.write(f"{self.headers['Authorization']}|{self.headers['Content-Type']}|".encode() + body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
