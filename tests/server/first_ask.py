# SPDX-License-Identifier: Apache-2.0
"""How long the first question about a corpus that was read takes to stream: from the request, in a server that has just
started, to the first event with text; then the same question again in the same server. Each run has another question.

    first_ask.py FATHOM ROOT [--runs N] [--check MILLISECONDS]
"""
import argparse
import http.client
import json
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import TOKEN, Server  # noqa: E402

CORPORA = ("handbook", "orders-service")


def questions_of(root, corpus):
    """Those that the corpus answers."""
    with open(os.path.join(root, "examples", corpus + ".questions.json")) as file:
        return [one["question"] for one in json.load(file)["questions"] if one.get("accept")]


def first_text_ms(server, corpus, question):
    """Milliseconds to the first text; None of a refusal, which streams none."""
    body = json.dumps({"corpus": corpus, "question": question, "stream": True})
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("POST", "/api/ask", body, headers)
    response = connection.getresponse()
    assert response.status == 200, response.read()
    texts, events = [], []
    for line in response:
        if line.startswith(b"data: "):
            events.append(line.decode())
            if json.loads(line[6:]).get("text"):
                texts.append(1000 * (time.perf_counter() - started))
    connection.close()
    refused = any('"refused":true' in event.replace(" ", "") for event in events)
    assert texts or refused, f"no text was streamed, and it is no refusal: {events}"
    return texts[0] if texts else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fathom")
    parser.add_argument("root")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--check", type=float, help="fail when the median of a corpus is higher")
    arguments = parser.parse_args()
    slow = []
    with Server(arguments.fathom, arguments.root) as server:
        for corpus in CORPORA:
            status, _, text = server.ask("POST", "/api/corpora", {"path": f"examples/{corpus}", "stream": True})
            assert status == 200, text
            first, again = [], []
            for question in questions_of(arguments.root, corpus):
                server.restart()
                milliseconds = first_text_ms(server, corpus, question)
                if milliseconds is not None:
                    first.append(milliseconds)
                    again.append(first_text_ms(server, corpus, question))
                if len(first) == arguments.runs:
                    break
            assert len(first) == arguments.runs, f"{corpus}: only {len(first)} questions were answered"
            median = statistics.median(first)
            print(f"{corpus}: first ask after a start {median:.0f} ms to the first text (median of {len(first)}, "
                  f"{min(first):.0f} to {max(first):.0f}); the next {statistics.median(again):.0f} ms")
            if arguments.check and median > arguments.check:
                slow.append(corpus)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
