# SPDX-License-Identifier: Apache-2.0
"""/v1/responses: the events build what the whole response holds; previous_response_id costs only the new tokens and
is its client's own; what is left out is named; log-probabilities are those of chat completions.
"""
import json
import sys

import chat_test
from server import Server

PATH = "/v1/responses"
TOOLS = [dict(tool["function"], type="function") for tool in chat_test.TOOLS]
CALLING = {"model": "nano", "input": "Read the file README.md", "tools": TOOLS, "max_output_tokens": 80,
           "temperature": 0}
TALKING = {"model": "nano", "instructions": chat_test.TALKING["messages"][0]["content"], "temperature": 1.9, "seed": 5,
           "input": [{"role": "user", "content": [{"type": "input_text",
                                                   "text": chat_test.TALKING["messages"][1]["content"]}]}],
           "max_output_tokens": 24}


def ask(server, body, expected=200, **more):
    status, answer = server.json("POST", PATH, dict(body, **more))
    assert status == expected, (status, answer)
    return answer


def without_ids(value):
    if isinstance(value, list):
        return [without_ids(each) for each in value]
    if isinstance(value, dict):
        return {k: without_ids(v) for k, v in value.items() if k not in ("id", "call_id")}
    return value


def gathered(server, body, **more):
    """The events of a stream, checked against one another; the last response."""
    status, headers, text = server.ask("POST", PATH, dict(body, stream=True, **more))
    assert status == 200 and headers["content-type"] == "text/event-stream", (status, text)
    events = []
    for block in text.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line[:1] not in ("", ":"))
        if fields:
            events.append(json.loads(fields["data"]))
            assert fields["event"] == events[-1]["type"], fields
    assert [e["sequence_number"] for e in events] == list(range(len(events)))
    kinds = [e["type"] for e in events]
    assert kinds[:2] == ["response.created", "response.in_progress"], kinds
    assert kinds[-1] in ("response.completed", "response.incomplete") and len(set(kinds[-1:])) == 1
    last, texts, done = events[-1]["response"], {}, {}
    for event in events[2:-1]:
        index = event["output_index"]
        if event["type"] == "response.output_item.added":
            texts[index] = ""
            assert index == len(texts) - 1
        elif event["type"].endswith(".delta"):
            assert index in texts and index not in done, event
            texts[index] += event["delta"]
        elif event["type"] in ("response.output_text.done", "response.function_call_arguments.done"):
            assert event.get("text", event.get("arguments")) == texts[index], event
        elif event["type"] == "response.output_item.done":
            done[index] = event["item"]
    assert [done[i] for i in sorted(done)] == last["output"], "what ended is the output"
    return kinds, last


def check_events_build_the_whole(server):
    whole = ask(server, CALLING)
    call = whole["output"][0]
    assert whole["status"] == "completed" and call["type"] == "function_call" and call["name"] == "read_file", whole
    assert json.loads(call["arguments"]) == {"path": "README.md"}
    kinds, stream = gathered(server, CALLING)
    assert without_ids(stream["output"]) == without_ids(whole["output"])
    assert kinds.count("response.function_call_arguments.delta") > 2, "arguments come as they are written"
    for more in ({}, {"max_output_tokens": 3}, {"temperature": 0}, {"top_logprobs": 2}, {"tool_choice": "none"}):
        whole, (kinds, stream) = ask(server, TALKING, **more), gathered(server, TALKING, **more)
        assert without_ids(stream["output"]) == without_ids(whole["output"]), (whole, stream)
        assert stream["usage"]["output_tokens"] == whole["usage"]["output_tokens"] > 0
    cut = ask(server, TALKING, max_output_tokens=3)
    assert cut["status"] == "incomplete" and cut["incomplete_details"] == {"reason": "max_output_tokens"}
    assert gathered(server, TALKING, max_output_tokens=3)[0][-1] == "response.incomplete"


def check_same_as_chat(server):
    ours = ask(server, TALKING, top_logprobs=3)["output"][0]["content"][0]
    theirs = chat_test.ask(server, chat_test.TALKING, logprobs=True, top_logprobs=3)["choices"][0]
    assert ours["text"] == theirs["message"]["content"] and ours["logprobs"] == theirs["logprobs"]["content"]


