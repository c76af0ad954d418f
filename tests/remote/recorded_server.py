# SPDX-License-Identifier: Apache-2.0
"""A chat completions server that plays recorded conversations, for tests of whole workflows.

    recorded_server.py RECORDING.json        prints its port, serves until its input ends, then prints a report

Start it with a pipe as stdin and read one line (the port). Point the program at it with
`--model http://127.0.0.1:PORT/v1#recorded` (a loopback endpoint needs no consent), or with
OPENAI_BASE_URL=http://127.0.0.1:PORT/v1 and `--model remote:recorded`. Close its stdin when the program has ended: the last
line of its output is the report {"served": N, "unused": [names], "unmatched": [{"request", "why"}]}, and its exit status
is 0 when every turn was used and every request matched, else 1. From Python:

    with recorded_server.playing("my.json") as server:       # sys.path: tests/remote
        subprocess.run([fathom, "run", "w.yaml", "--model", server.url + "#recorded"], ...)
    assert server.report["unmatched"] == [] and server.report["unused"] == []

A recording is {"turns": [...]}; with "log": true the report has "requests", the bodies as they came. A request is answered by the first unused turn whose `expect` fits it, so the turns of
parallel steps may stand in any order. A turn:

    name      for reports; the turn's number when absent
    expect    every fact given must hold; an empty one fits everything
        model            the model's name
        last_role        role of the last message
        last_contains    text, or a list of texts, in the last message's content
        contains         the same, in the contents of all messages together
        lacks            the same, and none of them may be there
        messages         how many there are
        results          how many tool results there are
        tools            names that must all be offered
        no_tools         true: none are offered
        tool_choice      as sent
        schema           true or false: whether an answer in a schema is asked for
        schema_has       names that must be properties of that schema
    reply     what is streamed (or sent whole, when the request does not ask for a stream)
        content          text
        json             in place of content: a value, sent as JSON text
        thinking         reasoning_content before it
        calls            [{"name", "arguments": object or raw text, "id": optional}]
        finish           finish_reason; by default "tool_calls" with calls, else "stop"
        usage            {"prompt", "cached", "output", "thinking"}; by default counted as one token for four bytes
        piece            characters in one delta (7)
        delay_ms         before the first byte
        status, body     in place of all that: an HTTP error with this JSON body
        headers          of the answer
        cut              true: the stream ends without finish_reason and without [DONE]
    repeat    true: the turn may be used any number of times, and none
    times     how often it must be used (1)
"""
import contextlib
import http.server
import json
import pathlib
import subprocess
import sys
import threading
import time


def text_of(message):
    content = message.get("content")
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content if isinstance(part, dict))
    return content or ""


def listed(value):
    return value if isinstance(value, list) else [value]


def misfit(expect, request):
    """The first fact that does not hold, in words; None when the request fits."""
    messages = request.get("messages") or []
    last = messages[-1] if messages else {}
    everything = "\n".join(text_of(message) for message in messages)
    offered = [tool["function"]["name"] for tool in request.get("tools") or []]
    schema = ((request.get("response_format") or {}).get("json_schema") or {}).get("schema")
    checks = {
        "model": lambda want: request.get("model") == want,
        "last_role": lambda want: last.get("role") == want,
        "last_contains": lambda want: all(part in text_of(last) for part in listed(want)),
        "contains": lambda want: all(part in everything for part in listed(want)),
        "lacks": lambda want: not any(part in everything for part in listed(want)),
        "messages": lambda want: len(messages) == want,
        "results": lambda want: sum(message.get("role") == "tool" for message in messages) == want,
        "tools": lambda want: all(name in offered for name in want),
        "no_tools": lambda want: (not offered) == want,
        "tool_choice": lambda want: request.get("tool_choice") == want,
        "schema": lambda want: (schema is not None) == want,
        "schema_has": lambda want: all(name in (schema or {}).get("properties", {}) for name in want),
    }
    for fact in expect:
        if fact not in checks:
            sys.exit(f"recorded_server: unknown fact {fact!r}; known are {sorted(checks)}")
    for fact, want in expect.items():
        if not checks[fact](want):
            return f"{fact}: expected {json.dumps(want)}"
    return None


class Recording:
    def __init__(self, turns, log=False):
        self.turns = turns
        self.log = [] if log else None
        self.used = [0] * len(turns)
        self.unmatched = []
        self.served = 0
        self.lock = threading.Lock()
        known = {"name", "expect", "reply", "repeat", "times"}
        for index, turn in enumerate(turns):
            unknown = set(turn) - known
            if unknown:
                sys.exit(f"recorded_server: turn {index}: unknown keys {sorted(unknown)}")
            misfit(turn.get("expect", {}), {})  # an unknown fact fails here, before anything is served

    def name(self, index):
        return str(self.turns[index].get("name", index))

    def is_left(self, index):
        turn = self.turns[index]
        return turn.get("repeat") or self.used[index] < turn.get("times", 1)

    def take(self, request):
        with self.lock:
            if self.log is not None:
                self.log.append(request)
            why = {}
            for index, turn in enumerate(self.turns):
                if not self.is_left(index):
                    continue
                misfits = misfit(turn.get("expect", {}), request)
                if misfits is None:
                    self.used[index] += 1
                    self.served += 1
                    return turn["reply"]
                why[self.name(index)] = misfits
            self.unmatched.append({"request": request, "why": why})
            return {"status": 400, "body": {"error": {"message": "no recorded turn fits: " + json.dumps(why)}}}

    def report(self):
        unused = [self.name(index) for index, turn in enumerate(self.turns)
                  if not turn.get("repeat") and self.used[index] < turn.get("times", 1)]
        report = {"served": self.served, "unused": unused, "unmatched": self.unmatched}
        return report if self.log is None else {**report, "requests": self.log}


