# SPDX-License-Identifier: Apache-2.0
"""How a text gets a value into it, per language: f-string, concatenation, format call, builder, buffer.

A payload is a text with \\x03 where the value stands. A builder returns (lines before, expression) or None where the
payload does not suit it (quotes that clash, a % that would have to be doubled).
"""

SLOT = "\x03"


def Quote(text, quotes):
    """A literal of `text` with the first of the quotes that needs no escape."""
    for quote in quotes:
        if quote not in text:
            return quote + text + quote
    return quotes[-1] + text.replace(quotes[-1], "\\" + quotes[-1]) + quotes[-1]


def Literal(scene, language, text):
    return Quote(text, scene.quotes)


def _Pieces(scene, payload, value):
    pieces = []
    for i, part in enumerate(payload.split(SLOT)):
        if i:
            pieces.append(value)
        if part:
            pieces.append(Quote(part, scene.quotes))
    return pieces


def _Operand(value, language):
    """A value beside an operator: what binds weaker gets parentheses."""
    if " or " in value or " || " in value or "??" in value or " // " in value or " ? " in value:
        if not (value.startswith("(") and value.endswith(")")):
            return "(" + value + ")"
    return value


def Concat(op):
    def Build(scene, payload, value):
        return "", op.join(_Pieces(scene, payload, _Operand(value, None)))
    return Build


def ConcatLines(op, first=True):
    """The operator at the start of the continued line, or at the end of the one before."""
    glue = "↵⇥" + op.strip() + " " if first else " " + op.strip() + "↵⇥"

    def Build(scene, payload, value):
        pieces = _Pieces(scene, payload, _Operand(value, None))
        if len(pieces) < 2:
            return None
        return "", (pieces[0] + glue + (" " + op.strip() + " ").join(pieces[1:]))
    return Build


def Interpolate(opening, left, right, closing, forbidden):
    def Build(scene, payload, value):
        if any(c in payload for c in forbidden) or (closing in value and closing != '"""'):
            return None
        if not left and not value.startswith("${") and not value[1:].isidentifier() and not value[1:].isdigit():
            return None
        if left == "{" and opening == '"' and not value.startswith("$"):
            return None
        return "", opening + payload.replace(SLOT, left + value + right) + closing
    return Build


def Format(template, spec):
    """A call with the text as its format: template holds {text} and {value}."""
    def Build(scene, payload, value):
        if spec == "%s" and "%" in payload or spec == "{}" and "{" in payload:
            return None
        text = Quote(payload.replace(SLOT, spec), scene.quotes)
        return "", template.replace("{text}", text).replace("{value}", _Operand(value, None))
    return Build


def Steps(*templates):
    """Statements before, then an expression (the last template); {v} is the new variable, {pieces:...} joins pieces."""
    def Build(scene, payload, value):
        pieces = _Pieces(scene, payload, value)
        if len(pieces) < 2:
            return None
        name = scene.sigil + scene.Value("v")
        out = []
        for template in templates:
            if "{each}" in template:
                out += [template.replace("{v}", name).replace("{each}", piece) for piece in pieces[1:]]
            else:
                text = template.replace("{v}", name).replace("{first}", pieces[0])
                if "{all}" in text:
                    text = text.replace("{all}", ", ".join(pieces))
                if "{rest}" in text:
                    text = text.replace("{rest}", ", ".join(pieces[1:]))
                out.append(text)
        return "⏎".join(out[:-1]), out[-1]
    return Build


def Printf(*templates):
    """C: into a buffer. {text} is the format, {value} the argument, {v} the buffer."""
    def Build(scene, payload, value):
        if "%" in payload:
            return None
        name = scene.Value("v")
        size = scene.Choice(["64", "128", "256", "512", "1024", "BUFSIZ", "PATH_MAX", "4096"])
        text = Quote(payload.replace(SLOT, "%s"), '"')
        out = [t.replace("{v}", name).replace("{n}", size).replace("{text}", text).replace("{value}", value)
               for t in templates]
        return "⏎".join(out[:-1]), out[-1]
    return Build


_JS = {
    "concat": Concat(" + "), "concat2": Concat(" + "),
    "template": Interpolate("`", "${", "}", "`", "`"), "template2": Interpolate("`", "${", "}", "`", "`"),
    "lines": ConcatLines("+"), "linesend": ConcatLines("+", False),
    "append": Steps("let {v} = {first};", "{v} += {each};", "{v}"),
    "join": Steps("[{all}].join('')"),
    "concatcall": Steps("{first}.concat({rest})"),
    "format": Format("util.format({text}, {value})", "%s"),
    "push": Steps("const {v} = [{first}];", "{v}.push({each});", "{v}.join('')"),
    "pushspace": Steps("const {v} = [];", "{v}.push({first});", "{v}.push({each});", "{v}.join(' ')"),
}
_JVM = {
    "concat": Concat(" + "), "concat2": Concat(" + "),
    "format": Format("String.format({text}, {value})", "%s"),
    "formatted": Format("{text}.formatted({value})", "%s"),
    "builder": Steps("StringBuilder {v} = new StringBuilder({first});", "{v}.append({each});", "{v}.toString()"),
    "buffer": Steps("StringBuffer {v} = new StringBuffer();", "{v}.append({first});", "{v}.append({each});",
                    "{v}.toString()"),
    "append": Steps("String {v} = {first};", "{v} += {each};", "{v}"),
    "lines": ConcatLines("+"), "linesend": ConcatLines("+", False),
    "concatcall": Steps("{first}.concat({rest})"),
    "join": Steps("String.join(\"\", {all})"),
}

