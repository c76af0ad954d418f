# SPDX-License-Identifier: Apache-2.0
"""/v1/chat/completions: a stream gives what the whole answer gives, calls included; a later turn computes only what
is new, and never for another user; log-probabilities are those of /v1/completions; what cannot be done is refused
by the name of its field; a client that leaves ends its answer; a corpus answers from its state.
"""
import json
import socket
import sys

from server import TOKEN, Server

PATH = "/v1/chat/completions"
TOOLS = [{"type": "function", "function": {
    "name": name, "description": text,
    "parameters": {"type": "object", "properties": {key: {"type": "string"}}, "required": [key]}}}
    for name, text, key in (("read_file", "Reads a text file of the workspace.", "path"),
                            ("calculate", "Evaluates an arithmetic expression.", "expression"))]
# nano calls read_file for this.
CALLING = {"model": "nano", "messages": [{"role": "user", "content": "Read the file README.md"}], "tools": TOOLS,
           "max_tokens": 80, "temperature": 0}
# Hot, so that it says something whatever it was trained on.
TALKING = {"model": "nano", "messages": [{"role": "system", "content": "Answer briefly."},
                                         {"role": "user", "content": "Hello, how are you?"}],
           "max_tokens": 24, "temperature": 1.9, "seed": 5}


def ask(server, body, expected=200, **more):
    status, answer = server.json("POST", PATH, dict(body, **more))
    assert status == expected, (status, answer)
    return answer


def gathered(server, body, **more):
    """A stream put together as clients do: message, finish reason, usage, pieces."""
    data, _ = server.events(PATH, dict(body, stream=True, stream_options={"include_usage": True}, **more))
    assert data[-1] == "[DONE]", data[-1]
    chunks = [json.loads(d) for d in data[:-1]]
    assert len({c["id"] for c in chunks}) == 1 and chunks[-1]["choices"] == [] and "usage" in chunks[-1]
    message, calls, finish, logprobs, pieces = {"content": ""}, {}, None, None, 0
    for choice in (c["choices"][0] for c in chunks[:-1]):
        assert finish is None, "a piece after the last one"
        delta, finish = choice["delta"], choice["finish_reason"]
        assert ("role" in delta) == ("role" not in message), "the first piece names the role, and only it"
        message["role"] = delta.get("role", message.get("role"))
        message["content"] += delta.get("content") or ""
        logprobs = choice["logprobs"] or logprobs
        for call in delta.get("tool_calls", ()):
            if call["index"] not in calls:
                calls[call["index"]] = {"id": call["id"], "type": call["type"],
                                        "function": {"name": call["function"]["name"], "arguments": ""}}
            calls[call["index"]]["function"]["arguments"] += call["function"]["arguments"]
            pieces += call["function"]["arguments"] != ""
    if calls:
        message["tool_calls"] = [calls[i] for i in sorted(calls)]
    return {"message": message, "finish": finish, "usage": chunks[-1]["usage"], "pieces": pieces, "logprobs": logprobs}


def without_ids(calls):
    return [dict(call, id="") for call in calls]