def check_previous(server):
    first = ask(server, CALLING, user="a")
    call = first["output"][0]
    result = [{"type": "function_call_output", "call_id": call["call_id"], "output": "port = 8080"}]
    second = ask(server, CALLING, user="a", input=result, previous_response_id=first["id"])
    spent, read = second["usage"], first["usage"]["input_tokens"] + first["usage"]["output_tokens"]
    assert spent["input_tokens_details"]["cached_tokens"] >= read, (first["usage"], spent)
    assert spent["input_tokens"] - spent["input_tokens_details"]["cached_tokens"] < 60, spent
    text = second["output"][0]["content"][0]["text"]
    # As a client that keeps the conversation itself sends it, with what other servers put in.
    items = [{"type": "message", "role": "user", "content": CALLING["input"]},
             {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"}, call, *result]
    for user in ("a", "b"):
        again = ask(server, CALLING, user=user, input=items, store=False)
        assert again["output"][0]["content"][0]["text"] == text, (text, again)
        assert (again["usage"]["input_tokens_details"]["cached_tokens"] >= read) == (user == "a"), again["usage"]
        missing = ask(server, CALLING, 404, user=user, input="go on", previous_response_id=again["id"])
        assert missing["error"]["code"] == "previous_response_not_found", missing
    ask(server, CALLING, 404, user="b", input=result, previous_response_id=first["id"])
    third = ask(server, CALLING, user="a", input="Read the file LICENSE", previous_response_id=second["id"])
    assert third["usage"]["input_tokens_details"]["cached_tokens"] > spent["input_tokens"], third["usage"]


def check_kept(server):
    """A response is read as it was given, with what it answered, by its client only, until it is deleted."""
    first = ask(server, CALLING, user="k")
    (call,) = first["output"]
    second = ask(server, CALLING, user="k", previous_response_id=first["id"],
                 input=[{"type": "function_call_output", "call_id": call["call_id"], "output": "text"}])
    get = lambda path, user="k": server.json("GET", f"/v1/responses/{path}user={user}")
    assert get(second["id"] + "?") == (200, second) and get(first["id"] + "?") == (200, first)
    assert get(first["id"] + "?", "other")[0] == get(first["id"] + "/input_items?", "other")[0] == 404
    assert server.json("GET", f"/v1/responses/{first['id']}")[0] == 404
    status, items = get(second["id"] + "/input_items?order=asc&")
    assert status == 200 and not items["has_more"], items
    assert [one["type"] for one in items["data"]] == ["message", "function_call", "function_call_output"], items
    assert items["data"][0]["content"][0] == {"type": "input_text", "text": CALLING["input"]} and items["data"][1] == call
    newest = get(second["id"] + "/input_items?limit=2&")[1]
    assert newest["data"] == items["data"][:0:-1] and newest["has_more"], newest
    rest = get(second["id"] + f"/input_items?after={newest['last_id']}&")[1]
    assert rest["data"] == items["data"][:1] and not rest["has_more"], rest
    assert get(second["id"] + "/input_items?after=none&")[0] == 400
    data, _ = server.events("/v1/responses", {**TALKING, "user": "k", "stream": True})
    last = json.loads(data[-1])["response"]
    assert get(last["id"] + "?") == (200, last), "a streamed one is kept as its last event has it"
    assert server.json("DELETE", f"/v1/responses/{first['id']}?user=other")[0] == 404
    gone = server.json("DELETE", f"/v1/responses/{first['id']}?user=k")
    assert gone == (200, {"id": first["id"], "object": "response.deleted", "deleted": True}), gone
    assert get(first["id"] + "?")[0] == 404 and get(second["id"] + "?")[0] == 200
    ask(server, CALLING, 404, user="k", input="go on", previous_response_id=first["id"])
    secret = ask(server, TALKING, user="k", store=False)
    assert get(secret["id"] + "?")[0] == 404


def check_left_out(server):
    tools = TOOLS + [{"type": "web_search", "external_web_access": False},
                     {"type": "namespace", "name": "agents", "tools": []}]
    answer = ask(server, CALLING, tools=tools, input=[{"type": "web_search_call", "id": "ws_1"},
                                                      {"role": "user", "content": "Read the file README.md"}],
                 include=["reasoning.encrypted_content"], reasoning={"summary": "auto"}, prompt_cache_key="k",
                 client_metadata={"a": "b"})
    assert len(answer["warnings"]) == 3, answer["warnings"]
    for name in ("web_search_call", "tools[2]", "web_search", "namespace", "agents"):
        assert any(name in warning for warning in answer["warnings"]), (name, answer["warnings"])
    assert answer["output"][0]["type"] == "function_call"
    # nano's profile shows it two functions; this third one shares no word with the request.
    tools = TOOLS + [dict(TOOLS[0], name="send_mail", description="Sends a mail.")]
    answer = ask(server, CALLING, tools=tools)
    assert len(answer["warnings"]) == 1 and "send_mail" in answer["warnings"][0], answer["warnings"]
    assert ask(server, CALLING, tools=tools, tool_choice="required")["warnings"] == []


def check_refusals(server):
    image = [{"role": "user", "content": [{"type": "input_image", "image_url": "data:"}]}]
    for field, body in (("input", {"input": []}), ("input", {"input": 7}), ("input", {"input": image}),
                        ("text.format", {"text": {"format": {"type": "xml"}}}), ("background", {"background": True}),
                        ("text.formatt", {"text": {"formatt": {}}}), ("max_output_tokens", {"max_output_tokens": 0}),
                        ("tool_choice", {"tool_choice": {"type": "function", "name": "rm"}}), ("tools", {"tools": 1}),
                        ("instruction", {"instruction": "a"}), ("store", {"store": "no"})):
        error = ask(server, TALKING, 400, **body)["error"]
        assert error["param"] == field and field in error["message"], (field, error)
    long = ask(server, TALKING, 400, input="word " * 60000, stream=True)
    assert long["error"]["code"] == "context_length_exceeded"


def main():
    with Server(*sys.argv[1:3]) as server:
        for check in (check_events_build_the_whole, check_same_as_chat, check_previous, check_kept, check_left_out,
                      check_refusals):
            check(server)
            print(check.__name__[6:].replace("_", " ") + ": holds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