BUILDERS = {
    "python": {
        "concat": Concat(" + "), "concat2": Concat(" + "),
        "fstring": Interpolate('f"', "{", "}", '"', '"{'), "fstring2": Interpolate('f"', "{", "}", '"', '"{'),
        "fsingle": Interpolate("f'", "{", "}", "'", "'{"),
        "ftriple": Interpolate('f"""', "{", "}", '"""', "{"),
        "percent": Format("{text} % {value}", "%s"), "percent2": Format("{text} % ({value},)", "%s"),
        "format": Format("{text}.format({value})", "{}"),
        "named": Format("{text}.format(arg={value})", "{arg}"),
        "append": Steps("{v} = {first}", "{v} += {each}", "{v}"),
        "join": Steps('"".join([{all}])'), "joinspace": Steps('" ".join([{all}])'),
        "list": Steps("{v} = [{first}]", "{v}.append({each})", '" ".join({v})'),
        "list2": Steps("{v} = []", "{v}.append({first})", "{v}.append({each})", '"".join({v})'),
        "paren": ConcatLines("+"),
        "replace": lambda scene, payload, value:
            ("", Quote(payload.replace(SLOT, "{value}"), scene.quotes) + '.replace("{value}", ' + value + ")"),
    },
    "javascript": _JS, "typescript": _JS,
    "php": {
        "concat": Concat(" . "), "concat2": Concat(" . "), "tight": Concat("."),
        "interp": Interpolate('"', "", "", '"', '"'), "braces": Interpolate('"', "{", "}", '"', '"'),
        "braces2": Interpolate('"', "{", "}", '"', '"'),
        "sprintf": Format("sprintf({text}, {value})", "%s"),
        "append": Steps("{v} = {first};", "{v} .= {each};", "{v}"),
        "implode": Steps("implode('', [{all}])"),
        "lines": ConcatLines("."),
        "strreplace": lambda scene, payload, value:
            ("", "str_replace(':value', " + value + ", " + Quote(payload.replace(SLOT, ":value"), scene.quotes) + ")"),
    },
    "ruby": {
        "interp": Interpolate('"', "#{", "}", '"', '"'), "interp2": Interpolate('"', "#{", "}", '"', '"'),
        "concat": Concat(" + "),
        "format": Format("format({text}, {value})", "%s"), "percent": Format("{text} % {value}", "%s"),
        "percent2": Format("{text} % [{value}]", "%s"),
        "append": Steps("{v} = +{first}", "{v} << {each}", "{v}"),
        "join": Steps('[{all}].join("")'),
        "lines": ConcatLines("+", False),
    },
    "perl": {
        "concat": Concat(" . "), "concat2": Concat("."),
        "interp": Interpolate('"', "", "", '"', '"@$%'), "interp2": Interpolate('"', "", "", '"', '"@$%'),
        "sprintf": Format("sprintf({text}, {value})", "%s"),
        "append": Steps("my {v} = {first};", "{v} .= {each};", "{v}"),
        "join": Steps("join('', {all})"),
        "lines": ConcatLines("."),
    },
    "go": {
        "concat": Concat(" + "), "concat2": Concat(" + "),
        "sprintf": Format("fmt.Sprintf({text}, {value})", "%s"), "sprintf2": Format("fmt.Sprintf({text}, {value})", "%s"),
        "sprintfv": Format("fmt.Sprintf({text}, {value})", "%v"),
        "builder": Steps("var {v} strings.Builder", "{v}.WriteString({first})", "{v}.WriteString({each})",
                         "{v}.String()"),
        "append": Steps("{v} := {first}", "{v} += {each}", "{v}"),
        "join": Steps('strings.Join([]string{{all}}, "")'),
        "lines": ConcatLines("+", False),
        "sprint": Steps("fmt.Sprint({all})"),
    },
    "rust": {
        "format": Format("format!({text}, {value})", "{}"), "format2": Format("format!({text}, {value})", "{}"),
        "inline": lambda scene, payload, value:
            ("", "format!(" + Quote(payload.replace(SLOT, "{" + value + "}"), '"') + ")")
            if value.isidentifier() and "{" not in payload else None,
        "push": Steps("let mut {v} = String::from({first});", "{v}.push_str(&{each});", "{v}"),
        "concat": Steps("[{all}].concat()"),
        "add": lambda scene, payload, value:
            ("", " + &".join(["String::from(" + Quote(payload.split(SLOT)[0], '"') + ")", value]))
            if payload.endswith(SLOT) and payload.count(SLOT) == 1 else None,
        "plusto": lambda scene, payload, value:
            ("", Quote(payload.split(SLOT)[0], '"') + ".to_owned() + &" + value)
            if payload.endswith(SLOT) and payload.count(SLOT) == 1 else None,
    },
    "java": _JVM,
    "csharp": {
        "concat": Concat(" + "), "concat2": Concat(" + "),
        "interp": Interpolate('$"', "{", "}", '"', '"{'), "interp2": Interpolate('$"', "{", "}", '"', '"{'),
        "format": Format("string.Format({text}, {value})", "{0}"),
        "builder": Steps("var {v} = new StringBuilder({first});", "{v}.Append({each});", "{v}.ToString()"),
        "append": Steps("var {v} = {first};", "{v} += {each};", "{v}"),
        "join": Steps("string.Concat({all})"),
        "lines": ConcatLines("+", False),
    },
    "c": {
        "snprintf": Printf("char {v}[{n}];", "snprintf({v}, sizeof({v}), {text}, {value});", "{v}"),
        "snprintf2": Printf("char {v}[{n}];", "snprintf({v}, sizeof {v}, {text}, {value});", "{v}"),
        "snprintfn": Printf("char {v}[{n}];", "snprintf({v}, {n}, {text}, {value});", "{v}"),
        "sprintf": Printf("char {v}[{n}];", "sprintf({v}, {text}, {value});\x02", "{v}"),
        "asprintf": Printf("char *{v};", "asprintf(&{v}, {text}, {value});", "{v}"),
        "asprintfif": Printf("char *{v} = NULL;", "if (asprintf(&{v}, {text}, {value}) < 0)⏎⇥return -1;", "{v}"),
        "gprintf": Printf("g_autofree char *{v} = g_strdup_printf({text}, {value});", "{v}"),
        "malloc": Printf("char *{v} = malloc({n});", "snprintf({v}, {n}, {text}, {value});", "{v}"),
    },
    "cpp": {
        "concat": lambda scene, payload, value: ("", _CppConcat(scene, payload, value)),
        "concat2": lambda scene, payload, value: ("", _CppConcat(scene, payload, value)),
        "append": Steps("std::string {v} = {first};", "{v} += {each};", "{v}"),
        "appendcall": Steps("std::string {v}({first});", "{v}.append({each});", "{v}"),
        "stream": Steps("std::ostringstream {v};", "{v} << {first};", "{v} << {each};", "{v}.str()"),
        "stream1": Steps("std::stringstream {v};", "{v} << {first};", "{v} << {each};", "{v}.str()"),
        "fmt": Format("fmt::format({text}, {value})", "{}"),
        "stdformat": Format("std::format({text}, {value})", "{}"),
        "snprintf": Printf("char {v}[{n}];", "snprintf({v}, sizeof({v}), {text}, {value}.c_str());",
                           "std::string({v})"),
    },
    "shell": {
        "interp": Interpolate('"', "", "", '"', '"'),
        "interp2": Interpolate('"', "", "", '"', '"'),
    },
}