def usage_of(reply, request):
    given = reply.get("usage", {})
    prompt = given.get("prompt", len(json.dumps(request.get("messages"))) // 4)
    said = reply.get("content", "") + reply.get("thinking", "") + json.dumps(reply.get("calls", ""))
    output = given.get("output", max(1, len(said) // 4))
    return {"prompt_tokens": prompt, "completion_tokens": output, "total_tokens": prompt + output,
            "prompt_tokens_details": {"cached_tokens": given.get("cached", 0)},
            "completion_tokens_details": {"reasoning_tokens": given.get("thinking", 0)}}


def calls_of(reply, number):
    calls = []
    for index, call in enumerate(reply.get("calls", [])):
        arguments = call.get("arguments", {})
        text = arguments if isinstance(arguments, str) else json.dumps(arguments)
        calls.append({"index": index, "id": call.get("id", f"call-recorded-{number:04d}-{index:02d}"),
                      "type": "function", "function": {"name": call["name"], "arguments": text}})
    return calls


def pieces(text, size):
    return [text[at:at + size] for at in range(0, len(text), size)]


def deltas_of(reply, calls):
    size = reply.get("piece", 7)
    yield {"role": "assistant", "content": ""}
    for piece in pieces(reply.get("thinking", ""), size):
        yield {"reasoning_content": piece}
    for piece in pieces(reply.get("content", ""), size):
        yield {"content": piece}
    for call in calls:
        head = {**call, "function": {"name": call["function"]["name"], "arguments": ""}}
        yield {"tool_calls": [head]}
        for piece in pieces(call["function"]["arguments"], size):
            yield {"tool_calls": [{"index": call["index"], "function": {"arguments": piece}}]}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    recording = None

    def log_message(self, *_):
        pass

    def send(self, status, body, content_type="application/json", headers=None):
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path.endswith("/models"):
            return self.send(200, json.dumps({"object": "list", "data": [{"id": "recorded"}]}).encode())
        return self.send(404, b'{"error": {"message": "no such path"}}')

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.path.endswith("/chat/completions"):
            return self.send(404, b'{"error": {"message": "no such path"}}')
        reply = dict(self.recording.take(request))
        if "json" in reply:
            reply["content"] = json.dumps(reply["json"])
        time.sleep(reply.get("delay_ms", 0) / 1000)
        if "status" in reply:
            return self.send(reply["status"], json.dumps(reply.get("body", {})).encode(), headers=reply.get("headers"))
        calls = calls_of(reply, self.recording.served)
        finish = reply.get("finish", "tool_calls" if calls else "stop")
        usage = usage_of(reply, request)
        head = {"id": f"chatcmpl-{self.recording.served}", "created": 0, "model": request.get("model")}
        if not request.get("stream"):
            message = {"role": "assistant", "content": reply.get("content", ""), "tool_calls": calls}
            choice = {"index": 0, "message": message, "finish_reason": finish}
            body = {**head, "object": "chat.completion", "choices": [choice], "usage": usage}
            return self.send(200, json.dumps(body).encode(), headers=reply.get("headers"))
        self.send(200, b"", "text/event-stream", reply.get("headers"))
        head["object"] = "chat.completion.chunk"

        def event(choices, **more):
            self.wfile.write(b"data: " + json.dumps({**head, "choices": choices, **more}).encode() + b"\n\n")

        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for delta in deltas_of(reply, calls):
                event([{"index": 0, "delta": delta, "finish_reason": None}])
            if reply.get("cut"):
                return None
            event([{"index": 0, "delta": {}, "finish_reason": finish}])
            event([], usage=usage)
            self.wfile.write(b"data: [DONE]\n\n")
        return None


def serve(path):
    played = json.loads(pathlib.Path(path).read_text())
    recording = Recording(played["turns"], played.get("log", False))
    Handler.recording = recording
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    report = recording.report()
    print(json.dumps(report), flush=True)
    return 1 if report["unused"] or report["unmatched"] else 0


class Playing:
    """A server in another process: .url ends in /v1, .report is there once the block has ended."""

    def __init__(self, path):
        self.process = subprocess.Popen([sys.executable, __file__, str(path)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{self.process.stdout.readline().strip()}/v1"
        self.report = None

    def end(self):
        out, _ = self.process.communicate("", timeout=30)
        self.report = json.loads(out.strip().splitlines()[-1])


@contextlib.contextmanager
def playing(path):
    server = Playing(path)
    try:
        yield server
    finally:
        server.end()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(serve(sys.argv[1]))
