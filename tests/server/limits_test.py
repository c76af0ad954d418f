# SPDX-License-Identifier: Apache-2.0
"""No request can exhaust the server, and one that goes away leaves nothing behind."""
import concurrent.futures
import contextlib
import json
import re
import socket
import sys
import threading
import time

from server import TOKEN, Server

HEAD = f"Host: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n"
LONG = {"model": "nano", "prompt": "int main(void) {\n", "max_tokens": 30000, "temperature": 1.0, "seed": 1,
        "stream": True}


def completion(body):
    text = json.dumps(body)
    return f"POST /v1/completions HTTP/1.1\r\n{HEAD}Content-Length: {len(text)}\r\n\r\n{text}".encode()


def load(server):
    text = server.ask("GET", "/metrics")[2].decode()
    value = {line.split()[0]: line.split()[1] for line in text.splitlines() if line.startswith("fathom_gen")}
    return float(value["fathom_generations_running"]), float(value["fathom_generations_queued"])


def check_cancel(server):
    """A client that leaves stops its generation within 500 ms, and gives back descriptors and threads."""
    server.ask("GET", "/health")
    time.sleep(0.3)
    descriptors, threads = server.descriptors(), server.threads()
    for leave in ("close", "reset"):
        connection = server.connect()
        connection.sendall(completion(LONG))
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        if leave == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
        left = time.time()
        assert server.wait_for(lambda: load(server) == (0, 0), 5), f"{leave}: it still runs"
        print(f"{leave}: the generation ended {time.time() - left:.2f} s after its client left")
    assert server.wait_for(lambda: server.descriptors() <= descriptors), (descriptors, server.descriptors())
    assert server.wait_for(lambda: server.threads() <= threads), (threads, server.threads())


def check_cancel_storm(server, count=150):
    before = server.rss_kib()
    for i in range(count):
        connection = server.connect()
        connection.sendall(completion(dict(LONG, seed=i)))
        if i % 3 == 0:
            connection.recv(1)
        connection.close()
    assert server.wait_for(lambda: load(server) == (0, 0), 20), "a storm of cancels leaves work behind"
    print(f"{count} cancelled requests: {server.rss_kib() - before:+d} KiB resident")
    assert server.rss_kib() - before < 200 << 10


def check_slow(server):
    """Slow senders are cut off while a well-behaved client is served."""
    header = server.connect(30)
    header.sendall(b"GET /health HTTP/1.1\r\nHo")
    start = time.time()
    assert server.ask("GET", "/health")[0] == 200
    assert header.recv(100).startswith(b"HTTP/1.1 408"), "a slow header"
    assert 8 < time.time() - start < 15, time.time() - start
    print(f"a slow header was cut off after {time.time() - start:.1f} s")