def _CppConcat(scene, payload, value):
    pieces = _Pieces(scene, payload, value)
    if pieces[0].startswith('"') and len(pieces) > 1:
        pieces[0] = "std::string(" + pieces[0] + ")"
    return " + ".join(pieces)


def _Block(opening, left, right, closing):
    """A text over several lines, broken before its clauses."""
    def Build(scene, payload, value):
        if closing in value or left == "{" and "{" in payload:
            return None
        text = payload
        for clause in ("FROM", "WHERE", "VALUES", "SET", "ORDER BY", "AND"):
            text = text.replace(" " + clause + " ", "↵⇥" + clause + " ", 1)
        if "↵" not in text:
            return None
        return "", opening + "↵⇥" + text.replace(SLOT, left + value + right) + "↵" + closing
    return Build


for _language, _forms in (("python", ('f"""', "{", "}", '"""')), ("javascript", ("`", "${", "}", "`"))):
    BUILDERS[_language]["block"] = BUILDERS[_language]["block2"] = _Block(*_forms)


QUOTES = {"python": ('"', "'"), "javascript": ("'", '"'), "typescript": ("'", '"'), "php": ("'", '"'),
          "ruby": ('"', "'"), "perl": ("'", '"'), "shell": ('"',)}


def QuotesOf(rng, language):
    """The quotes of this file, the preferred one first."""
    quotes = QUOTES.get(language, ('"',))
    return quotes[::-1] if len(quotes) > 1 and rng.random() < 0.4 else quotes
