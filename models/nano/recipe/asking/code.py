# SPDX-License-Identifier: Apache-2.0
"""Facts in code: a definition with a few lines around it, questions about it, and lines that look like it."""
from asking import code_blocks, const_forms
from asking.code_questions import CANONICAL, DEFINITION, USE, VALUE
from asking.code_uses import comment_line, language_of_use, log_line, use_line
from asking.code_values import DESCRIBED, QUANTITIES, UNIT_SPOKEN
from asking.code_describe import FUNCTION_WORDS, TYPE_WORDS
from asking.literals import literal
from asking.names import is_answerable, near_miss_words, stands_at, styled
from asking.phrasing import Phrasings, finish, quoted
from asking.quantity_words import BY_QUANTITY
from asking.words import Vocabulary, article, gerund, participle, plural, third_person
from items import OK, Fact, Question, Snippet

KIND_WORDS = {"const": ["constant", "setting", "variable", "parameter", "option", "config value", "config key"],
              "func": ["function", "method", "routine", "procedure"],
              "type": ["class", "type", "struct", "interface"]}
KIND_BY_LANGUAGE = {"sql": ["table", "column", "object"], "css": ["variable", "property"], "shell": ["variable", "function"],
                    "make": ["variable", "target"], "usage": ["flag", "option", "switch"], "env": ["environment variable", "variable"],
                    "yaml": ["key", "setting"], "toml": ["key", "setting"], "ini": ["key", "setting"], "json": ["key", "field"],
                    "docker": ["variable", "stage"], "properties": ["property", "key"]}
REMARK_MARKS = {**dict.fromkeys(("python", "ruby", "shell", "make", "yaml", "toml", "ini", "docker", "env", "properties"), "# "), "sql": "-- ",
                **dict.fromkeys(("js", "ts", "go", "rust", "c", "cpp", "java", "kotlin", "cs", "php"), "// ")}
EXTENSIONS = {"python": "py", "js": "js", "ts": "ts", "go": "go", "rust": "rs", "c": "c", "cpp": "cc", "java": "java", "kotlin": "kt",
              "cs": "cs", "php": "php", "ruby": "rb", "shell": "sh", "yaml": "yaml", "toml": "toml", "ini": "ini", "json": "json",
              "env": "env", "docker": "Dockerfile", "properties": "properties", "css": "css", "make": "mk", "sql": "sql", "usage": "txt", "log": "log", "prose": "md"}
LANGUAGES = sorted(set(const_forms.BY_LANGUAGE) | set(code_blocks.FUNCTION_FORMS) | set(code_blocks.TYPE_FORMS))
PROGRAMMING = [name for name in LANGUAGES if name in code_blocks.SELF_TYPED or name in ("c", "js", "ruby", "shell")]


class Name:
    """A name in words: subject words and, for a constant, the quantity it tells of."""

    def __init__(self, words, subject, quantity=None, unit="", verb=""):
        self.words, self.subject, self.quantity, self.unit, self.verb = words, subject, quantity, unit, verb

    def written(self, style, rng, language=""):
        """The identifier: HTTPServer or HttpServer, now and then with an underscore in front."""
        term = styled(self.words, style, loud=rng.random() < .5)
        if style in ("snake", "camel") and language in ("python", "js", "ts", "cs", "cpp") and rng.random() < .05:
            term = "_" + term
        return term


