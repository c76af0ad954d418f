# SPDX-License-Identifier: Apache-2.0
"""What stands between the requests of a dialog: files that were read, pages that calls returned, text that was pasted.

A request is meant for the tools at the beginning, however much has been read since. None of what is put in between asks for
a tool of the dialog or forbids one, so what is right stays right. Of what is put in, the calls that read a file are learnt, nothing else.
"""
import re

from asking.tools import NO_TOOL, ToolDialog, Turn
from .chains import tool_turn
from .requests import Request, calls_text
from .workspace import ProductTool, WorkTool

LINES = (6, 12, 25, 40, 80, 120)          # of one piece of real text, at most
EARLY_SHARE = .5                          # of the pieces: before the first request
PRODUCT_SHARE = .5                        # of the readers
TOUCHES_FILES = re.compile(r"\b(file|files|read|open|show|display|print|folder|page|text|document|view|load)\b", re.I)
READS = ["read {p}", "Read {p}.", "Have a look at {p}.", "open {p}", "what is in {p}?", "Please load {p}", "{p} first, please.", "Show me {p}.", "Let us begin with {p}.", "Then {p}.", "cat {p}"]
PASTES = ["Here is {p}:\n{t}", "{p}\n\n{t}", "This is what I have so far:\n\n{t}", "```\n{t}\n```\nThat is {p}.", "{t}", "From {p}:\n\n{t}", "Keep this in mind:\n{t}", "My notes:\n{t}", "For later:\n\n{t}"]
TAKEN = ["Done.", "I have read it.", "Thanks, I have it.", "Noted.", "I see.", "{p}: {n} lines.", "That is {p}.", "{n} lines.", "Read."]
ASKS_OF_TEXT = ["What does the beginning say?", "How does it begin?", "What stands there first?", "And the first line?", "Quote the beginning."]


class Between:
    """`real` gives (path, lines) of real files; `encode` the tokens of a text."""

    def __init__(self, rng, real, encode):
        self.rng, self.real, self.encode = rng, real, encode

    def spread(self, dialog, tokens):
        """The dialog with real text of about so many tokens between its requests."""
        rng = self.rng
        tools, turns = list(dialog.tools), list(dialog.turns)
        reader = self.reader(tools, turns)
        if reader and all('"%s"' % reader.name not in line for line in tools):
            tools.insert(rng.randint(0, len(tools)), reader.line)
        forms = [self.pasted, self.asked_of, self.before_the_request] + [self.returned] * 2 + [lambda turns, at, path, lines: self.file_read(reader, turns, at, path, lines)] * (4 if reader else 0)
        left = tokens
        while left > 40:
            path, lines = self.piece(left)
            used = len(self.encode("\n".join(lines)))
            requests = [at for at, turn in enumerate(turns) if turn.role == "user"]
            at = requests[0] if rng.random() < EARLY_SHARE else rng.choice(requests)
            if not rng.choice(forms)(turns, at, path, lines):
                self.pasted(turns, at, path, lines)
            left -= used + 50
        return ToolDialog(tools, turns, dialog.held_out)

    def reader(self, tools, turns):
        """A tool that reads files, if the dialog has one or nothing it says could mean it."""
        product = ProductTool("read")
        if product.line in tools:
            return product
        refused = [before.text for before, turn in zip(turns, turns[1:]) if turn.role == "ai" and turn.text == NO_TOOL]
        if any(TOUCHES_FILES.search(text) for text in refused) or any(TOUCHES_FILES.search(line) for line in tools):
            return None
        return product if self.rng.random() < PRODUCT_SHARE else WorkTool(self.rng, "read")

    def piece(self, tokens):
        path, lines = self.real(self.rng.choice([count for count in LINES if count * 8 < tokens] or LINES[:1]))
        lines = list(lines)
        while lines and len(self.encode("\n".join(lines))) > tokens:
            lines = lines[:len(lines) * 2 // 3]
        return path, lines

    def taken(self, path, lines):
        return Turn("ai", self.rng.choice(TAKEN).replace("{p}", path).replace("{n}", str(len(lines))), False)

    # Each puts its turns before turns[at], the begin of a request, and says whether it could.

    def file_read(self, reader, turns, at, path, lines):
        rng = self.rng
        shown = "".join(line + "\n" for line in lines)
        if rng.random() < .5:
            shown = "".join("%d\t%s\n" % (n + 1, line) for n, line in enumerate(lines))
        called = Turn("ai", calls_text([Request(reader, "", "", reader.call(path=path))]), True)
        turns[at:at] = [Turn("user", rng.choice(READS).replace("{p}", path), False), called, *tool_turn([(reader.name, shown)]), self.taken(path, lines)]
        return True

    def pasted(self, turns, at, path, lines):
        turns[at:at] = [Turn("user", self.pasting(path, lines), False), self.taken(path, lines)]
        return True

    def pasting(self, path, lines):
        return self.rng.choice(PASTES).replace("{p}", path).replace("{t}", "\n".join(lines))

    def asked_of(self, turns, at, path, lines):
        """A text, a question about it and an answer, which is a line of it."""
        first = next((line.strip() for line in lines if line.strip()), "")
        turns[at:at] = [Turn("user", "%s\n\n%s" % (self.pasting(path, lines), self.rng.choice(ASKS_OF_TEXT)), False), Turn("ai", first[:200] or "Nothing.", False)]
        return True

    def before_the_request(self, turns, at, path, lines):
        """In one message: a text, then the request."""
        if len(turns[at].text) > 400:
            return False
        turns[at] = Turn("user", "%s\n\n%s" % (self.pasting(path, lines), turns[at].text), turns[at].trained)
        return True

    def returned(self, turns, at, path, lines):
        """What a call before this request returned: text, where the dialog told no result."""
        if at == 0 or turns[at - 1].role != "ai" or not turns[at - 1].text.startswith("<tool_calls>"):
            return False
        names = re.findall(r'(?<=\n\{"name": ")[^"]+', turns[at - 1].text)
        longest = self.rng.randrange(len(names))
        results = [(name, "\n".join(lines) if n == longest else "ok") for n, name in enumerate(names)]
        turns[at:at] = [*tool_turn(results), self.taken(path, lines)]
        return True
