# SPDX-License-Identifier: Apache-2.0
"""Programs of others against the server: the openai package, Vercel's AI SDK and LangChain.js as clients, each with
a tool loop and an answer in a schema; redocly's linter on the document, and Prometheus' promtool, where it is installed, on the metrics.

FATHOM_PEERS names a folder with node_modules as package.json beside this file asks; without it the test is
skipped (77).
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "server"))
from server import TOKEN, Server  # noqa: E402

CLIENTS = ("openai_client.mjs", "ai_sdk_client.mjs", "langchain_client.mjs")


def metrics_fail(server):
    """Whether promtool finds anything to say about the metrics, after some work was counted."""
    if not shutil.which("promtool"):
        print("promtool is not installed: the metrics were not checked by it")
        return False
    text = server.ask("GET", "/metrics")[2]
    assert b"gen_ai_usage_output_tokens_total" in text
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, check=False)
    said = (checked.stdout + checked.stderr).decode()
    print(f"promtool on {len(text.splitlines())} lines of metrics: {said.strip() or 'nothing to say'}")
    return checked.returncode != 0 or bool(said.strip())


def main():
    fathom, root = sys.argv[1:3]
    packages = os.environ.get("FATHOM_PEERS", os.path.join(root, ".peers", "server"))
    modules = os.path.join(packages, "node_modules")
    needed = ("openai", "ai", "@ai-sdk/openai-compatible", "@langchain/openai", "@redocly/cli")
    if not shutil.which("node") or not all(os.path.isdir(os.path.join(modules, package)) for package in needed):
        print(f"skipped: packages are missing in {modules}; copy tests/peers/server/package.json there and run npm install")
        return 77
    with Server(fathom, root) as server, tempfile.TemporaryDirectory() as folder:
        document = os.path.join(folder, "openapi.json")
        with open(document, "w") as file:
            json.dump(server.json("GET", "/openapi.json")[1], file)
        lint = [os.path.join(modules, ".bin", "redocly"), "lint", "--extends", "minimal", document]
        env = dict(os.environ, REDOCLY_TELEMETRY="off", FATHOM_URL=f"http://127.0.0.1:{server.port}/v1",
                   FATHOM_TOKEN=TOKEN, NODE_PATH=modules)
        linted = subprocess.run(lint, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(linted.stdout)
        failed = linted.returncode != 0 or "warning" in linted.stdout.split("validated in")[-1]
        # A module is looked for from where its importer stands.
        for script in ("tool_loop.mjs", *CLIENTS):
            shutil.copy(os.path.join(HERE, script), packages)
        for script in CLIENTS:
            failed += subprocess.run(["node", os.path.join(packages, script)], env=env).returncode != 0
        failed += metrics_fail(server)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
