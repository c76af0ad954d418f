# SPDX-License-Identifier: Apache-2.0
"""A model's server that misbehaves, one way a path: POST /CASE/v1/chat/completions. Raw bytes on raw sockets.

Prints its port and serves until its input ends. GET /CASE/v1/hits says how often a case was asked, /CASE/v1/last what the
last request was ({"headers", "body"}).
"""
import json
import socketserver
import sys
import threading
import time
import zlib

HITS, LAST = {}, {}
LOCK = threading.Lock()


def chunk(delta=None, finish=None, **more):
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {"id": "x", "object": "chat.completion.chunk", "choices": choices, **more}


def event(value):
    return b"data: " + (value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n\n"


def usage(prompt=20, output=4, cached=8, thinking=1):
    return chunk(usage={"prompt_tokens": prompt, "completion_tokens": output, "total_tokens": prompt + output,
                        "prompt_tokens_details": {"cached_tokens": cached},
                        "completion_tokens_details": {"reasoning_tokens": thinking}})


def call(index, name=None, arguments="", call_id=None, **more):
    piece = {"function": {"arguments": arguments, **({"name": name} if name else {})}, **more}
    if index is not None:
        piece["index"] = index
    if call_id:
        piece["id"] = call_id
    return chunk({"tool_calls": [piece]})


def ending(finish="stop", with_usage=True):
    return event(chunk({}, finish)) + (event(usage()) if with_usage else b"") + event(b"[DONE]")


SAY = event(chunk({"role": "assistant", "content": ""})) + event(chunk({"content": "Hello"})) + event(
    chunk({"content": ", world"}))
PLAIN = SAY + ending()


def calls(*pieces, finish="tool_calls"):
    return b"".join(event(piece) for piece in pieces) + ending(finish)


# What is streamed as it is, with status 200 and text/event-stream.
STREAMS = {
    "plain": PLAIN,
    "crlf": PLAIN.replace(b"\n", b"\r\n"),
    "cr": PLAIN.replace(b"\n", b"\r"),
    "bom": b"\xef\xbb\xbf" + PLAIN,
    "comments": b": ping\n\n" + PLAIN.replace(b"data: ", b": keep-alive\ndata:"),
    "cut": SAY,
    "cut-event": SAY + b'data: {"choices": [{"ind',
    "nothing": b"",
    "no-done": SAY + event(chunk({}, "stop")),
    "no-finish": SAY + event(b"[DONE]"),
    "no-usage": SAY + ending(with_usage=False),
    "null-usage": SAY + event(chunk({}, "stop", usage=None)) + event(b"[DONE]"),
    "odd-usage": SAY + event(chunk({}, "stop", usage={"prompt_tokens": -5, "completion_tokens": "many"})) + event(
        b"[DONE]"),
    "cached-more": SAY + event(chunk({}, "stop")) + event(usage(prompt=5, cached=500, output=2, thinking=90)),
    "bad-json": SAY + event(b'{"choices": [') + ending(),
    "no-object": SAY + event(b'["a"]') + ending(),
    "deep-json": event(b"[" * 100_000) + ending(),
    "error-inside": SAY + event({"error": {"message": "the GPU is\u001b[31m on fire", "code": 500}}),
    "after-done": PLAIN + event(chunk({"content": " and more"})) * 50,
    "length": SAY + ending("length"),
    "filtered": SAY + ending("content_filter"),
    "odd-finish": SAY + ending("tired"),
    "second-choice": event({"choices": [{"index": 1, "delta": {"content": "not me"}},
                                        {"index": 0, "delta": {"content": "me"}}]}) + ending(),
    "parts": event(chunk({"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]})) + ending(),
    "half-character": b'data: {"choices": [{"index": 0, "delta": {"content": "a\xe2\x82"}}]}\n\n' + ending(),
    "lone-surrogate": b'data: {"choices": [{"index": 0, "delta": {"content": "\\ud83d"}}]}\n\n' + ending(),
    "nul": event(chunk({"content": "a\u0000b"})) + ending(),
    "thinking": event(chunk({"reasoning_content": "hm"})) + event(chunk({"reasoning_content": "m"})) + SAY + ending(),
    "reasoning": event(chunk({"reasoning": "hmm"})) + SAY + ending(),
    "tags": event(chunk({"content": "<thi"})) + event(chunk({"content": "nk>\nhm</think>\n\nGood.\n<tool_calls>\n"})) +
    event(chunk({"content": '{"name": "look", "arguments": {"path": "a"}}\n</tool_calls>'})) + ending(),
    "call": calls(call(0, "look", "", "call-1"), call(0, None, '{"pa'), call(0, None, 'th": "a"}')),
    "two-calls": calls(call(0, "look", '{"path": "a"}', "c-1"), call(1, "list", "{}", "c-2")),
    "mixed-pieces": calls(call(0, "look", "", "c-1"), call(1, "list", "", "c-2"), call(0, None, '{"path":'),
                          call(1, None, "{}"), call(0, None, '"a"}')),
    "same-index": calls(call(0, "look", '{"path": "a"}', "c-1"), call(0, "list", "{}", "c-2")),
    "no-index": calls(call(None, "look", '{"path": "a"}', "c-1"), call(None, "list", "{}", "c-2")),
    "same-id": calls(call(0, "look", '{"path": "a"}', "same"), call(1, "list", "{}", "same")),
    "no-id": calls(call(0, "look", '{"path": "a"}')),
    "bad-id": calls(call(0, "look", '{"path": "a"}', "a b\n" + "x" * 1000)),
    "no-name": calls(call(0, None, '{"path": "a"}', "c-1"), call(1, "list", "{}", "c-2")),
    "not-json": calls(call(0, "look", "path=a", "c-1"), call(1, "list", "{}", "c-2")),
    "not-object": calls(call(0, "look", '"{}"', "c-1")),
    "half-arguments": calls(call(0, "look", '{"path": ', "c-1")),
    "cut-arguments": calls(call(0, "look", '{"path": ', "c-1"), finish="length"),
    "no-arguments": calls(call(0, "list", "", "c-1")),
    "object-arguments": calls(chunk({"tool_calls": [{"index": 0, "id": "c-1", "function": {
        "name": "look", "arguments": {"path": "a"}}}]})),
    "odd-calls": calls(chunk({"tool_calls": "none"}), chunk({"tool_calls": [7, {"index": "x"}, {"function": 3}]}),
                       finish="stop"),
    "many-calls": b"".join(event(call(i, "list", "{}")) for i in range(1000)) + ending(),
    "huge-arguments": event(call(0, "look", '{"path": "', "c-1")) +
    b"".join(event(call(0, None, "x" * 100_000)) for _ in range(60)) + ending(),
    "huge-event": b"data: " + b"x" * 6_000_000 + b"\n\n",
    "huge-line": b"x" * 6_000_000,
    "schema-good": event(chunk({"content": '{"a": 1}'})) + ending(),
    "schema-bad": event(chunk({"content": '{"a": "one"}'})) + ending(),
    "schema-prose": event(chunk({"content": "Sure! Here is your JSON"})) + ending(),
}


def whole(body, status="200 OK", content_type="application/json", **headers):
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}",
             "Connection: close", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def failed(status, message="no", **headers):
    return whole({"error": {"message": message}}, status, **headers)


MESSAGE = {"role": "assistant", "content": "Hello, world", "tool_calls": []}
BODY = {"choices": [{"index": 0, "message": MESSAGE, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 20, "completion_tokens": 4}}

# What is sent as it is, in place of a stream.
ANSWERS = {
    "whole": whole(BODY),
    "whole-charset": whole(BODY, content_type="Application/JSON ; charset=utf-8"),
    "whole-no-choices": whole({"object": "x"}),
    "html": whole(b"<html>Sign in to the hotel's network", content_type="text/html"),
    "400": failed("400 Bad Request", "messages: \u001b[2J too odd"),
    "400-context": whole({"error": {"message": "too long", "code": "context_length_exceeded"}}, "400 Bad Request"),
    "401": failed("401 Unauthorized", "bad key sk-secret-1234 given"),
    "403": failed("403 Forbidden"),
    "404": whole({"detail": "no such model"}, "404 Not Found"),
    "413": failed("413 Payload Too Large"),
    "422": whole({"error": "unprocessable"}, "422 Unprocessable Entity"),
    "redirect": whole(b"", "307 Temporary Redirect", Location="/plain/v1/chat/completions"),
    "huge-error": whole(b"e" * 3_000_000, "500 Oops", "text/plain"),
    "empty-500": whole(b"", "500 Oops"),
    "too-long-after": failed("429 Too Many Requests", "slow down", Retry_After="86400"),
    "no-http": b"SSH-2.0-OpenSSH_9.2\r\n",
    "short-body": b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99999\r\n\r\n" + SAY,
    "gzip": b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" +
    zlib.compress(PLAIN),
    "many-headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: " * 1 + b"y" * 100_000 + b"\r\n\r\n",
}

# The first answers; after them comes PLAIN.
AT_FIRST = {
    "429-once": [failed("429 Too Many Requests")],
    "429-after": [failed("429 Too Many Requests", Retry_After="1")],
    "429-after-ms": [failed("429 Too Many Requests", retry_after_ms="300")],
    "429-date": [failed("429 Too Many Requests", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")],
    "500-twice": [failed("500 Oops"), failed("503 Busy")],
    "408-once": [failed("408 Request Timeout")],
    "hangs-up-once": [b""],
    "nothing-once": [b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"],
}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


class Handler(socketserver.StreamRequestHandler):
    def put(self, data):
        self.wfile.write(data)
        self.wfile.flush()

    def endless(self, case):
        self.put(HEAD)
        if case == "endless-comments":
            while True:
                self.put(b": still here\n\n")
                time.sleep(0.05)
        if case == "endless-text":
            while True:
                self.put(event(chunk({"content": "x" * 100_000})))
        if case == "endless-empty":
            while True:
                self.put(event(chunk({"content": ""})) * 1000)
        if case == "stays-open":  # after all was said
            self.put(PLAIN)
            time.sleep(30)
        if case == "stays-open-undone":
            self.put(SAY + event(chunk({}, "stop")))
            time.sleep(30)
        if case == "silent":
            time.sleep(30)
        if case == "stalls":
            self.put(SAY)
            time.sleep(30)
        if case == "slow":
            for at in range(len(PLAIN)):
                self.put(PLAIN[at:at + 1])
                time.sleep(0.0005)

    def handle(self):
        try:
            self.answer()
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self):
        method, path, _ = self.rfile.readline().decode().split(" ", 2)
        headers = {}
        while (line := self.rfile.readline().decode().strip()):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0)))
        _, case, _, what = path.split("/", 3)
        if method == "GET":
            return self.tell(case, what)
        with LOCK:
            HITS[case] = HITS.get(case, 0) + 1
            LAST[case] = {"headers": headers, "body": json.loads(body)}
            hit = HITS[case]
        if case in ANSWERS:
            return self.put(ANSWERS[case])
        if case in AT_FIRST:
            first = AT_FIRST[case]
            return self.put(first[hit - 1] if hit <= len(first) else HEAD + PLAIN)
        if case in STREAMS:
            return self.put(HEAD + STREAMS[case])
        return self.endless(case)

    def tell(self, case, what):
        if what == "hits":
            return self.put(whole(HITS.get(case, 0)))
        if what == "last":
            return self.put(whole(LAST.get(case)))
        names = {"two-models": ["a", "b\u001b"], "models-html": None}.get(case, ["only"])
        return self.put(whole({"data": [{"id": name} for name in names]}) if names else ANSWERS["html"])


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
