# SPDX-License-Identifier: Apache-2.0
"""A web page cannot use the server: Host x Origin x token x method x content type x path, each with exactly
the status that the rules give, and before the body is read (no body is sent here, only its length).
"""
import itertools
import os
import stat
import sys

from server import TOKEN, Server

HOSTS = {"127.0.0.1": True, "127.0.0.1:{port}": True, "localhost": True, "LOCALHOST:{port}": True,
         "[::1]:{port}": True, "127.0.0.1:9": True,
         "evil.example": False, "evil.example:{port}": False, "127.0.0.1.evil.example": False,
         "localhost.evil.example": False, "evil.example#127.0.0.1": False, "127.0.0.1@evil.example": False,
         "0.0.0.0:{port}": False, "127.1": False, "[::ffff:127.0.0.1]": False, "[::1": False,
         "127.0.0.1:80a": False, "localhost.": False, "2130706433": False}
ORIGINS = {None: True, "http://{host}": True, "null": False, "": False, "http://evil.example": False,
           "https://{host}": False, "http://{host}.evil.example": False, "http://{host}:1": False,
           "http://127.0.0.2": False, "file://": False}
TOKENS = {f"Bearer {TOKEN}": True, f"bearer {TOKEN}": True, None: False, "Bearer ": False, "Bearer wrong": False,
          f"Bearer {TOKEN}x": False, f"Bearer {TOKEN[:-1]}": False, f"Basic {TOKEN}": False, TOKEN: False}
TYPES = {"application/json": True, "application/json; charset=utf-8": True, "text/plain": False,
         "application/x-www-form-urlencoded": False, "multipart/form-data; boundary=a": False, None: False}
# path: (open to GET without token, status of GET, status of POST with a bad body)
PATHS = {"/health": (True, 200, 405), "/": (True, 200, 404), "/v1/models": (False, 200, 405),
         "/metrics": (False, 200, 405), "/openapi.json": (False, 200, 405), "/tokenize": (False, 405, 400),
         "/v1/completions": (False, 405, 400), "/v1/embeddings": (False, 405, 400), "/v1/none": (False, 404, 404),
         "/api/none": (False, 404, 404)}


def request(method, path, host, origin, token, body_type):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    if origin is not None:
        lines.append(f"Origin: {origin}")
    if token is not None:
        lines.append(f"Authorization: {token}")
    if method != "GET":
        if body_type is not None:
            lines.append(f"Content-Type: {body_type}")
        lines.append("Content-Length: 2")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def expected(method, path, host_ok, origin_ok, token_ok, type_ok):
    if not host_ok:
        return 421
    if not origin_ok:
        return 403
    is_open, get, post = PATHS[path]
    if not token_ok and not (is_open and method == "GET"):
        return 401
    if method == "GET":
        return get
    return post if type_ok else 415


def cases(port):
    for (host, host_ok), (origin, origin_ok), (token, token_ok) in itertools.product(
            HOSTS.items(), ORIGINS.items(), TOKENS.items()):
        if not host_ok and (origin is not None or token is not None) and hash((host, origin, token)) % 5:
            continue  # a foreign Host is refused whatever else is right; a fifth of those is enough
        host = host.format(port=port)
        origin = origin and origin.format(host=host)
        for path in PATHS:
            yield "GET", path, host, origin, token, None, host_ok, origin_ok, token_ok, True
    for (token, token_ok), (body_type, type_ok), method, path in itertools.product(
            TOKENS.items(), TYPES.items(), ("POST",), PATHS):
        for origin, origin_ok in ((None, True), ("http://evil.example", False)):
            yield method, path, "127.0.0.1", origin, token, body_type, True, origin_ok, token_ok, type_ok


def check_matrix(server):
    failures = count = 0
    for method, path, host, origin, token, body_type, *facts in cases(server.port):
        want = expected(method, path, *facts)
        data = request(method, path, host, origin, token, body_type)
        # Where the gate refuses, the body is not waited for. Elsewhere it is sent: two bytes that are no object.
        if method == "POST" and want not in (401, 403, 415, 421):
            data += b"[]"
        found, _ = server.raw(data)
        count += 1
        if found != want:
            failures += 1
            if failures < 20:
                print(f"{method} {path} Host={host} Origin={origin} token={token} type={body_type}: "
                      f"{found}, expected {want}")
    print(f"{count} combinations, {failures} with another status than intended")
    return failures


def check_token_file(fathom, root):
    with Server(fathom, root, token=None) as server:
        path = server.started["token_file"]
        mode = stat.S_IMODE(os.stat(path).st_mode)
        token = open(path).read().strip()
        assert mode == 0o600, oct(mode)
        assert len(token) == 64, "256 bits in hexadecimal"
        assert server.ask("GET", "/v1/models", token=token)[0] == 200
        assert server.ask("GET", "/v1/models", token="0" * 64)[0] == 401
    print("the token's file: 0600, 256 bits")


def main():
    with Server(*sys.argv[1:3]) as server:
        failures = check_matrix(server)
    check_token_file(*sys.argv[1:3])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
