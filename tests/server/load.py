# SPDX-License-Identifier: Apache-2.0
"""Load on one server: STREAMS chat streams at once for MINUTES on two cores. No error; each answer is the one that the
same request gave alone; memory stays flat; no stream gets much less than another; a storm of cancels leaves nothing.

    python3 tests/server/load.py FATHOM ROOT [--streams 64] [--minutes 10]
"""
import argparse
import json
import os
import random
import selectors
import socket
import statistics
import sys
import time

from server import TOKEN, Server

WORDS = "server port limit retry client value file user order table queue token".split()


# Held to a text longer than max_tokens, every answer has the same length.
LONG = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "string", "minLength": 1000}}}


def request(index, user):
    """The same work for every stream, and another answer."""
    text = " ".join(random.Random(index).choices(WORDS, k=12))
    return {"model": "nano", "messages": [{"role": "user", "content": text}], "response_format": LONG,
            "temperature": 1.9, "seed": index, "max_tokens": 64, "user": user}


class Stream:
    """One client: a request after the other, each checked. Bytes are taken apart at the end of an answer only."""

    def __init__(self, server, index, expected):
        self.server, self.index, self.expected = server, index, expected
        self.pieces = self.rounds = 0
        self.errors, self.gaps = [], []
        self.begin()

    def begin(self):
        body = json.dumps(dict(request(self.index, f"{self.index}-{self.rounds % 3}"), stream=True))
        self.socket = self.server.connect()
        self.socket.sendall((f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
                             "Content-Type: application/json\r\nConnection: close\r\n"
                             f"Content-Length: {len(body)}\r\n\r\n{body}").encode())
        self.socket.setblocking(False)
        self.data, self.last = b"", None

    def read(self):
        """False: the answer has ended."""
        more = self.socket.recv(65536)
        now = time.monotonic()
        if self.last is not None:
            self.gaps.append(now - self.last)
        self.last = now
        self.data += more
        self.pieces += more.count(b'"content":')
        if more and not self.data.endswith(b"0\r\n\r\n"):
            return True
        self.socket.close()
        events = [line[6:] for line in self.data.split(b"\n") if line.startswith(b"data: ")]
        text = ""
        try:
            assert self.data.startswith(b"HTTP/1.1 200") and events[-1] == b"[DONE]", self.data[:300]
            for event in map(json.loads, events[:-1]):
                text += (event["choices"][0]["delta"].get("content") or "") if event["choices"] else ""
            if text != self.expected:
                self.errors.append(f"stream {self.index}: {text!r} is not {self.expected!r}")
        except (AssertionError, KeyError, IndexError, ValueError) as error:
            self.errors.append(f"stream {self.index}: {error!r}")
        self.rounds += 1
        return False


def load(server):
    lines = server.ask("GET", "/metrics")[2].decode().splitlines()
    return [float(line.split()[1]) for line in lines if line.startswith(("fathom_generations_", "fathom_state_"))]


def run_streams(server, count, seconds):
    expected = []
    for index in range(count):
        status, answer = server.json("POST", "/v1/chat/completions", request(index, "alone"))
        assert status == 200, answer
        expected.append(answer["choices"][0]["message"]["content"])
    resident = [server.rss_kib()]
    selector = selectors.DefaultSelector()
    streams = [Stream(server, index, expected[index]) for index in range(count)]
    for stream in streams:
        selector.register(stream.socket, selectors.EVENT_READ, stream)
    start, minute = time.monotonic(), 0
    while time.monotonic() - start < seconds:
        for key, _ in selector.select(1):
            stream = key.data
            if stream.read():
                continue
            selector.unregister(key.fileobj)
            stream.begin()
            selector.register(stream.socket, selectors.EVENT_READ, stream)
        if time.monotonic() - start >= 60 * (minute + 1):
            minute += 1
            resident.append(server.rss_kib())
            pieces = sum(stream.pieces for stream in streams)
            print(f"minute {minute}: {pieces} pieces, {resident[-1] >> 10} MiB resident, "
                  f"{load(server)[2] / 2**20:.0f} MiB of states kept", flush=True)
    for stream in streams:  # they leave in the middle of an answer
        stream.socket.close()
    return streams, resident, time.monotonic() - start


def storm(server, count=300):
    """Clients that leave at once, or behind the first bytes."""
    def at_rest():
        return load(server)[:2] == [0, 0]
    assert server.wait_for(at_rest, 30), "streams that were left still run"
    time.sleep(0.5)
    before = server.descriptors(), server.threads(), server.rss_kib()
    for index in range(count):
        body = json.dumps(dict(request(index, f"storm-{index}"), stream=True, max_tokens=2000))
        connection = server.connect()
        connection.sendall((f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
                            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
        if index % 3 == 0:
            connection.settimeout(30)
            connection.recv(1)
        if index % 3 == 1:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
    assert server.wait_for(at_rest, 30), "cancelled work still runs"
    for now, then in ((server.descriptors, before[0]), (server.threads, before[1])):
        assert server.wait_for(lambda: now() <= then), (now(), then)
    print(f"{count} cancels: nothing runs, no descriptor or thread more, {server.rss_kib() - before[2]:+d} KiB resident")


def main():
    flags = argparse.ArgumentParser()
    flags.add_argument("fathom")
    flags.add_argument("root")
    flags.add_argument("--streams", type=int, default=64)
    flags.add_argument("--minutes", type=float, default=10)
    flags = flags.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with Server(flags.fathom, flags.root, "--running", "64") as server:
        streams, resident, seconds = run_streams(server, flags.streams, flags.minutes * 60)
        errors = [error for stream in streams for error in stream.errors]
        pieces = [stream.pieces for stream in streams]
        gaps = sorted(gap for stream in streams for gap in stream.gaps)
        mean = statistics.mean(pieces)
        print(f"{flags.streams} streams, {seconds:.0f} s: {sum(s.rounds for s in streams)} answers, {len(errors)} errors, "
              f"{sum(pieces) / seconds:.0f} pieces/s")
        print(f"pieces of a stream: {min(pieces)} to {max(pieces)}, mean {mean:.0f}, "
              f"deviation {100 * statistics.pstdev(pieces) / mean:.1f} %")
        print(f"between two pieces: median {1e3 * gaps[len(gaps) // 2]:.0f} ms, "
              f"99 % below {1e3 * gaps[len(gaps) * 99 // 100]:.0f} ms, longest {1e3 * gaps[-1]:.0f} ms")
        print("resident, MiB a minute: " + " ".join(str(kib >> 10) for kib in resident))
        for error in errors[:5]:
            print(error)
        storm(server)
    assert not errors
    assert min(pieces) > 0.7 * mean, "one stream got much less than the others"
    if len(resident) > 3:
        assert resident[-1] < 1.1 * max(resident[2:4]), "memory grows"
    return 0


if __name__ == "__main__":
    sys.exit(main())