def check_stream_equals_whole(server):
    whole = ask(server, CALLING)["choices"][0]
    calls = whole["message"]["tool_calls"]
    assert whole["finish_reason"] == "tool_calls" and whole["message"]["content"] is None, whole
    assert json.loads(calls[0]["function"]["arguments"]) == {"path": "README.md"}, calls
    stream = gathered(server, CALLING)
    assert without_ids(stream["message"]["tool_calls"]) == without_ids(calls) and stream["message"]["content"] == ""
    assert stream["finish"] == "tool_calls" and stream["pieces"] > 2, "arguments come as they are written"
    said = ask(server, TALKING)["choices"][0]["message"]["content"]
    # Three letters of it: bytes that are no text come replaced, and would stop nothing.
    stop = next(said[i:i + 3] for i in range(3, len(said)) if said[i:i + 3].isascii() and said[i:i + 3].isalpha())
    for more in ({}, {"logprobs": True, "top_logprobs": 2}, {"stop": [stop]}, {"max_tokens": 3}, {"temperature": 0},
                 {"tools": TOOLS, "tool_choice": "none"}):
        answer = ask(server, TALKING, **more)
        whole, stream = answer["choices"][0], gathered(server, TALKING, **more)
        assert whole["message"]["content"] == stream["message"]["content"] != "", (more, whole, stream)
        assert whole["finish_reason"] == stream["finish"] and whole["logprobs"] == stream["logprobs"]
        assert answer["usage"]["completion_tokens"] == stream["usage"]["completion_tokens"]
    assert ask(server, TALKING, max_tokens=3)["choices"][0]["finish_reason"] == "length"
    stopped = ask(server, TALKING, stop=[stop])["choices"][0]["message"]["content"]
    assert stop not in stopped and said.startswith(stopped), (said, stopped)
    assert ask(server, TALKING)["choices"][0]["message"]["content"] == said, "the same seed says the same"
    assert ask(server, TALKING, seed=6)["choices"][0]["message"]["content"] != said
    # nano's profile shows it two functions; this third one shares no word with the request.
    third = {"type": "function", "function": dict(TOOLS[0]["function"], name="send_mail", description="Sends a mail.")}
    told = ask(server, CALLING, tools=TOOLS + [third])
    assert told["fathom"]["tools_not_shown"] == ["send_mail"] and told["choices"][0]["message"]["tool_calls"], told
    data, _ = server.events(PATH, dict(CALLING, tools=TOOLS + [third], stream=True))
    assert json.loads(data[-2])["fathom"] == told["fathom"] and data[-1] == "[DONE]", "the last piece of a stream names it too"
    assert "tools_not_shown" not in ask(server, CALLING, tools=TOOLS + [third], tool_choice="required").get("fathom", {})
    without = ask(server, CALLING, tool_choice="none")["choices"][0]["message"]
    assert "tool_calls" not in without, without


def check_turns(server):
    """The tool loop: the second request computes the result and nothing before it."""
    first = ask(server, CALLING, user="a")
    message = first["choices"][0]["message"]
    turn = CALLING["messages"] + [message, {"role": "tool", "tool_call_id": message["tool_calls"][0]["id"],
                                            "content": "# Fathom"}]
    second = ask(server, CALLING, user="a", messages=turn)["usage"]
    read = first["usage"]["prompt_tokens"] + first["usage"]["completion_tokens"]
    assert second["prompt_tokens_details"]["cached_tokens"] >= read, (first["usage"], second)
    alone = ask(server, CALLING, user="b", messages=turn)["usage"]
    assert alone["prompt_tokens_details"]["cached_tokens"] == 0, "another user's state was used"
    third = ask(server, CALLING, user="a", messages=turn)
    again = ask(server, CALLING, user="c", messages=turn)
    assert third["choices"][0]["message"]["content"] == again["choices"][0]["message"]["content"]
    changed = [dict(turn[0], content="Read the file README.md now")] + turn[1:]
    cached = lambda messages, user="a": ask(server, CALLING, user=user, messages=messages)["usage"][
        "prompt_tokens_details"]["cached_tokens"]
    # What stands before the first message is shared with every conversation of the client, and nothing else.
    other = [{"role": "user", "content": "Read the file LICENSE"}]
    assert 0 < cached(changed) == cached(other) < first["usage"]["prompt_tokens"]


def check_shared_prefix(server):
    """A second conversation with the same system text computes its own tokens only, and says what it says alone."""
    system = {"role": "system", "content": "Answer from the corpus. " + "Quote the line that says so. " * 60}
    talk = lambda question, user, system=system: ask(server, TALKING, user=user, temperature=0, messages=[
        system, {"role": "user", "content": question}])
    cached = lambda answer: answer["usage"]["prompt_tokens_details"]["cached_tokens"]
    assert cached(talk("What is x?", "s")) == 0
    second = talk("Where is the retry limit?", "s")
    assert 0 < second["usage"]["prompt_tokens"] - cached(second) < 40, second["usage"]
    alone = talk("Where is the retry limit?", "t")
    assert cached(alone) == 0, "another user's state was used"
    assert alone["choices"][0]["message"] == second["choices"][0]["message"]
    assert cached(talk("What is x?", "s", dict(system, content=system["content"] + "!"))) == 0


