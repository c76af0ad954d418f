# SPDX-License-Identifier: Apache-2.0
"""The program in a home of its own: through pipes, or on a terminal of a given width."""
import argparse
import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata
import unittest

SECONDS_MAX = 120  # of one run, on a busy machine


def write_profile(root, path, window_tokens=4_096, output_tokens=8, temperature=0):
    """The shipped profile with short replies, so that many turns are quick."""
    with open(os.path.join(root, "configs/models/nano.yaml"), encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"(?m)^checkpoint:.*$",
                  f"checkpoint: {os.path.join(os.path.abspath(root), 'models/nano/nano.gguf')}", text)
    text = re.sub(r"(?m)^(window_\w+_tokens):.*$", rf"\1: {window_tokens}", text)
    text = re.sub(r"(?m)^output_tokens_max:.*$", f"output_tokens_max: {output_tokens}", text)
    text = re.sub(r"(?m)^  temperature: \S+", f"  temperature: {temperature}", text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def columns_of(line):
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return len(line) + wide - sum(unicodedata.combining(c) > 0 for c in line)


class Terminal:
    """A run of the program on a pseudo-terminal."""

    def __init__(self, command, environment, columns=80):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.modes_at_start = termios.tcgetattr(slave)
        self.process = subprocess.Popen(command, env=environment, stdin=slave, stdout=slave,
                                        stderr=slave, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self.shown = ""
        self.looked_at = 0

    def type(self, text):
        os.write(self.master, text.encode())

    def read(self, seconds):
        if select.select([self.master], [], [], seconds)[0]:
            try:
                piece = self.decoder.decode(os.read(self.master, 65_536))
            except OSError:
                return False  # the other side is closed
            self.shown += piece
        return True

    def wait_for(self, text):
        """Reads until `text` (a regular expression) has appeared behind what was waited for last."""
        end = time.monotonic() + SECONDS_MAX
        while time.monotonic() < end:
            found = re.compile(text).search(self.shown, self.looked_at)
            if found:
                self.looked_at = found.end()
                return found
            if not self.read(0.2):
                break
        raise AssertionError(f"{text!r} did not appear; the terminal shows:\n{self.shown[-3000:]}")

    def finish(self):
        end = time.monotonic() + SECONDS_MAX
        while time.monotonic() < end and self.read(0.2):
            if self.process.poll() is not None and not select.select([self.master], [], [], 0)[0]:
                break
        status = self.process.wait(SECONDS_MAX)
        os.close(self.master)
        return status


class ProgramTest(unittest.TestCase):
    arguments = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="fathom-cli-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.profile = os.path.join(self.folder, "profile.yaml")
        write_profile(self.arguments.root, self.profile)
        self.environment = {"PATH": os.environ["PATH"], "FATHOM_HOME": os.path.join(self.folder, "home"),
                            "FATHOM_ROOT": self.arguments.root, "TERM": "xterm-256color",
                            "HOME": self.folder}

    def command(self, *words):
        return [self.arguments.fathom, "--model", self.profile, "--threads", "1", *words]

    def run_program(self, *words, status=0, stdin="", seconds=SECONDS_MAX):
        ended = subprocess.run(self.command(*words), env=self.environment, input=stdin,
                               capture_output=True, text=True, timeout=seconds, cwd=self.folder)
        self.assertEqual(ended.returncode, status, f"{words}: {ended.stdout}{ended.stderr}")
        return ended

    def terminal(self, *words, columns=80):
        return Terminal(self.command(*words), self.environment, columns)


def main():
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser()
    parser.add_argument("--fathom", required=True)
    parser.add_argument("--root", default=here)
    ProgramTest.arguments, others = parser.parse_known_args()
    ProgramTest.arguments.fathom = os.path.abspath(ProgramTest.arguments.fathom)
    if not os.path.exists(os.path.join(ProgramTest.arguments.root, "models/nano/nano.gguf")):
        print("skipped: no model at models/nano/nano.gguf")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *others], verbosity=2)
