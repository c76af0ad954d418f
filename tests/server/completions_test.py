# SPDX-License-Identifier: Apache-2.0
"""What the server answers is what the model says: the same request gives the same answer, streamed or whole,
by text or by token ids, alone or beside others; and its first log-probabilities are those that
`fathom model logits` writes for the same tokens.
"""
import base64
import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import threading

from server import Server

PROMPT = "def add(a, b):\n    return a"


def whole(server, **more):
    status, answer = server.json("POST", "/v1/completions", dict(
        {"model": "nano", "prompt": PROMPT, "max_tokens": 24}, **more))
    assert status == 200, answer
    return answer


def check_same(server):
    first = whole(server)
    text = first["choices"][0]["text"]
    ids = server.json("POST", "/tokenize", {"text": PROMPT})[1]
    assert first["usage"]["prompt_tokens"] == ids["count"]
    assert whole(server, prompt=ids["tokens"])["choices"][0]["text"] == text
    data, _ = server.events("/v1/completions", {"model": "nano", "prompt": PROMPT, "max_tokens": 24, "stream": True,
                                                "stream_options": {"include_usage": True}})
    assert data[-1] == "[DONE]"
    chunks = [json.loads(d) for d in data[:-1]]
    assert "".join(c["choices"][0]["text"] for c in chunks if c["choices"]) == text
    usage = chunks[-1]["usage"]
    assert chunks[-1]["choices"] == [] and usage["total_tokens"] == first["usage"]["total_tokens"]
    assert usage["prompt_tokens_details"]["cached_tokens"] == ids["count"], "a prompt read before is not read again"
    hot = [whole(server, temperature=1, seed=s)["choices"][0]["text"] for s in (7, 7, 8)]
    assert hot[0] == hot[1] != hot[2], hot
    results = []
    threads = [threading.Thread(target=lambda: results.append(whole(server)["choices"][0]["text"]))
               for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [text] * 12
    stop = text[3:6]
    assert whole(server, stop=stop)["choices"][0]["text"] == text[:text.index(stop)]


def check_logprobs(server, fathom, root):
    """The same numbers as from the program's other face."""
    answer = whole(server, logprobs=5, max_tokens=1, temperature=0)["choices"][0]["logprobs"]
    with tempfile.TemporaryDirectory() as folder:
        ids = server.json("POST", "/tokenize", {"text": PROMPT})[1]["tokens"]
        out = os.path.join(folder, "logits.npy")
        env = dict(os.environ, FATHOM_HOME=folder, FATHOM_ROOT=root)
        file = os.path.join(folder, "ids.json")
        with open(file, "w") as to:
            json.dump(ids, to)
        checkpoint = os.path.join(root, "models/nano/nano.gguf")
        done = subprocess.run([fathom, "model", "logits", checkpoint, "--ids", file, "--npy", out],
                              env=env, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        raw = open(out, "rb").read()
    header = struct.unpack("<H", raw[8:10])[0]
    values = struct.unpack(f"<{(len(raw) - 10 - header) // 4}f", raw[10 + header:])
    row = values[-(len(values) // len(ids)):]
    # Rows that are all zero are never sampled; the server leaves them out of the sum.
    top = max(row)
    total = math.log(sum(math.exp(v - top) for v in row)) + top
    assert abs(answer["token_logprobs"][0] - (top - total)) < 1e-3, (answer["token_logprobs"], top - total)
    assert len(answer["top_logprobs"][0]) == 5
    assert abs(max(answer["top_logprobs"][0].values()) - answer["token_logprobs"][0]) < 1e-6


def check_embeddings(server):
    def embed(texts, **more):
        status, answer = server.json("POST", "/v1/embeddings", dict({"model": "nano", "input": texts}, **more))
        assert status == 200, answer
        return [d["embedding"] for d in answer["data"]]

    a, b, c = embed(["retry limit of the client", "the limit of retries", "SELECT name FROM users"])
    for vector in (a, b, c):
        assert abs(sum(x * x for x in vector) - 1) < 1e-5
    dot = lambda x, y: sum(i * j for i, j in zip(x, y))
    assert dot(a, b) > dot(a, c), (dot(a, b), dot(a, c))
    packed = embed("retry limit of the client", encoding_format="base64")[0]
    unpacked = struct.unpack(f"<{len(a)}f", base64.b64decode(packed, validate=True))
    assert max(abs(x - y) for x, y in zip(a, unpacked)) < 1e-7


def check_documents(server):
    models = server.json("GET", "/v1/models")[1]
    assert [m["id"] for m in models["data"]] == ["nano"]
    assert server.json("GET", "/v1/models/nano")[1] == models["data"][0]
    assert server.json("GET", "/v1/models/gpt")[0] == 404
    document = server.json("GET", "/openapi.json")[1]
    for path, operations in document["paths"].items():
        for method in operations:
            status, answer = server.json(method.upper(), path.replace("{", "").replace("}", ""),
                                         {} if method == "post" else None) if path != "/metrics" else (200, "")
            unserved = status in (405, 501) or "no such path" in str(answer)
            assert not unserved, f"{method} {path} is described and not served"
    status, headers, page = server.ask("GET", "/", token=None)
    assert status == 200 and b"<title>" in page
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';") and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    metrics = server.ask("GET", "/metrics")[2].decode()
    assert "gen_ai_client_token_usage_bucket" in metrics and PROMPT.split("(")[0] not in metrics


def main():
    fathom, root = sys.argv[1:3]
    with Server(fathom, root) as server:
        check_same(server)
        check_logprobs(server, fathom, root)
        check_embeddings(server)
        check_documents(server)
    print("completions, log-probabilities, embeddings and documents hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