def check_completions_prefix(server):
    text = "".join(f"value_{i} = {i * i}\n" for i in range(60))
    def usage(more, user):
        answer = server.json("POST", "/v1/completions", {"model": "nano", "prompt": text + more, "max_tokens": 4,
                                                         "user": user})[1]
        return answer["usage"]["prompt_tokens"], answer["usage"]["prompt_tokens_details"]["cached_tokens"]
    cached = [usage(more, "d") for more in ("value_7", "other = 1", "third = 2")]
    assert cached[0][1] == cached[1][1] == 0, cached
    # The second left the first where `text` ends; the third starts there.
    assert cached[2][1] > 0.9 * cached[2][0], cached
    assert usage("third = 2", "e")[1] == 0, "another user's state was used"


def check_logprobs(server):
    """The same numbers as /v1/completions gives for the same tokens read in the same pieces (others round differently)."""
    choice = ask(server, TALKING, logprobs=True, top_logprobs=5, max_tokens=4, temperature=0, user="l")["choices"][0]
    ids = server.json("POST", "/tokenize", {"messages": TALKING["messages"]})[1]["tokens"]
    reply = len(ids) - 1 - ids[::-1].index(ids[1])  # where the assistant's turn begins: a piece of its own in a chat

    def complete(prompt):
        return server.json("POST", "/v1/completions", {"model": "nano", "prompt": prompt, "max_tokens": 4, "logprobs": 5,
                                                       "temperature": 0, "user": "p"})[1]
    complete(ids[:reply] + ids[:1])
    complete(ids[:reply] + ids[2:3])  # leaves the state at `reply`
    answer = complete(ids)
    assert answer["usage"]["prompt_tokens_details"]["cached_tokens"] == reply, (answer["usage"], reply)
    plain = answer["choices"][0]["logprobs"]
    content = choice["logprobs"]["content"]
    assert [c["token"] for c in content] == plain["tokens"], (content, plain)
    for ours, theirs in zip(content, plain["token_logprobs"]):
        assert abs(ours["logprob"] - theirs) < 1e-6, (ours, theirs)
        assert len(ours["top_logprobs"]) == 5 and ours["top_logprobs"][0]["logprob"] >= ours["logprob"] - 1e-6
        assert bytes(ours["bytes"]).decode() == ours["token"]


def check_refusals(server):
    for field, body in (
            ("messages", {"messages": []}), ("messages", {"messages": [{"role": "robot", "content": "a"}]}),
            ("messages", {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]}),
            ("tool_choice", {"tool_choice": "required"}), ("tool_choice", {"tools": TOOLS, "tool_choice": "any"}),
            ("tool_choice", {"tools": TOOLS, "tool_choice": {"type": "function", "function": {"name": "rm"}}}),
            ("tools", {"tools": [{"type": "function"}]}), ("response_format", {"response_format": {"type": "xml"}}),
            ("stream_options.include_usage", {"stream": True, "stream_options": {"include_usage": "yes"}}),
            ("stream_options", {"stream_options": 7}), ("top_logprobs", {"top_logprobs": 2}),
            ("temprature", {"temprature": 1}), ("n", {"n": 2}), ("max_tokens", {"max_tokens": 0}),
            ("fathom.corpse", {"fathom": {"corpse": "a"}})):
        error = ask(server, TALKING, expected=400, **body)["error"]
        assert error["param"] == field and field in error["message"], (field, error)
    assert ask(server, TALKING, expected=404, model="gpt")["error"]["code"] == "model_not_found"
    assert ask(server, TALKING, expected=404, fathom={"corpus": "none"})["error"]["code"] == "not_found"
    long = [{"role": "user", "content": "word " * 60000}]
    assert ask(server, TALKING, expected=400, messages=long)["error"]["code"] == "context_length_exceeded"
    check_limits(server)


