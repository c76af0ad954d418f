#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An MCP server over HTTP that is honest or lies in one named way; it prints its port and serves until killed."""
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KIND = sys.argv[1]
SESSION = "session-1"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def reply(self, status, body=b"", kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method = message["method"]
        if method == "initialize":
            result = {"protocolVersion": "2025-06-18", "capabilities": {},
                      "serverInfo": {"name": "fake", "version": "1"}}
            if KIND == "silent":
                time.sleep(60)
            if KIND == "status_500":
                return self.reply(500, b"\x1b[31m no")
            if KIND == "redirect":
                return self.reply(307, Location="http://127.0.0.1:1/")
            if KIND == "no_json":
                return self.reply(200, b"<html>")
            if KIND == "stream_without_answer":
                return self.reply(200, b": nothing\n\n", "text/event-stream")
            if KIND == "bad_session":
                return self.reply(200, b"{}", Mcp_Session_Id="two words")
            if KIND == "endless":
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b"data: {}\n\n" * 10_000)
                except OSError:
                    return None
        elif KIND == "ends_session":
            return self.reply(404)
        elif self.headers["Mcp-Session-Id"] != SESSION or self.headers["MCP-Protocol-Version"] != "2025-06-18":
            return self.reply(400, b"no session or version")
        elif self.headers["X-Key"] != "given":
            return self.reply(401)
        elif method == "tools/list":
            result = {"tools": [{"name": "echo", "description": "d", "inputSchema": {"type": "object"}}]}
        elif method == "tools/call":
            result = {"content": [{"type": "text", "text": json.dumps(message["params"]["arguments"])}]}
        else:
            return self.reply(202)
        answer = {"jsonrpc": "2.0", "id": message["id"], "result": result}
        if KIND == "json":
            return self.reply(200, json.dumps(answer).encode(), Mcp_Session_Id=SESSION)
        before = {"jsonrpc": "2.0", "method": "notifications/message", "params": {}}
        text = "".join(f"event: message\ndata: {json.dumps(m)}\n\n" for m in (before, answer))
        return self.reply(200, text.encode(), "text/event-stream; charset=utf-8", Mcp_Session_Id=SESSION)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