class CodeFactGen:
    def __init__(self, rng, held_out=False):
        self.rng, self.held_out = rng, held_out
        self.vocabulary = Vocabulary(held_out)
        self.phrasings = {intent: Phrasings(patterns, held_out) for intent, patterns in
                          (("value", VALUE), ("definition", DEFINITION), ("use", USE))}
        self.described = {family: Phrasings(patterns, held_out) for family, patterns in DESCRIBED.items()}
        self.of_quantity = {spoken: Phrasings(patterns, held_out) for spoken, patterns in BY_QUANTITY.items()
                            if any(pattern.held_out == held_out for pattern in patterns)}
        self.function_words = Phrasings(FUNCTION_WORDS, held_out)
        self.type_words = Phrasings(TYPE_WORDS, held_out)

    def sample(self, language=None):
        rng = self.rng
        while True:
            chosen = language or rng.choice(LANGUAGES if rng.random() < .6 else PROGRAMMING)
            kinds = [kind for kind, table, weight in (("const", const_forms.BY_LANGUAGE, 5), ("func", code_blocks.FUNCTION_FORMS, 4),
                                                      ("type", code_blocks.TYPE_FORMS, 3)) if chosen in table for _ in range(weight)]
            kind = rng.choice(kinds)
            fact = self.constant(chosen) if kind == "const" else self.block(chosen, kind)
            if fact:
                return fact

    def absent(self, present_terms, text=""):
        """A question about a name that is neither a present term nor, as a word, in `text`."""
        rng, present = self.rng, set(present_terms)
        identifiers = [term for term in present_terms if " " not in term]
        while True:
            if identifiers and rng.random() < .5:
                term, kind, name = self.near_term(rng.choice(identifiers))
            else:
                kind = rng.choice(["const", "const", "func", "func", "type"])
                name = self.name(kind)
                term = styled(name.words, rng.choice({"const": ["upper", "upper", "snake", "camel", "kebab"], "type": ["pascal"],
                                                      "func": ["snake", "camel", "pascal"]}[kind]))
            if term in present or len(term) < 4 or (text and stands_at(term, text) >= 0):
                continue
            intent = rng.choice({"const": ["value", "value", "definition"], "func": ["definition", "definition", "use"],
                                 "type": ["definition", "definition", "use"]}[kind])
            if rng.random() < .5:
                return self.canonical(term, None, intent)
            return self.free(term, None, intent, kind, "")

    def filler(self, n_lines, language=None):
        """Plain lines of one language, nothing of which is asked."""
        rng = self.rng
        language = language or rng.choice(sorted(code_blocks.FUNCTION_FORMS))
        lines = []
        while len(lines) < n_lines:
            if language in code_blocks.FUNCTION_FORMS:
                form = rng.choice(code_blocks.FUNCTION_FORMS[language])
                lines += self.block_lines(form, styled(self.name("func").words, form.style), language)[0] + [""]
            elif language in const_forms.BY_LANGUAGE:
                lines += self.constant_lines(rng.choice(const_forms.BY_LANGUAGE[language]), language)[0] + [""]
            else:
                lines += ["# " + rng.choice(self.vocabulary.nouns)]
        return self.snippet(language, lines[:n_lines], "plain", "filler")

    # ---- names

    def subject(self):
        rng, vocabulary = self.rng, self.vocabulary
        draw = rng.random()
        nouns = vocabulary.technical if draw < .4 else rng.choice(vocabulary.domains) if draw < .8 else vocabulary.nouns
        count = rng.choice([1, 1, 2, 2, 2, 3])
        words = [rng.choice(nouns) for _ in range(count)]
        if len(set(words)) < count:
            words = [words[0]]
        if count > 1 and rng.random() < .4:
            words[0] = rng.choice(vocabulary.qualifiers)
        if rng.random() < .06:
            words.insert(rng.randrange(len(words) + 1), rare_word(rng))
        return words

    def name(self, kind, quantity=None):
        rng, subject = self.rng, self.subject()
        if kind == "const":
            quantity = quantity or rng.choice(QUANTITIES)
            unit = rng.choice(quantity.units)
            words = [word for word in quantity.before + subject + quantity.after + [unit] if word]
            return Name(words, subject, quantity, unit)
        if kind == "func":
            verb = rng.choice(self.vocabulary.verbs)
            last = plural(subject[-1]) if rng.random() < .3 else subject[-1]
            return Name([verb] + subject[:-1] + [last], subject[:-1] + [last], verb=verb)
        role = [rng.choice(self.vocabulary.roles).lower()] if rng.random() < (.55 if len(subject) > 1 else .9) else []
        return Name(subject + role, subject)

    def near_term(self, term):
        """A name like `term`, its kind guessed from its case."""
        style, words = split_name(term)
        words = near_miss_words(self.rng, words, self.vocabulary)
        kind = {"upper": "const", "kebab": "const", "pascal": "type", "dotted": "const"}.get(style) or self.rng.choice(["const", "func"])
        return term[:len(term) - len(term.lstrip("-"))] + styled(words, style), kind, None

    # ---- definitions

    def constant(self, language):
        rng = self.rng
        form = rng.choice(const_forms.BY_LANGUAGE[language])
        lines, names = self.constant_lines(form, language)
        index = rng.choice(sorted(names))
        term, name = names[index]
        if not is_answerable(term, lines[index]) or len({pair[0] for pair in names.values()}) < len(names):
            return None
        if form.line.lstrip().startswith("--") and rng.random() < .5:
            term = "--" + term
        questions = self.questions_of(term, index, "const", language, name, lines)
        for other in sorted(names):
            if other != index and rng.random() < .25 and is_answerable(names[other][0], lines[other]):
                questions += self.questions_of(names[other][0], other, "const", language, names[other][1], lines)[:1]
        return self.fact(language, lines, form, questions, term, name, "const")

    def constant_lines(self, form, language):
        """The lines of a block of one to four constants, and {line: (term, name)}."""
        rng = self.rng
        nouns = self.vocabulary.nouns
        o, C = rng.choice(nouns), rng.choice(nouns).capitalize() + rng.choice(nouns).capitalize()
        lines = [const_forms.fill(line, C=C, o=o) for line in form.header] if rng.random() < .7 or not form.footer else []
        footer = form.footer if lines or not form.header else []
        count, names, wanted = rng.choice([1, 1, 2, 2, 3, 4]), {}, None
        for member in range(count):
            name, value, kind = self.valued_name(form, language, wanted)
            if member and rng.random() < .3:
                name = self.sibling(name)
            wanted = name.quantity if rng.random() < .2 else None
            term = name.written(form.style, rng, language)
            kind_text = const_forms.TYPES.get(language, {}).get(kind, "auto")
            names[len(lines)] = (term, name)
            lines.append(const_forms.fill(form.line, n=term, v=value, t=kind_text, C=C, o=o) + self.trailing_remark(language, form))
        if footer and rng.random() < .8:
            lines += [const_forms.fill(line, C=C, o=o) for line in footer]
        if language == "json" and footer and len(lines) > 1 and lines[-2].endswith(",") and rng.random() < .5:
            lines[-2] = lines[-2][:-1]
        return [line for line in lines], names

    def valued_name(self, form, language, quantity=None):
        rng = self.rng
        for _ in range(40):
            name = self.name("const", quantity)
            value, kind = literal(rng, name.quantity.family, name.unit, self.vocabulary.nouns, language)
            if not form.types or kind in form.types:
                return name, value, kind
            quantity = None
        return name, "1", "int"

    def sibling(self, name):
        """The same quantity of a like subject: PAYMENT_TIMEOUT beside REFUND_TIMEOUT."""
        subject = near_miss_words(self.rng, name.subject, self.vocabulary)
        quantity = name.quantity
        return Name([word for word in quantity.before + subject + quantity.after + [name.unit] if word], subject, quantity, name.unit)

    def block(self, language, kind):
        rng = self.rng
        form = rng.choice((code_blocks.FUNCTION_FORMS if kind == "func" else code_blocks.TYPE_FORMS)[language])
        name = self.name(kind)
        term = name.written(form.style, rng, language)
        lines, index = self.block_lines(form, term, language)
        if not is_answerable(term, lines[index]):
            return None
        if any(stands_at(term, line) >= 0 for at, line in enumerate(lines) if at != index):
            return None
        return self.fact(language, lines, form, self.questions_of(term, index, kind, language, name, lines), term, name, kind)

    def block_lines(self, form, term, language):
        rng, nouns = self.rng, self.vocabulary.nouns
        first, shown = code_blocks.parameters(rng, nouns, language)
        x, o = first, rng.choice(nouns)
        C = rng.choice(nouns).capitalize() + rng.choice(self.vocabulary.roles)
        result = rng.choice([kind for kind in code_blocks.SELF_TYPED.get(language, ("int",))])

        def fill(line):
            return (line.replace("{p}", shown).replace("{r}", result).replace("{x}", x).replace("{C}", C)
                    .replace("{o}", o).replace("{X}", x.capitalize()).replace("{y}", o).replace("{n}", term))
        line = fill(form.line).replace(", )", ")")
        indentation = code_blocks.indent_of(line)
        lines = [fill(form.before)] if form.before else []
        if rng.random() < .2:
            lines.insert(0, self.remark(language, indentation))
        index = len(lines)
        lines.append(line)
        if rng.random() < .85:
            for part in form.body:
                if part == "{body}":
                    lines += code_blocks.body_lines(rng, nouns, language, x, indentation)
                elif part == "{field}":
                    table = code_blocks.FIELDS.get(language, ["    {x};"])
                    for _ in range(rng.choice([1, 1, 2])):
                        x = rng.choice(nouns)
                        lines.append(fill(rng.choice(table)))
                else:
                    lines.append(fill(part))
            if form.close and rng.random() < .8:
                lines.append(fill(form.close))
        return lines[:7], index

    def trailing_remark(self, language, form):
        """Sometimes a comment behind the value; only where the line may go on and has none yet."""
        rng = self.rng
        mark = REMARK_MARKS.get(language)
        if not mark or rng.random() > .13 or any(sign in form.line for sign in ("#", "/*", "//", "\\")) or language in ("env", "properties", "docker", "ini"):
            return ""
        noun = rng.choice(self.vocabulary.nouns)
        return rng.choice(["  ", " "]) + mark + rng.choice(["per %s", "see %s", "the %s needs it", "was lower before the %s", "%s", "not for the %s", "same as the %s", "agreed with the %s team"]) % noun

    def remark(self, language, indentation):
        rng, nouns = self.rng, self.vocabulary.nouns
        a, b = rng.choice(nouns), rng.choice(nouns)
        text = rng.choice(["the %s comes before the %s", "every %s has a %s", "%s first, then the %s", "one %s per %s", "used by the %s and the %s",
                           "needs one %s, see the %s", "%s without %s is refused", "kept for the %s of last year's %s"]) % (a, b)
        mark = REMARK_MARKS.get(language) or ("// " if language == "css" else "# ")
        return indentation + mark + text

    # ---- questions

    def questions_of(self, term, line, kind, language, name, lines):
        rng = self.rng
        intents = ["value", "value", "definition"] if kind == "const" else ["definition"]
        questions = [self.canonical(term, line, rng.choice(intents))]
        for _ in range(rng.choice([1, 1, 2])):
            questions.append(self.free(term, line, rng.choice(intents), kind, language))
        if rng.random() < .45:
            questions.append(self.in_words(term, line, kind, name))
        if rng.random() < .3:
            questions.append(self.canonical(term, line, intents[-1]))
        rng.shuffle(questions)
        return list({question.text: question for question in questions}.values())

    def canonical(self, term, line, intent):
        return Question(CANONICAL[intent].format(term), term, line, intent, True, self.held_out)

    def free(self, term, line, intent, kind, language):
        rng = self.rng
        kind_word = rng.choice(KIND_BY_LANGUAGE.get(language) or KIND_WORDS[kind])
        shown = quoted(rng, self.mistyped(term) if rng.random() < .06 else term)
        named = shown
        draw = rng.random()
        if draw < .16:
            named = "the %s %s" % (kind_word, shown)
        elif draw < .19:
            named = "%s (a %s)" % (shown, kind_word)
        elif draw < .22 and kind == "func":
            named = quoted(rng, term + "()")
        text = self.phrasings[intent].ask(rng, {"T": named, "t": shown, "k": kind_word})
        return Question(finish(rng, text), term, line, intent, False, self.held_out)

    def mistyped(self, term):
        """The name as people write it who do not look: all lower case, or in words."""
        style, words = split_name(term)
        return self.rng.choice([term.lower(), " ".join(words), "_".join(words), styled(words, "camel"), " ".join(words).title()])

    def in_words(self, term, line, kind, name):
        rng = self.rng
        if kind == "const":
            slots = subject_slots(name.subject)
            slots["q"] = name.quantity.spoken
            slots["u"] = UNIT_SPOKEN.get(name.unit, name.unit)
            phrasings = self.of_quantity.get(name.quantity.spoken) if rng.random() < .45 else None
            text, intent = (phrasings or self.described[name.quantity.family]).ask(rng, slots), "value"
        elif kind == "func":
            slots = subject_slots(name.subject)
            slots.update(v=name.verb, vs=third_person(name.verb), ving=gerund(name.verb), ved=participle(name.verb))
            text, intent = self.function_words.ask(rng, slots), "definition"
        else:
            text, intent = self.type_words.ask(rng, {**subject_slots(name.words), "f": " ".join(name.words)}), "definition"
        return Question(finish(rng, text), term, line, intent, False, self.held_out)

    # ---- around the definition

    def fact(self, language, lines, form, questions, term, name, kind):
        rng = self.rng
        described = any(not question.canonical and question.term == term and term not in question.text for question in questions)
        decoys = [self.snippet(language, near, "plain", "near miss") for near in self.near_misses(language, form, term, name, kind, described)]
        bare = term.lstrip("-")
        use = use_line(rng, bare, kind, language, form.style, self.vocabulary.nouns) if rng.random() < .3 else ""
        if use and language_of_use(use, language) == language:
            if is_answerable(bare, use) and not is_defining(bare, use):
                asked = [self.canonical(bare, len(lines) + 1, "use"), self.free(bare, len(lines) + 1, "use", kind, language)]
                questions = questions + [question for question in asked if rng.random() < .7]
                lines = lines + ["", use]
        else:
            decoys += self.uses(language, form, bare, kind)
        terms = {question.term.lstrip("-") for question in questions}
        if any("declar" in question.text.lower() for question in questions):
            decoys = [decoy for decoy in decoys if decoy.form != "prototype"]
        decoys = [decoy for decoy in decoys if not any(is_defining(asked, line) or (decoy.form == "near miss" and stands_at(asked, line) >= 0)
                                                       for line in decoy.lines for asked in terms)]
        lines = self.surrounded(language, lines, questions)
        for asked in terms:  # it stands on its own line, and on the one that uses it if that is asked
            allowed = {question.line for question in questions if question.term.lstrip("-") == asked}
            if any(stands_at(asked, line) >= 0 for at, line in enumerate(lines) if at not in allowed):
                return None
        snippet = self.snippet(language, lines, "fact", "%s %s %s" % (language, kind, form.line.strip()[:40]))
        return Fact(snippet, questions, decoys)

    def surrounded(self, language, lines, questions):
        """Perhaps a line or two before, moving the questions along."""
        rng = self.rng
        if rng.random() < .75 or language in ("json", "usage", "yaml") or lines[0].startswith(("#!", "<?php", "'use")):
            return lines
        before = [self.remark(language, "")] if rng.random() < .5 else [""]
        for question in questions:
            question.line += len(before)
        return before + lines

    def uses(self, language, form, term, kind):
        rng, nouns = self.rng, self.vocabulary.nouns
        result = []
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            draw = rng.random()
            if draw < .65:
                line = use_line(rng, term, kind, language, form.style, nouns)
                where = language_of_use(line, language)
            elif draw < .88:
                line, where = comment_line(rng, term, language, nouns), language
            else:
                line, where = log_line(rng, term, nouns), "log"
            if not is_defining(term, line):
                result.append(self.snippet(where, [line], "plain", "use"))
        if kind == "func" and language in ("c", "cpp") and not form.line.rstrip().endswith(";") and not form.line.startswith("#") and rng.random() < .4:
            result.append(self.snippet(language, [self.prototype(term)], "plain", "prototype"))
        return result

    def prototype(self, term):
        """A declaration of a function that is defined elsewhere."""
        rng, nouns = self.rng, self.vocabulary.nouns
        before = rng.choice(["int ", "static int ", "extern void ", "static struct %s *" % rng.choice(nouns), "char *", "bool ", "static void ", "size_t "])
        parameters = rng.choice(["void", "int %s" % rng.choice(nouns), "const char *, size_t", "struct %s *%s" % (rng.choice(nouns), rng.choice(nouns)),
                                 "void *, const char *%s" % rng.choice(nouns)])
        return "%s%s%s(%s);" % (before, term, rng.choice(["", "", " "]), parameters)

    def near_misses(self, language, form, term, name, kind, described):
        """Definitions of names that differ a little, each in the same form. None that the words of a description would fit too."""
        rng = self.rng
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            words = near_miss_words(rng, name.words, self.vocabulary, fixed=len(name.quantity.after) + bool(name.unit) if name.quantity else 0)
            style = form.style
            if not described and rng.random() < .15:
                style, words = rng.choice(["snake", "camel", "upper", "pascal"]), name.words
            other = styled(words, style, loud=rng.random() < .3)
            if other == term.lstrip("-") or (described and set(name.words) <= set(words) and len(words) == len(name.words)):
                continue
            if kind == "const":
                value, value_kind = literal(rng, name.quantity.family, name.unit, self.vocabulary.nouns, language)
                if form.types and value_kind not in form.types:
                    continue
                line = const_forms.fill(form.line, n=other, v=value, t=const_forms.TYPES.get(language, {}).get(value_kind, "auto"),
                                        C="Options", o=rng.choice(self.vocabulary.nouns))
                near = [line]
            else:
                near, _ = self.block_lines(form, other, language)
            if all(stands_at(term.lstrip("-"), line) < 0 for line in near):
                yield near

    def snippet(self, language, lines, kind, form):
        return Snippet(language, lines, [OK] * len(lines), kind, form=form, held_out=self.held_out)