def check_limits(server):
    """Each limit under the code that clients of OpenAI's know it by."""
    form = lambda schema: {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    wide = {"type": "integer", "multipleOf": 999, "minimum": -12345678901, "maximum": 98765432109}
    for code, body in (
            ("integer_above_max_value", {"max_tokens": 1 << 50}), ("integer_below_min_value", {"max_tokens": 0}),
            ("decimal_above_max_value", {"temperature": 2.5}), ("decimal_below_min_value", {"temperature": -1}),
            ("array_above_max_length", {"stop": ["a"] * 17}), ("invalid_type", {"seed": "7"}),
            ("invalid_json_schema", {"response_format": form(wide)}),
            ("invalid_json_schema", {"response_format": form({"not": {"type": "string"}})})):
        error = ask(server, TALKING, expected=400, **body)["error"]
        assert error["code"] == code and error["param"] in body, (code, error)


def check_held(server):
    """A call that was required comes, one that was named is that one, and an answer fits its schema, however hot."""
    hot = dict(TALKING, tools=TOOLS, max_tokens=400)
    for seed in (1, 2, 3):
        choice = ask(server, hot, tool_choice="required", parallel_tool_calls=False, seed=seed)["choices"][0]
        if choice["finish_reason"] != "length":
            calls = choice["message"]["tool_calls"]
            assert len(calls) == 1 and calls[0]["function"]["name"] in ("read_file", "calculate"), calls
    named = {"type": "function", "function": {"name": "calculate"}}
    whole = ask(server, hot, tool_choice=named, temperature=0)["choices"][0]
    assert whole["finish_reason"] == "tool_calls", whole
    for call in whole["message"]["tool_calls"]:
        assert call["function"]["name"] == "calculate" and "expression" in json.loads(call["function"]["arguments"])
    stream = gathered(server, hot, tool_choice=named, temperature=0)["message"]["tool_calls"]
    assert without_ids(stream) == without_ids(whole["message"]["tool_calls"])
    schema = {"type": "object", "properties": {"port": {"type": "integer", "minimum": 1, "maximum": 9},
                                               "kind": {"enum": ["a", "b"]}},
              "required": ["port", "kind"], "additionalProperties": False}
    form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema, "strict": True}}
    for seed in (1, 2, 3):
        more = {"response_format": form, "seed": seed, "max_tokens": 100}
        content = ask(server, TALKING, **more)["choices"][0]["message"]["content"]
        value = json.loads(content)
        assert value["port"] in range(1, 10) and value["kind"] in ("a", "b") and len(value) == 2, value
        assert gathered(server, TALKING, **more)["message"]["content"] == content
    more = {"response_format": {"type": "json_object"}, "temperature": 0, "max_tokens": 400}
    free = ask(server, TALKING, **more)["choices"][0]
    assert free["finish_reason"] == "length" or isinstance(json.loads(free["message"]["content"]), dict), free
    bad = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"not": {"type": "null"}}}}
    assert "not" in ask(server, TALKING, expected=400, response_format=bad)["error"]["message"]


def check_leaving(server):
    def running():
        lines = server.ask("GET", "/metrics")[2].decode().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith("fathom_generations_running"))
    for stream in (True, False):
        body = json.dumps(dict(TALKING, temperature=1.9, seed=3, max_tokens=30000, stream=stream,
                               messages=[{"role": "user", "content": "Write a long story without an end."}],
                               stop=["<never>"]))
        connection = server.connect()
        connection.sendall((f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
                            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
        assert server.wait_for(lambda: running() == 1), "it did not start"
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()
        assert server.wait_for(lambda: running() == 0, 5), "it still runs"


def check_corpus(server):
    name = server.json("POST", "/api/corpora", {"path": "examples/handbook"})[1]["id"]
    assert server.wait_for(lambda: server.json("GET", f"/api/runs/{name}")[1]["state"] == "done", 60)
    body = {"model": "nano", "fathom": {"corpus": "handbook"},
            "messages": [{"role": "user", "content": "What is the meal allowance on business trips?"}]}
    whole = ask(server, body)
    checked = whole["fathom"]
    assert checked["citations"] and not checked["refused"], whole
    assert whole["choices"][0]["message"]["content"] == gathered(server, body)["message"]["content"]
    usage = whole["usage"]
    assert usage["prompt_tokens_details"]["cached_tokens"] > 0.9 * usage["prompt_tokens"], "the corpus was read again"
    ask(server, body, expected=400, tools=TOOLS)


def main():
    with Server(*sys.argv[1:3]) as server:
        for check in (check_stream_equals_whole, check_turns, check_shared_prefix, check_completions_prefix, check_logprobs,
                      check_refusals, check_held, check_leaving, check_corpus):
            check(server)
            print(check.__name__[6:].replace("_", " ") + ": holds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
