# SPDX-License-Identifier: Apache-2.0
"""Framing is strict: what two readers could read differently is refused, and the connection ends.

Each row is sent as raw bytes with a second, valid request behind it. A refused row must give exactly one
answer: a second one would mean that its bytes were taken for a request of their own.
"""
import sys

from server import TOKEN, Server

HOST = b"Host: 127.0.0.1\r\n"
AUTH = b"Authorization: Bearer " + TOKEN.encode() + b"\r\n"
JSON = b"Content-Type: application/json\r\n"
SECOND = b"GET /health HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
BODY = b'{"text": "a"}'
LENGTH = b"Content-Length: %d\r\n" % len(BODY)


def get(line=b"GET /health HTTP/1.1\r\n", fields=HOST):
    return line + fields + b"\r\n"


def post(fields, body):
    return b"POST /tokenize HTTP/1.1\r\n" + HOST + AUTH + JSON + fields + b"\r\n" + body


def chunked(body, fields=b"Transfer-Encoding: chunked\r\n"):
    return post(fields, body)


GOOD_CHUNKS = b"5\r\n" + BODY[:5] + b"\r\n8\r\n" + BODY[5:] + b"\r\n0\r\n\r\n"

# (what, bytes, statuses of all answers in order)
ROWS = [
    ("a plain GET", get(), [200, 200]),
    ("a length", post(LENGTH, BODY), [200, 200]),
    ("chunks", chunked(GOOD_CHUNKS), [200, 200]),
    ("one chunk, upper-case hex", chunked(b"D\r\n" + BODY + b"\r\n0\r\n\r\n"), [200, 200]),
    ("Transfer-Encoding in capitals", chunked(GOOD_CHUNKS, b"TRANSFER-ENCODING: Chunked\r\n"), [200, 200]),
    ("HTTP/1.0 closes", get(b"GET /health HTTP/1.0\r\n"), [200]),
    ("length and Transfer-Encoding", chunked(GOOD_CHUNKS, LENGTH + b"Transfer-Encoding: chunked\r\n"), [400]),
    ("the same, other order", chunked(GOOD_CHUNKS, b"Transfer-Encoding: chunked\r\n" + LENGTH), [400]),
    ("two equal lengths", post(LENGTH + LENGTH, BODY), [400]),
    ("two lengths", post(LENGTH + b"Content-Length: 0\r\n", BODY), [400]),
    ("a list of lengths", post(b"Content-Length: 13, 13\r\n", BODY), [400]),
    ("a signed length", post(b"Content-Length: +13\r\n", BODY), [400]),
    ("a negative length", post(b"Content-Length: -1\r\n", BODY), [400]),
    ("a hexadecimal length", post(b"Content-Length: 0xd\r\n", BODY), [400]),
    ("an empty length", post(b"Content-Length: \r\n", BODY), [400]),
    ("a length beyond 64 bits", post(b"Content-Length: 18446744073709551629\r\n", BODY), [400]),
    ("a length with a blank inside", post(b"Content-Length: 1 3\r\n", BODY), [400]),
    ("Transfer-Encoding twice", chunked(GOOD_CHUNKS, b"Transfer-Encoding: chunked\r\n" * 2), [400]),
    ("Transfer-Encoding identity", chunked(GOOD_CHUNKS, b"Transfer-Encoding: identity\r\n"), [400]),
    ("gzip, chunked", chunked(GOOD_CHUNKS, b"Transfer-Encoding: gzip, chunked\r\n"), [400]),
    ("chunked, identity", chunked(GOOD_CHUNKS, b"Transfer-Encoding: chunked, identity\r\n"), [400]),
    ("xchunked", chunked(GOOD_CHUNKS, b"Transfer-Encoding: xchunked\r\n"), [400]),
    ("chunked with a vertical tab", chunked(GOOD_CHUNKS, b"Transfer-Encoding: \x0bchunked\r\n"), [400]),
    ("Transfer-Encoding with a blank before the colon",
     chunked(GOOD_CHUNKS, b"Transfer-Encoding : chunked\r\n"), [400]),
    ("Transfer-Encoding in HTTP/1.0",
     chunked(GOOD_CHUNKS).replace(b"HTTP/1.1", b"HTTP/1.0", 1), [400]),
    ("a folded header", get(fields=HOST + b"X-A: 1\r\n 2\r\n"), [400]),
    ("a folded first header", get(fields=b" X-A: 1\r\n" + HOST), [400]),
    ("a folded Transfer-Encoding", chunked(GOOD_CHUNKS, b"Transfer-Encoding:\r\n chunked\r\n"), [400]),
    ("a bare LF behind the request line", get(b"GET /health HTTP/1.1\n"), [400]),
    ("a bare LF behind a header", get(fields=HOST + b"X-A: 1\n"), [400]),
    ("a bare LF at the end", b"GET /health HTTP/1.1\r\n" + HOST + b"\n", [400]),
    ("a bare CR inside a header", get(fields=HOST + b"X-A: 1\r2\r\n"), [400]),
    ("a bare CR before LF LF", get(fields=HOST + b"X-A: 1\r\r\n"), [400]),
    ("NUL in a header", get(fields=HOST + b"X-A: 1\x002\r\n"), [400]),
    ("NUL in the target", get(b"GET /hea\x00lth HTTP/1.1\r\n"), [400]),
    ("%00 in the target", get(b"GET /hea%00lth HTTP/1.1\r\n"), [400]),
    ("DEL in a header", get(fields=HOST + b"X-A: \x7f\r\n"), [400]),
    ("an empty header name", get(fields=HOST + b": 1\r\n"), [400]),
    ("a header without colon", get(fields=HOST + b"X-A\r\n"), [400]),
    ("a header name with a blank", get(fields=HOST + b"X A: 1\r\n"), [400]),
    ("a header name with a bracket", get(fields=HOST + b"X(A): 1\r\n"), [400]),
    ("an empty line first", b"\r\n" + get(), [400]),
    ("absolute form", get(b"GET http://127.0.0.1/health HTTP/1.1\r\n"), [400]),
    ("authority form", get(b"CONNECT 127.0.0.1:80 HTTP/1.1\r\n"), [400]),
    ("asterisk form", get(b"OPTIONS * HTTP/1.1\r\n"), [400]),
    ("a target without slash", get(b"GET health HTTP/1.1\r\n"), [400]),
    ("a fragment", get(b"GET /health#a HTTP/1.1\r\n"), [400]),
    ("two blanks", get(b"GET  /health HTTP/1.1\r\n"), [400]),
    ("a tab for a blank", get(b"GET\t/health HTTP/1.1\r\n"), [400]),
    ("a trailing blank", get(b"GET /health HTTP/1.1 \r\n"), [400, ]),
    ("no version", get(b"GET /health\r\n"), [400]),
    ("HTTP/0.9", get(b"GET /health HTTP/0.9\r\n"), [505]),
    ("HTTP/2.0", get(b"GET /health HTTP/2.0\r\n"), [505]),
    ("http/1.1", get(b"GET /health http/1.1\r\n"), [505]),
    ("HTTP/1.10", get(b"GET /health HTTP/1.10\r\n"), [505]),
    ("HTTP/2's preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [400]),
    ("no Host", get(fields=b""), [400]),
    ("an empty Host", get(fields=b"Host: \r\n"), [400]),
    ("two Hosts", get(fields=HOST + HOST), [400]),
    ("two Origins", get(fields=HOST + b"Origin: http://127.0.0.1\r\n" * 2), [400]),
    ("two Authorizations", get(fields=HOST + AUTH + AUTH), [400]),
    ("Expect of another kind", get(fields=HOST + b"Expect: 200-ok\r\n"), [417]),
    ("Content-Encoding gzip", post(LENGTH + b"Content-Encoding: gzip\r\n", BODY), [415]),
    ("65 fields", get(fields=HOST + b"X-A: 1\r\n" * 64), [431]),
    ("64 fields", get(fields=HOST + b"X-A: 1\r\n" * 63), [200, 200]),
    ("a header of 17 KiB", get(fields=HOST + b"X-A: " + b"a" * (17 << 10) + b"\r\n"), [431]),
    ("a chunk extension", chunked(b"5;a=b\r\n" + BODY[:5] + b"\r\n8\r\n" + BODY[5:] + b"\r\n0\r\n\r\n"), [400]),
    ("an extension of the last chunk", chunked(b"D\r\n" + BODY + b"\r\n0;a\r\n\r\n"), [400]),
    ("a trailer", chunked(b"D\r\n" + BODY + b"\r\n0\r\nX-A: 1\r\n\r\n"), [400]),
    ("a chunk size of 0x", chunked(b"0xD\r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a signed chunk size", chunked(b"+D\r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a negative chunk size", chunked(b"-D\r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a blank before the chunk size", chunked(b" D\r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a blank behind the chunk size", chunked(b"D \r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("an empty chunk size", chunked(b"\r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a chunk size of nine digits", chunked(b"10000000D\r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a bare LF behind the chunk size", chunked(b"D\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a bare LF behind the chunk", chunked(b"D\r\n" + BODY + b"\n0\r\n\r\n"), [400]),
    ("a chunk longer than said", chunked(b"C\r\n" + BODY + b"\r\n0\r\n\r\n"), [400]),
    ("a declared body of 1 GiB", post(b"Content-Length: 1073741824\r\n", b""), [413]),
]


def statuses(answer):
    found, at = [], 0
    while answer[at:].startswith(b"HTTP/1.1 "):
        end = answer.index(b"\r\n\r\n", at) + 4
        head = answer[at:end].lower()
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        found.append(int(answer[at + 9:at + 12]))
        at = end + length
    assert at == len(answer), f"bytes that are no answer: {answer[at:][:80]!r}"
    return found


def main():
    failures = 0
    with Server(*sys.argv[1:3]) as server:
        for what, data, expected in ROWS:
            _, answer = server.raw(data + SECOND)
            found = statuses(answer)
            if found != expected:
                failures += 1
                print(f"{what}: {found}, expected {expected}")
        # In pieces of one byte: the same reading.
        for what, data, expected in ROWS[:5]:
            connection = server.connect()
            for i in range(len(data)):
                connection.sendall(data[i:i + 1])
            connection.sendall(SECOND)
            answer = b""
            while more := connection.recv(65536):
                answer += more
            if statuses(answer) != expected:
                failures += 1
                print(f"{what}, byte by byte: {statuses(answer)}, expected {expected}")
    print(f"{len(ROWS)} requests, {failures} read otherwise than expected")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