def stalls(server, seed):
    """Whether a generation was still under way when its reader, who reads nothing, was given up."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", server.port))
    start = time.time()
    # Hot, with much to tell of each token: the buffers are full before the model comes to an end.
    connection.sendall(completion(dict(LONG, temperature=2, logprobs=8, seed=seed)))
    seen = server.wait_for(lambda: load(server)[0] == 1, 5)  # not seen: it may have ended between two looks
    assert server.wait_for(lambda: load(server)[0] == 0, 60), "a reader that does not read holds a turn"
    seconds = time.time() - start
    connection.settimeout(30)
    told = b""
    with contextlib.suppress(ConnectionResetError):
        while b"[DONE]" not in told[-100:] and (more := connection.recv(1 << 20)):
            told += more
    connection.close()
    if b"[DONE]" in told[-100:]:
        return False
    assert seen, "neither under way nor answered"
    print(f"a reader that does not read was given up after {seconds:.1f} s and {told.count(b'data:')} tokens")
    assert seconds > 9, "given up too early"
    return True


def check_slow_reader(server):
    """A reader that stops reading is given up; its generation does not hold its turn for ever."""
    assert any(stalls(server, seed) for seed in range(3, 20)), "every generation came to its end"


def check_bodies(server):
    deep = "[" * 5000 + "]" * 5000
    wide = '{"model": "nano", "input": [' + "1," * 2_500_000 + "1]}"
    assert server.json("POST", "/tokenize", '{"text": %s}' % deep)[0] == 400
    assert server.json("POST", "/v1/embeddings", wide)[0] == 413
    status, answer = server.json("POST", "/v1/completions",
                                 {"model": "nano", "prompt": [5] * 1_000_000, "max_tokens": 1})
    assert status == 400 and answer["error"]["code"] == "context_length_exceeded", answer
    for bad in ({"max_tokens": -1}, {"max_tokens": 2**62}, {"max_tokens": 1.5}, {"temperature": 1e308},
                {"n": 2}, {"seed": "a"}, {"stop": [1]}, {"tempratur": 1}, {"logprobs": 21}):
        status, answer = server.json("POST", "/v1/completions", dict({"model": "nano", "prompt": "a"}, **bad))
        assert status == 400 and next(iter(bad)) in answer["error"]["message"], (bad, status, answer)
        assert answer["error"]["type"] == "invalid_request_error" and answer["error"]["request_id"]
    assert server.json("POST", "/v1/completions", {"model": "gpt", "prompt": "a"})[0] == 404


def check_idle_sockets(server, count=600):
    """More idle sockets than connections: somebody with a request still gets in."""
    sockets = []
    for _ in range(count):
        try:
            sockets.append(server.connect(5))
        except OSError:
            break
    start = time.time()
    assert server.ask("GET", "/health", timeout=10)[0] == 200
    print(f"{len(sockets)} idle sockets: a request took {time.time() - start:.2f} s")
    for each in sockets:
        each.close()


def check_queue(server):
    """Beyond the queue: 429 with Retry-After, and the rest is served."""
    results, lock = [], threading.Lock()

    def one(i):
        status, headers, _ = server.ask("POST", "/v1/completions",
                                        {"model": "nano", "prompt": "a", "max_tokens": 40, "seed": i})
        with lock:
            results.append((status, headers.get("retry-after")))

    threads = [threading.Thread(target=one, args=(i,)) for i in range(180)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [r for r in results if r[0] == 429]
    assert all(r == (200, None) or (r[0] == 429 and r[1]) for r in results), set(results)
    print(f"180 at once: {len(results) - len(refused)} answered, {len(refused)} told to come again")
    assert len(results) - len(refused) >= 100 and refused


def generated(message):
    """The tokens that a refused request had, by its message; none when it never had its turn."""
    told = re.search(r"(\d+) tokens were generated", message)
    return int(told.group(1)) if told else 0


def check_deadline(server):
    """Whoever takes longer than it may is told how far it came, also in a stream, also before its turn."""
    def one(body):
        start = time.time()
        answer = server.ask("POST", "/v1/completions", body)
        return (*answer, time.time() - start)

    # Of some prompts the likeliest text is a loop without an end; of which depends on the weights.
    prompts = (LONG["prompt"], "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,", "a a a a a a a a a a a a a a", "x = 1\nx = 1\nx = 1\n")
    endless = next(body for body in (dict(LONG, prompt=prompt, temperature=0) for prompt in prompts)
                   if b"deadline_exceeded" in one(body)[2])
    whole = dict(endless, stream=False)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        results = [each.result() for each in [pool.submit(one, whole) for _ in range(3)]]
    messages = []
    for status, _, body, seconds in results:
        assert status == 504, (status, body[:300])
        error = json.loads(body)["error"]
        assert error["code"] == "deadline_exceeded", error
        assert 1 <= seconds < 4, seconds
        messages.append(error["message"])
    counts = sorted(generated(message) for message in messages)
    # One runs at a time: the others wait, and have at most what is left between its end and theirs.
    assert counts[-1] > 0 and counts[-2] < counts[-1] / 2, messages
    status, _, body, _ = one(endless)
    events = [json.loads(line[6:]) for line in body.decode().split("\n\n") if line.startswith("data: ")]
    assert status == 200 and "choices" in events[0], body[:300]
    assert events[-1]["error"]["code"] == "deadline_exceeded", events[-1]
    assert server.wait_for(lambda: load(server) == (0, 0)), load(server)
    assert one({"model": "nano", "prompt": "a", "max_tokens": 4})[0] == 200


def check_all(*checks, flags=()):
    with Server(*sys.argv[1:3], *flags) as server:
        for check in checks:
            start = time.time()
            check(server)
            print(f"{check.__name__}: {time.time() - start:.1f} s", flush=True)


def main():
    # Two mostly wait; meanwhile the others work, each group with a server of its own.
    with concurrent.futures.ThreadPoolExecutor() as pool:
        groups = [pool.submit(check_all, *checks) for checks in
                  ((check_cancel, check_bodies, check_cancel_storm, check_idle_sockets, check_queue),
                   (check_slow_reader,), (check_slow,))]
        groups.append(pool.submit(check_all, check_deadline,
                                  flags=("--running", "1", "--request-seconds-max", "1")))
        for group in groups:
            group.result()
    # Stopping while a stream runs: it is let go, and the exit status says that all is well.
    server = Server(*sys.argv[1:3])
    connection = server.connect()
    connection.sendall(completion(dict(LONG, max_tokens=50)))
    connection.recv(10)
    server.stop(expected=0)
    connection.close()
    print("stopped while a stream ran")
    return 0


if __name__ == "__main__":
    sys.exit(main())
