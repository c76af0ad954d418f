# SPDX-License-Identifier: Apache-2.0
"""One sample: a value from somewhere, through some variables, into a text, into a sink, inside a function."""
import re

from items import Snippet

from . import across, frameworks, hostile
from .languages import LANGUAGES, PLAIN_LANGUAGES
from .layout import Call, Function, Lines, Nest, Spread
from .strings import BUILDERS, SLOT, Literal, QuotesOf
from .template import MARK_WEAK, Scene

HELD_AXES = ("sink", "sink", "sink", "sink", "sink", "source", "builder", "context")
_NO_METHODS = {"route", "route2", "handler", "listener", "closure", "goroutine", "lambda", "block", "sinatra", "if", "for",
               "attr", "mapping", "action", "nest", "decorated", "override", "prototype", "pointer", "method",
               "asyncmethod", "private", "predicate", "bang"}


_DECLARATION = re.compile(r"(?:private|public|protected|@Value)\b")
_BARE_RETURN = re.compile(r"(?:^|⏎|⇥)return \$?\w+;?\x01")
_FIELD = re.compile(r",(?:«[!?]»)?$")

# What a line that ends in a comma stands in.
OBJECTS = {
    "python": ["«v» = {⏎⇥\"«key»\": «v»,⏎⇥«FIELD»⏎}", "«v» = {⏎⇥«FIELD»⏎⇥\"«key»\": «n»,⏎⇥\"«key»\": \"«w»\",⏎}", "return {⏎⇥«FIELD»⏎}",
               "«C» = {⏎⇥\"«key»\": {⏎⇥⇥«FIELD»⏎⇥⇥\"host\": \"«host»\",⏎⇥},⏎}"],
    "go": ["«v» := &«P»{⏎⇥«P»: «n»,⏎⇥«FIELD»⏎}", "return «P»{⏎⇥«FIELD»⏎⇥«P»: \"«w»\",⏎}", "«v» := «w».Config{⏎⇥«FIELD»⏎}",
           "var «v» = &«w».Config{⏎⇥«P»: \"«host»\",⏎⇥«FIELD»⏎⇥«P»: true,⏎}"],
    "php": ["$«v» = [⏎⇥'«key»' => $«v»,⏎⇥«FIELD»⏎];", "return [⏎⇥«FIELD»⏎⇥'«key»' => '«w»',⏎];", "$«v» = array(⏎⇥«FIELD»⏎);",
            "«f»($«v», [⏎⇥«FIELD»⏎⇥'«key»' => «n»,⏎]);"],
    "ruby": ["«v» = {⏎⇥«FIELD»⏎⇥«w»: «n»⏎}", "«P».new(⏎⇥«FIELD»⏎⇥«w»: «v»⏎)", "config.«w» = {⏎⇥«w»: \"«host»\",⏎⇥«FIELD»⏎}"],
    "c": ["static const struct «snake» «v» = {⏎⇥«FIELD»⏎⇥.«snake» = «n»,⏎};", "struct «snake» «v» = {⏎⇥.«snake» = \"«w»\",⏎⇥«FIELD»⏎};"],
    "rust": ["let «v» = «P» {⏎⇥«FIELD»⏎⇥«snake»: «n»,⏎};", "«P» {⏎⇥«snake»: «v»,⏎⇥«FIELD»⏎}"],
    "csharp": ["var «v» = new «P»⏎{⏎⇥«FIELD»⏎⇥«P» = «n»,⏎};", "return new «P»⏎{⏎⇥«P» = \"«w»\",⏎⇥«FIELD»⏎};"],
    "perl": ["my %«v» = (⏎⇥«FIELD»⏎⇥«w» => «n»,⏎);", "my $«v» = «P»->new(⏎⇥«w» => $«v»,⏎⇥«FIELD»⏎);", "return {⏎⇥«FIELD»⏎};"],
    "javascript": ["const «v» = {⏎⇥«w»: «n»,⏎⇥«FIELD»⏎⇥«camel»: '«w»',⏎};", "const «v» = new «P»({⏎⇥«FIELD»⏎⇥«camel»: true,⏎});",
                   "module.exports = {⏎⇥«w»: {⏎⇥⇥«FIELD»⏎⇥⇥host: '«host»',⏎⇥},⏎};", "«f»({⏎⇥«w»: «v»,⏎⇥«FIELD»⏎});", "return {⏎⇥«FIELD»⏎};",
                   "await «f»(«v», {⏎⇥«FIELD»⏎⇥timeout: «n»,⏎});"],
}
OBJECTS["typescript"], OBJECTS["cpp"] = OBJECTS["javascript"], OBJECTS["c"]


