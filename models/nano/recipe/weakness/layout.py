# SPDX-License-Identifier: Apache-2.0
"""From composed blocks to the lines of a snippet: function around, unrelated lines between, indentation, labels."""
from .template import MARK_OPEN, MARK_WEAK

NO_LOSS, OK = -1, 0
_ENDS = ("return", "throw", "raise", "Ok(", "break", "yield", "emit", "super")
_TOPS = ("use ", "using ", "@Autowired", "private static", "attr_", "before_", "#ifdef", "super")


def SplitFillers(language):
    """Fillers by where they may stand: between statements, as the last one."""
    middle, last = [], []
    for text in language.fillers:
        if text.startswith(_TOPS) and not text.startswith("super"):
            continue
        (last if text.startswith(_ENDS) else middle).append(text)
    return middle, last or middle


def Nest(template, placeholder, block):
    """The block in the place of its placeholder, indented like the line that holds it."""
    out = []
    for line in template.split("⏎"):
        if placeholder in line:
            indent = line[:len(line) - len(line.lstrip("⇥"))]
            if "⏎" in block and indent:
                block = block.replace("⏎", "⏎" + indent)
            line = line.replace(placeholder, block)
        out.append(line)
    return "⏎".join(out)


def Indent(block, depth=1):
    return "⇥" * depth + block.replace("⏎", "⏎" + "⇥" * depth)


def Fillers(scene, language, count):
    middle = language.middle_fillers
    out = []
    for _ in range(count):
        if scene.rng.random() < 0.12:
            out.append(scene.Fill(scene.Choice(language.comments)))
        else:
            out.append(scene.Fill(scene.Choice(middle)))
    return out


def Spread(scene, language, blocks, count):
    """Unrelated statements at random places between the blocks, more of them before the first."""
    if not count:
        return blocks
    out = list(blocks)
    for filler in Fillers(scene, language, count):
        at = 0 if scene.rng.random() < 0.4 else int(scene.rng.random() * len(out))
        out.insert(at, filler)
    return out


def Params(scene, language, own):
    """The parameter list: the ones that matter among others."""
    params = [own] if own else []
    x = scene.rng.random()
    for _ in range(0 if x < 0.5 else 1 if x < 0.85 else 2):
        other = scene.Fill(scene.Choice(language.params))
        if other.startswith("*") or "=" in other or "?" in other or "..." in other:
            params.append(other)
        else:
            params.insert(int(scene.rng.random() * (len(params) + 1)), other)
    if language.name == "python":
        params.sort(key=lambda p: ("=" in p) + 2 * p.startswith("*"))
        if sum(p.startswith("*, ") for p in params) > 1:
            params = params[:-1]
    if language.name in ("c",) and not params:
        return scene.Choice(["void", "void", ""])
    return ", ".join(params)


def Function(scene, language, blocks, own_params, header=None):
    """A function around the blocks; header is a row of language.headers."""
    rng = scene.rng
    name, head, foot = header or scene.Choice(language.headers)
    params = own_params if name in ("route", "route2", "handler", "listener") and own_params else \
        Params(scene, language, own_params)
    if language.name == "perl" and not params:
        params = "$" + scene.Value("v")
    scene.memo["PARAMS"] = params
    out = []
    if language.docs and rng.random() < 0.25:
        out.append(scene.Fill(scene.Choice(language.docs)))
    head = scene.Fill(head)
    if ", )" in head:
        head = head.replace(", )", ")")
    out.append(head)
    if language.inner_docs and rng.random() < 0.3:
        out.append(Indent(scene.Fill(scene.Choice(language.inner_docs))))
    out += [Indent(block) for block in blocks]
    if foot:
        out.append(foot)
    if language.types and rng.random() < 0.12:
        head, foot = scene.Choice(language.types)
        out = [scene.Fill(head)] + [Indent(block) for block in out] + ([scene.Fill(foot)] if foot else [])
    return out


def Lines(scene, language, blocks, family, base=0, weak=True):
    """Lines and labels of the blocks. A mark outside a weak snippet means nothing."""
    unit = scene.Choice(language.units)
    lines, labels = [], []
    for block in blocks:
        for logical in block.split("⏎"):
            text = logical.lstrip("⇥")
            depth = len(logical) - len(text) + base
            for i, part in enumerate(text.split("↵")):
                piece = part.lstrip("⇥")
                label = OK
                if MARK_WEAK in piece:
                    piece = piece.replace(MARK_WEAK, "")
                    label = family if weak else OK
                if MARK_OPEN in piece:
                    piece = piece.replace(MARK_OPEN, "")
                    label = NO_LOSS
                piece = piece.rstrip()
                lines.append(unit * (depth + len(part) - len(part.lstrip("⇥"))) + piece if piece else "")
                labels.append(label)
    return lines, labels


def Call(scene, template, lines_allowed):
    """Writes ⟦a¦b⟧ as (a, b), now and then over several lines."""
    if "⟦" not in template:
        return template
    x = scene.rng.random()
    spread = lines_allowed and x < 0.16
    head, rest = template.split("⟦", 1)
    depth_at = rest.rindex("⟧")
    args, tail = rest[:depth_at], rest[depth_at + 1:]
    if "⟦" in args or "⟧" in args:
        args = args.replace("⟦", "(").replace("⟧", ")")
    if not spread:
        return head + "(" + args.replace("¦", ", ") + ")" + tail
    if x < 0.06 and "¦" in args:
        return head + "(" + args.replace("¦", ",↵⇥⇥", 1).replace("¦", ", ") + ")" + tail
    if x < 0.10:
        return head + "(↵⇥" + args.replace("¦", ", ") + ")" + tail
    return head + "(↵⇥" + args.replace("¦", ",↵⇥") + "↵)" + tail
