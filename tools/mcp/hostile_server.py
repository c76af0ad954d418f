#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An MCP server that lies in the way its argument names; "good" is an honest one."""
import json
import os
import sys
import time

KIND = sys.argv[1]


def write(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def say(**message):
    write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")


def tool(name="echo", description="Says it back.", schema=None):
    return {"name": name, "description": description, "inputSchema": schema or {"type": "object"}}


def listing(request):
    cursor = request.get("params", {}).get("cursor", "")
    if KIND == "endless_pages":
        return {"tools": [], "nextCursor": cursor + "x"}
    if KIND == "circle_of_pages":
        return {"tools": [], "nextCursor": "b" if cursor == "a" else "a"}
    if KIND == "many_tools":
        return {"tools": [tool(f"t{i}") for i in range(5000)]}
    if KIND == "schema_bomb":
        return {"tools": [tool(schema={"type": "object", "anyOf": [{"const": i} for i in range(20000)]})]}
    if KIND == "description_bomb":
        return {"tools": [tool(description="x" * 100_000)]}
    if KIND == "tools_no_array":
        return {"tools": {"name": "echo"}}
    if KIND == "tool_no_schema":
        return {"tools": [{"name": "echo"}]}
    if cursor == "":
        return {"tools": [tool()], "nextCursor": "second"}
    return {"tools": [tool("env")]}


def main():
    if KIND == "ends_at_once":
        return
    if KIND == "endless_stderr":
        sys.stderr.write("noise\n" * 200_000)
    if KIND == "huge_line":
        while True:
            write("x" * 65536)
    if KIND == "never_reads":
        time.sleep(60)
    for line in sys.stdin:
        request = json.loads(line)
        method, number = request.get("method"), request.get("id")
        if number is None:
            continue
        if KIND == "no_json":
            write("hello\n")
        if KIND == "deep_json":
            write("[" * 100_000 + "\n")
        if KIND == "array":
            write("[]\n")
        if KIND == "cut_line":
            write('{"jsonrpc": "2.0", "id": 1, "res')
            return
        if KIND == "wrong_ids":
            while True:
                say(id=number + 7, result={})
        if KIND == "endless_notifications":
            while True:
                say(method="notifications/message", params={"data": "x"})
        if KIND == "silent":
            continue
        if method == "initialize":
            if KIND == "asks_back":
                say(id="mine", method="sampling/createMessage", params={})
                refused = json.loads(sys.stdin.readline())
                assert refused["error"]["code"] == -32601
                say(id="ping", method="ping")
                assert json.loads(sys.stdin.readline())["result"] == {}
            version = "1999-01-01" if KIND == "old_version" else "2025-06-18"
            say(id=number, result={"protocolVersion": version, "capabilities": {"tools": {}},
                                   "serverInfo": {"name": "fake", "version": "1"}})
        elif method == "tools/list":
            say(id=number, result=listing(request))
        elif method == "tools/call":
            name, arguments = request["params"]["name"], request["params"]["arguments"]
            if KIND == "result_no_object":
                say(id=number, result=[1])
            elif KIND == "slow_call":
                time.sleep(0.5)
                say(id=number, result={"content": [{"type": "text", "text": "late"}]})
            elif name == "env":
                say(id=number, result={"content": [{"type": "text", "text": " ".join(sorted(os.environ))}]})
            elif name == "echo":
                say(id=number, result={"content": [{"type": "text", "text": json.dumps(arguments)},
                                                   {"type": "image", "mimeType": "image/png", "data": "AA"}]})
            else:
                say(id=number, error={"code": -32602, "message": "unknown tool \x1b[31m"})


main()