class Retry(Exception):
    """The drawn parts do not fit together; draw again."""


class Composer:
    """Draws the parts of one sample. `axis` says which part comes from the held-out side, if any."""

    def __init__(self, rng, family, language, weak, axis):
        self.rng, self.family, self.weak, self.axis = rng, family, weak, axis
        self.language = LANGUAGES.get(language)
        self.language_name = language
        self.scene = NewScene(rng, self.language)
        self.blocks, self.own_params, self.form, self.elsewhere, self.imports, self.above = [], "", [], [], [], []
        self.inside = None  # what makes the value harmless in the function that builds the text
        self.odd = None     # odd texts, where the texts around the value are to hold some
        self.needs_text = self.escaped = self.remote = self.took_source = self.took_builder = self.took_context = self.must_wrap = False

    def Choice(self, items):
        if not items:
            raise Retry
        return items[int(self.rng.random() * len(items))]

    def Row(self, table):
        rows = self.family.Rows(table, self.language_name, self.axis == "sink")
        return self.Choice(self.More(rows, frameworks.SINKS.get(self.family.number, {}).get(self.language_name) if table == "sinks" else None))

    def More(self, rows, others):
        """Now and then what only training knows instead of the rows."""
        return others if others and not self.axis and self.rng.random() < frameworks.SHARE else rows

    # ---- whole statements

    def Pattern(self, row=None):
        callee, kind, template = row or self.Row("weak" if self.weak else "alike")
        self.form = [callee]
        kind, _, params = kind.partition(":")
        scene = self.scene
        self.own_params = scene.Fill(params) if params else ""
        if kind == "top":
            text, taken = scene.Traced(template)
            self.form.append("top" + taken)
            if "\x01" not in text:
                text += MARK_WEAK
            self.blocks.append(text)
            return self.Top()
        if kind == "lines" and _DECLARATION.match(template):
            text, taken = scene.Traced(template if "«!»" in template else template + "«!»")
            self.form.append("member" + taken)
            self.blocks.append(text)
            return self.Finish(Spread(scene, self.language, self.blocks, 0), 1)
        self.Statement(kind, template)
        return self.Wrap()

    def Statement(self, kind, template):
        """The sink in its statement, as the last block."""
        scene, language = self.scene, self.language
        scene.prefer = None
        text, taken = scene.Traced(template)
        text = Call(scene, text, kind != "lines")
        if taken and "«E" not in template and "«X" not in template:
            self.form.append("c" + taken)
        if kind == "lines":
            self.form.append("lines")
            text = text if MARK_WEAK in text else text + MARK_WEAK
            if self.weak and _BARE_RETURN.search(text):
                raise Retry  # nothing on that line says what is returned
            if _FIELD.search(template) and language.name in OBJECTS:
                around = scene.Fill(self.Choice(OBJECTS[language.name]).replace("«FIELD»", "\x04"))
                text = Nest(around, "\x04", text)
        else:
            if MARK_WEAK not in text:
                text += MARK_WEAK
            rows = language.expr_contexts if kind == "expr" else language.stmt_contexts
            name, context = self.Choice(self.family.Part(kind, language.name, rows, self.axis == "context"))
            self.form.append(name)
            self.took_context = True
            filled = scene.Fill(context.replace("«CALL»", "\x04"))
            text = Nest(filled, "\x04", text)
        if self.rng.random() < 0.10 and language.tails:
            tail = "  " + scene.Fill(self.Choice(language.tails))
            text = re.sub("\x01([^⏎↵]*)(?=⏎|$)", lambda m: "\x01" + m.group(1) + tail, text, count=1)
        return self.blocks.append(text)

    def Top(self):
        """Lines of a file outside any function, or of a configuration file."""
        rng, scene, language = self.rng, self.scene, self.language
        count = int(rng.random() * rng.random() * 9)
        if language is None:
            comment, fillers = PLAIN_LANGUAGES[self.language_name]
            out = list(self.blocks)
            for _ in range(count):
                text = scene.Fill(comment if rng.random() < 0.12 else scene.Choice(fillers))
                out.insert(int(rng.random() * (len(out) + 1)), text)
            base = 0
            if self.language_name in ("yaml", "json", "xml", "html"):
                base = self.Choice([0, 0, 1, 1, 2, 3])
            return self.Finish(out, base)
        middle = [scene.Fill(self.Choice(language.comments)) for _ in range(int(rng.random() * 2))]
        base = 1 if rng.random() < 0.15 else 0
        if rng.random() < 0.4:
            return self.Finish(middle + self.blocks, base)
        if rng.random() < 0.5:
            return self.Finish(Spread(scene, language, middle + self.blocks, min(count, 4)), base)
        body = [scene.Fill(scene.Choice(language.middle_fillers)) for _ in range(1 + int(rng.random() * 3))]
        return self.Finish(middle + self.blocks + [""] + Function(scene, language, body, ""), 0)

    # ---- a value that flows into a sink

    def Flow(self):
        family, rng, scene = self.family, self.rng, self.scene
        mode = "weak" if self.weak else self.AlikeMode()
        if not self.weak:
            self.form.append(mode)
        if mode == "pattern":
            return self.Pattern()
        callee, kind, template = self.Row("bound" if mode == "bound" else "sinks")
        self.form.append(callee)
        if family.prepare:
            family.prepare(self, mode)
        if mode == "const":
            self.Constant()
        elif mode == "literal":
            return self.Literals(kind, template)
        else:
            value = self.Incoming(mode)
            scene.memo["X"] = value
            if mode == "sanitize" and not self.axis and self.language_name in across.HEADERS and self.rng.random() < across.INSIDE_SHARE:
                self.inside = self.Sanitizer()
            elif mode == "sanitize":
                value = self.Sanitized(value)
            elif mode == "guard":
                scene.memo["X"] = value
                name, text = self.Choice(self.language.guards)
                self.form.append(name)
                self.blocks.append(scene.Fill(text))
            self.needs_text = mode in ("sanitize", "guard") and family.texts_when_checked
            if mode != "bound":
                self.Text(value)
        self.Statement(kind, template)
        return self.Wrap()

    def AlikeMode(self):
        family, name, held = self.family, self.language_name, self.axis == "sink"
        modes = []
        if family.Rows("sinks", name, held):
            modes += ["const"] * 2
            if family.guards and self.language.guards and name != "shell":
                modes += ["guard"] * 2
            if family.sanitizers.get(name) or family.casts and any(self.language.casts):
                modes += ["sanitize"] * 3
            if family.literals and self.language.literals:
                modes.append("literal")
        if family.Rows("bound", name, held):
            modes += ["bound"] * 5
        if family.Rows("alike", name, held):
            modes += ["pattern"] * (4 if modes else 1)
        return self.Choice(modes)

    def Incoming(self, mode):
        """The value from outside, as an expression; a guard needs it in a variable."""
        rng, scene, language, family = self.rng, self.scene, self.language, self.family
        held = self.axis == "source"
        self.Prefer(family.value_names, 0.3)
        only = family.param_languages
        if not held and rng.random() < family.param_share and language.param and (not only or language.name in only):
            self.must_wrap = bool(only)
            name = language.sigil + scene.Value("v")
            self.own_params = self.Bound(language.param, V=name)
            self.form.append("param")
            value, plain = name, True
        else:
            rows = family.Sources(language.name, held)
            name, _, params, expression = self.Choice(self.More(rows, family.Tagged(frameworks.SOURCES, language.name)))
            value, plain = "", False
            if rng.random() < 0.12 and not self.axis and not name.startswith("fw.") and self.elsewhere == [] and mode in ("weak", "sanitize"):
                value = self.Helper(name, params, expression, mode)
                if mode == "sanitize":
                    self.form.append("remote")
                    self.remote = True
            if not value:
                self.form.append(name)
                self.took_source = True
                if params:
                    self.own_params = self.Join(scene.Fill(params))
                value = scene.Fill(expression)
        x = rng.random()
        steps = 0 if x < 0.55 else 1 if x < 0.85 else 2 if x < 0.96 else 3
        must = mode == "guard" or language.name in ("rust", "cpp", "c") and mode != "weak"
        if not plain and (must or rng.random() < 0.62):
            value = self.Assign(value)
        elif must and not plain:
            value = self.Assign(value)
        for _ in range(steps):
            carrier = self.Choice(language.carriers)
            value = self.Assign(self.Bound(carrier, X=value))
        return value

    def Prefer(self, names, share):
        if names and self.rng.random() < share:
            self.scene.prefer = self.Choice(names)

    def Join(self, own):
        return own if not self.own_params else self.own_params + ", " + own

    def Bound(self, template, **values):
        """Fills a template with some names bound for this once."""
        memo = self.scene.memo
        memo.update(values)
        text = self.scene.Fill(template)
        for name in values:
            del memo[name]
        return text

    def Assign(self, expression, name=None):
        language = self.language
        name = name or language.sigil + self.scene.Value("v")
        if language.name == "shell":
            expression = '"' + expression + '"' if not expression.startswith('"') else expression
        text = self.Bound(self.Choice(language.assign), V=name, E=expression)
        self.blocks.append(text)
        return ("$" + name if language.name == "shell" else name)

    def Sanitizer(self):
        """An expression that disarms «X»."""
        family, language = self.family, self.language
        choices = list(family.sanitizers.get(language.name, ())) * 2
        if family.casts:
            choices += language.casts
        template = self.Choice([c for c in choices if c])
        self.escaped = template not in language.casts
        self.form.append("san%d" % choices.index(template))
        return template

    def Sanitized(self, value):
        language = self.language
        if self.remote:
            return value
        template = self.Sanitizer()
        expression = self.Bound(template, X=value)
        if self.rng.random() < 0.5 and not (language.name == "rust" and template in language.casts) or \
                language.name in ("c", "cpp"):
            if template in language.casts and language.name in ("c", "java", "go"):
                raise Retry  # a number in a text of %s; the families that want it say so in their tables
            return self.Assign(expression)
        return expression

    def Helper(self, name, params, expression, mode):
        """A function of another file that hands the value on, under a name used here."""
        scene, language = self.scene, self.language
        helper = scene.Fill("«F»" if language.name in ("go", "csharp") else "«f»")
        params = scene.Fill(params)
        expression = scene.Fill(expression)
        if language.name in ("c", "shell"):
            return ""
        if mode == "sanitize":
            casts = language.casts if self.family.casts else []
            options = [c for c in list(self.family.sanitizers.get(language.name, ())) + casts if c]
            if not options:
                return ""
            template = self.Choice(options)
            self.escaped = template not in casts
            expression = self.Bound(template, X=expression)
        headers = [row for row in language.headers if row[0] not in _NO_METHODS and ("«f»" in row[1] or "«F»" in row[1])]
        header = self.Choice(headers)
        header = (header[0], header[1].replace("_«f»", "«f»").replace("«f»", helper).replace("«F»", helper)
                  .replace("«w»_" + helper, helper), header[2])
        inner = []
        if self.rng.random() < 0.4:
            local = language.sigil + scene.Value("v")
            inner.append(self.Bound(self.Choice(language.assign), V=local, E=expression))
            expression = local
        inner.append(self.Bound(language.returns, E=expression))
        blocks = Function(scene, language, Spread(scene, language, inner, int(self.rng.random() * 2)), params, header)
        lines, labels = Lines(scene, language, blocks, 0, weak=False)
        self.elsewhere.append(Snippet(language.name, lines, labels, "plain", self.family.number, "helper"))
        self.form.append("helper." + name)
        if params:
            self.own_params = self.Join(params)
        self.imports.append(self.Bound(self.Choice(language.helper_import), H=helper, PARAMS=params))
        return helper + "(" + ArgumentNames(language.name, params) + ")"

    def Payload(self):
        payloads = self.family.payloads
        texts = payloads.get(self.language_name) or payloads.get("*") or [""]
        text = self.Choice(texts)
        if self.needs_text and not text:
            text = self.Choice([t for t in texts if t])
        if self.escaped and self.family.fits_escaped and not self.family.fits_escaped(text):
            text = self.Choice([t for t in texts if t and self.family.fits_escaped(t)])
        if self.odd and text and self.family.number in hostile.IN_TEXTS and self.rng.random() < hostile.IN_TEXTS_SHARE:
            text = hostile.IN_TEXTS[self.family.number].replace("¶", self.odd.Word(self.family.number)).replace("§", text)
        return self.Bound(text, X=SLOT) if text else ""

    def Text(self, value):
        """Builds the text around the value and binds it as «E»."""
        rng, scene, language = self.rng, self.scene, self.language
        if self.family.number == 7 and not self.axis and language.name in frameworks.JOINS and not self.inside and \
                rng.random() < frameworks.JOINS_SHARE:
            return self.Joined(value)
        payload = self.Payload()
        scene.prefer = None
        self.Prefer(self.family.text_names, 0.45)
        if self.inside and payload in ("", SLOT):
            raise Retry
        if not self.axis and not self.elsewhere and payload not in ("", SLOT) and language.name in across.HEADERS and \
                (self.inside or rng.random() < across.SHARE):
            return self.Bind(across.Builder(self, payload, value), rng.random() < 0.4)
        if payload in ("", SLOT):
            if language.name == "shell" and payload == SLOT:
                value = '"' + value + '"' if rng.random() < 0.5 else value
            return self.Bind(value, rng.random() < 0.12)
        builders = self.family.Part("builders", language.name, list(BUILDERS[language.name].items()),
                                    self.axis == "builder")
        if not builders:
            raise Retry
        for _ in range(6):
            name, build = self.Choice(builders)
            built = build(scene, payload, value)
            if built:
                break
        else:
            raise Retry
        self.form.append(name)
        self.took_builder = True
        before, expression = built
        if before:
            self.blocks.append(before)
        self.Bind(expression, rng.random() < (0.2 if before else 0.5))
        return None

    def Joined(self, value):
        """A folder and the value become a path with a name of its own."""
        self.Prefer(self.family.text_names, 0.6)
        name = self.language.sigil + self.scene.Value("v")
        self.scene.prefer = None
        self.form.append("joined")
        self.blocks.append(self.Bound(self.Choice(frameworks.JOINS[self.language.name]), V=name, X=value))
        self.Bind(name, False)

    def Bind(self, expression, variable):
        """Names the text: «E» for a value, «Ec» for a C string of it."""
        scene, name = self.scene, self.language.name
        literal = expression.startswith('"') and expression.endswith('"') and expression.count('"') == 2
        if variable and not expression.isidentifier():
            expression = self.Assign(expression)
            literal = literal and name == "c"
        scene.memo["E"] = expression
        if name == "cpp":
            if literal:
                scene.memo["Ec"] = expression
            else:
                scene.memo["Ec"] = ("(" + expression + ")" if " + " in expression else expression) + ".c_str()"

    def Constant(self):
        """A text without any value from outside."""
        scene, family, name = self.scene, self.family, self.language_name
        texts = family.constants.get(name) or family.constants.get("*")
        if texts and (self.rng.random() < 0.5 or "" in (family.payloads.get(name) or family.payloads.get("*") or [""])):
            text = scene.Fill(self.Choice(texts))
        else:
            text = self.Payload().replace(SLOT, scene.Fill("«w|w|n|n»".replace("w", "«w»").replace("n", "«n»")))
            if not text:
                raise Retry
        self.Prefer(family.text_names, 0.45)
        literal = text[1:] if text.startswith("\x06") else Literal(scene, self.language, text)
        self.Bind(literal, self.rng.random() < 0.3)

    def Literals(self, kind, template):
        """The value is one of a few fixed texts: a loop over them, a choice of two."""
        language, scene = self.language, self.scene
        name = language.sigil + scene.Value("v")
        kind_name, around = self.Choice(language.literals)
        self.form.append(kind_name)
        before, self.blocks = self.blocks, []
        self.Text(("$" + name) if language.name == "shell" else name)
        self.Statement(kind, template)
        body = "⏎".join(self.blocks)
        filled = self.Bound(around.replace("«BODY»", "\x04"), V=name)
        self.blocks = before + [Nest(filled, "\x04", body)]
        return self.Wrap()

    # ---- the function around

    def Wrap(self):
        rng, scene, language = self.rng, self.scene, self.language
        x = rng.random()
        count = 0 if x < 0.25 else 1 + int(rng.random() * 3) if x < 0.8 else 3 + int(rng.random() * 5)
        blocks = Spread(scene, language, self.blocks, count)
        if rng.random() < 0.22 and "return" not in blocks[-1]:
            blocks.append(scene.Fill(self.Choice(language.last_fillers)))
        needs = bool(self.own_params)
        if self.must_wrap or rng.random() < (0.93 if needs else 0.6):
            if language.name == "shell" and rng.random() < 0.5:
                return self.Finish(self.imports + blocks, 0)
            blocks = Function(scene, language, blocks, self.own_params)
            base = 1 if rng.random() < 0.2 else 0
            if self.imports or self.above:
                return self.Finish(self.imports + ([""] if self.imports else []) + self.above + blocks, 0)
            return self.Finish(blocks, base)
        return self.Finish(self.imports + blocks, self.Choice([0, 0, 1, 1, 1, 2]))

    def Finish(self, blocks, base):
        language = self.language or LANGUAGES["python"]
        scene = self.scene
        if self.language is None:
            language = _CONFIG
        if self.language_name == "python" or not blocks[-1:]:
            blocks = [b for b in blocks if b != "" or base == 0]
        lines, labels = Lines(scene, language, blocks, self.family.number, base, self.weak)
        if max(map(len, lines)) > 150 or len(lines) > 60:
            raise Retry
        if not self.weak:
            labels = [0 if label > 0 else label for label in labels]
        elif sum(label > 0 for label in labels) != 1:
            raise Retry
        family = self.family
        form = "/".join([family.name, "weak" if self.weak else "alike", self.language_name] + self.form)
        return Snippet(self.language_name, lines, labels, "weak" if self.weak else "alike", family.number, form,
                       self.axis is not None, self.elsewhere)


class _CONFIG:
    units = ["  ", "  ", "    "]


def NewScene(rng, language):
    if language is None:
        scene = Scene(rng)
    else:
        scene = Scene(rng, language.style, language.short, c_names=language.name in ("c", "cpp"))
    scene.quotes = QuotesOf(rng, language.name if language else "")
    scene.sigil = language.sigil if language else ""
    return scene


def ArgumentNames(language, params):
    """The names to pass for a list of declared parameters."""
    names = []
    for part in filter(None, (p.strip() for p in re.sub(r"<[^>]*>", "", params).split(","))):
        if language in ("python", "javascript", "typescript", "rust"):
            name = re.split(r"[:=]", part)[0].strip("* ")
            name = re.sub(r"^(?:Query|Json|Path)\((\w+)\)$", r"\1", name)
        elif language == "go":
            name = part.split(" ")[0]
        elif language in ("php", "perl"):
            name = "$" + part.rsplit("$", 1)[-1].split(" ")[0]
        elif language == "ruby":
            name = part.split(" ")[0]
        else:
            name = re.split(r"[ *&]", part)[-1].strip("[]")
        names.append(name)
    return ", ".join(names)
