# SPDX-License-Identifier: Apache-2.0
"""A `fathom serve` of its own for a test: empty home, any free port, a known token."""
import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import time

TOKEN = "test-token-0123456789abcdef"


class Server:
    def __init__(self, fathom, root, *flags, token=TOKEN):
        self.home = tempfile.TemporaryDirectory()
        env = {k: v for k, v in os.environ.items() if not k.startswith("FATHOM_")}
        env.update(FATHOM_HOME=self.home.name, FATHOM_ROOT=root)
        if token:
            env["FATHOM_TOKEN"] = token
        self.log = open(os.path.join(self.home.name, "log"), "w+")
        self.start = lambda: subprocess.Popen([fathom, "--json", "serve", "--port", "0", *flags], env=env,
                                              stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=root)
        self.open()

    def open(self):
        self.process = self.start()
        line = self.process.stdout.readline()
        if not line:
            self.log.seek(0)
            raise RuntimeError("the server did not start: " + self.log.read())
        self.started = json.loads(line)
        self.port = self.started["port"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def restart(self):
        """The same home in a new process."""
        self.end()
        self.open()

    def stop(self, expected=0):
        self.end()
        self.log.close()
        self.home.cleanup()
        if self.process.returncode != expected:
            raise RuntimeError(f"the server ended with {self.process.returncode}, not {expected}")

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise
        self.process.stdout.close()

    def connect(self, timeout=20):
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def raw(self, data, timeout=20):
        """Sends bytes and reads until the server closes: (status, everything)."""
        with self.connect(timeout) as connection:
            connection.sendall(data)
            answer = b""
            while True:
                try:
                    more = connection.recv(65536)
                except ConnectionResetError:
                    break
                if not more:
                    break
                answer += more
        return (int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0), answer

    def ask(self, method, path, body=None, headers=None, token=TOKEN, timeout=120):
        """(status, headers, body) over http.client."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        data = None
        if body is not None:
            sent["Content-Type"] = "application/json"
            data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        sent.update(headers or {})
        connection.request(method, path, data, sent)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, text

    def json(self, method, path, body=None, **more):
        status, _, text = self.ask(method, path, body, **more)
        return status, json.loads(text)

    def events(self, path, body, timeout=120):
        """The data of each event of a stream, and the number of comments."""
        status, headers, text = self.ask("POST", path, body, timeout=timeout)
        assert status == 200 and headers["content-type"] == "text/event-stream", (status, text)
        lines = text.decode().split("\n")
        data = [line[6:] for line in lines if line.startswith("data: ")]
        return data, sum(line.startswith(":") for line in lines)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def rss_kib(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])

    def wait_for(self, what, seconds=10):
        end = time.time() + seconds
        while time.time() < end:
            if what():
                return True
            time.sleep(0.05)
        return False