def rare_word(rng):
    """Names in the wild are not all words: `h264`, `xfd`, `qps2`."""
    letters = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(2, 4)))
    return letters + rng.choice(["", "", str(rng.randint(1, 64))])


def subject_slots(words):
    singular = " ".join(words)
    return {"s": singular, "p": " ".join(words[:-1] + [plural(words[-1]) if not words[-1].endswith("s") else words[-1]]), "a": article(singular)}


def split_name(term):
    """(style, lower-case words) of an identifier."""
    bare = term.lstrip("-$@")
    if "-" in bare:
        return "kebab", bare.lower().split("-")
    if "." in bare:
        return "dotted", bare.lower().split(".")
    if "_" in bare or bare.islower():
        return ("upper" if bare.isupper() else "snake"), [word for word in bare.lower().split("_") if word]
    if bare.isupper():
        return "upper", [bare.lower()]
    words, start = [], 0
    for at in range(1, len(bare) + 1):
        if at == len(bare) or (bare[at].isupper() and not bare[at - 1].isupper()):
            words.append(bare[start:at].lower())
            start = at
    if words[0] == "k" and len(words) > 1:
        return "k_camel", words[1:]
    return ("pascal" if bare[0].isupper() else "camel"), words


def is_defining(term, line):
    """A crude reading of a line: does it give `term` a value or a body? Meant to err on the side of yes."""
    at = stands_at(term, line)
    if at < 0:
        return False
    rest = line[at + len(term):].lstrip()
    if rest[:1] == "=" and rest[:2] not in ("==", "=>") or rest[:2] in (":=", "?=", "+="):
        return True
    before = line[:at].rstrip().split(" ")[-1]
    return before in ("def", "class", "fn", "func", "function", "struct", "enum", "interface", "type", "const", "let", "var",
                      "#define", "define", "trait", "module", "TABLE", "VIEW", "static") and "DROP" not in line and "ALTER" not in line \
        and "class=" not in line and not rest.startswith("*")
