# SPDX-License-Identifier: Apache-2.0
"""Codex CLI and opencode, unmodified, against `fathom serve`: the model calls one of their tools, they carry the call
out, the result goes back, the model answers; and the second request computes only what is new.

All of it runs in a network namespace of its own that has a loopback and nothing else. nano decides whether it calls:
of a few plain requests one must lead to a call. What it makes of the result is not judged.

FATHOM_AGENTS names a folder with node_modules as package.json beside this file asks; without it the test is
skipped (77).
"""
import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "server"))
from server import TOKEN, Server  # noqa: E402

REQUESTS = {"codex": ("Run the command pwd", "Run the command cat README.md", "Run the command ls", "Run ls -l",
                      "Run the command wc README.md", "Run cat README.md", "Run ls README.md"),
            "opencode": ("Read the file README.md", "Run the command ls")}


def loopback_up():
    up, get_flags, set_flags = 1, 0x8913, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, get_flags, request))[1]
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", flags | up))


def run(command, folder, **env):
    """The JSON events that an agent prints, from a home of its own, in a folder that has one file and nothing of its."""
    home, work = os.path.join(folder, "home"), os.path.join(folder, "work")
    for each in (home, work):
        os.makedirs(each, exist_ok=True)
    with open(os.path.join(work, "README.md"), "w") as file:
        file.write("port = 8080\n")
    env = {"PATH": os.environ["PATH"], "HOME": home, "PWD": work, "TERM": "dumb", **env}
    done = subprocess.run(command, env=env, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=400)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return lines, f"{' '.join(command)} ended with {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-2000:]}"


def codex(bin_folder, port, request, folder):
    with open(os.path.join(folder, "config.toml"), "w") as file:
        file.write(f"""model = "nano"
model_provider = "fathom"
approval_policy = "never"
sandbox_mode = "danger-full-access"
model_instructions_file = "{folder}/instructions.md"
model_context_window = 16384
[agents]
enabled = false
[features]
goals = false
[model_providers.fathom]
name = "Fathom"
base_url = "http://127.0.0.1:{port}/v1"
env_key = "FATHOM_TOKEN"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
""")
    with open(os.path.join(folder, "instructions.md"), "w") as file:
        file.write("You are a coding agent.\n")
    events, told = run([os.path.join(bin_folder, "codex"), "exec", "--skip-git-repo-check", "--json", request], folder,
                       CODEX_HOME=folder, FATHOM_TOKEN=TOKEN)
    ended = [e["item"] for e in events if e["type"] == "item.completed"]
    ran = [item for item in ended if item["type"] == "command_execution"]
    usage = next((e["usage"] for e in events if e["type"] == "turn.completed"), None)
    if not ran or not usage:
        return None, told
    assert ran[0]["exit_code"] is not None, told
    assert ended[-1]["type"] == "agent_message" and ended[-1]["text"], told
    # Two requests: all of the first is the beginning of the second.
    assert usage["cached_input_tokens"] > 0.45 * usage["input_tokens"], told
    return f"ran {ran[0]['command']!r}, {usage['cached_input_tokens']} of {usage['input_tokens']} tokens cached", told


def opencode(bin_folder, port, request, folder):
    config = os.path.join(folder, "opencode.json")
    model = {"name": "nano", "tool_call": True, "limit": {"context": 16384, "output": 256}}
    with open(config, "w") as file:
        json.dump({"autoupdate": False, "share": "disabled", "model": "fathom/nano", "small_model": "fathom/nano",
                   "provider": {"fathom": {
                       "npm": "@ai-sdk/openai-compatible", "name": "Fathom", "models": {"nano": model},
                       "options": {"baseURL": f"http://127.0.0.1:{port}/v1", "apiKey": TOKEN}}}}, file)
    events, told = run([os.path.join(bin_folder, "opencode"), "run", "--format", "json", "--model", "fathom/nano",
                        request], folder, OPENCODE_CONFIG=config, OPENCODE_DISABLE_AUTOUPDATE="1",
                       OPENCODE_DISABLE_MODELS_FETCH="1")
    parts = [(e["type"], e["part"]) for e in events if "part" in e]
    used = [part for kind, part in parts if kind == "tool_use"]
    answers = [part for kind, part in parts if kind == "text"]
    steps = [part["tokens"] for kind, part in parts if kind == "step_finish"]
    if not used or not answers:
        return None, told
    assert used[0]["state"]["status"] in ("completed", "error") and answers[-1]["text"], told
    read, fresh = steps[-1]["cache"]["read"], steps[-1]["input"]
    assert read > 0.9 * (read + fresh), told
    return f"used {used[0]['tool']} ({used[0]['state']['status']}), {read} of {read + fresh} tokens cached", told


def main():
    fathom, root, name = sys.argv[1:4]
    packages = os.environ.get("FATHOM_AGENTS", os.path.join(root, ".peers", "agents"))
    bin_folder = os.path.join(packages, "node_modules", ".bin")
    if not shutil.which("node") or not os.path.exists(os.path.join(bin_folder, name)):
        print(f"skipped: no {name} in {bin_folder}; copy {HERE}/package.json to {packages} and run npm install there")
        return 77
    if "--alone" not in sys.argv:
        if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
            print("skipped: this machine makes no network namespaces for its users")
            return 77
        return subprocess.run(["unshare", "-rn", sys.executable, *sys.argv, "--alone"]).returncode
    loopback_up()
    with Server(fathom, root) as server:
        for request in REQUESTS[name]:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                found, told = {"codex": codex, "opencode": opencode}[name](bin_folder, server.port, request, folder)
            print(f"{name}, {request!r}: {found or 'no call'}", flush=True)
            if found:
                return 0
    print(told)
    return 1


if __name__ == "__main__":
    sys.exit(main())
