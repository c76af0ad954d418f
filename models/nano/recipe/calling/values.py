# SPDX-License-Identifier: Apache-2.0
"""Values of arguments: as JSON, and as a request says them."""
from asking.tool_values import single
from asking.tool_words import CITIES, COUNTRIES, SENTENCES
from .lexicon import invented

NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
MONTHS = "January February March April May June July August September October November December".split()
WORDS_OF = {
    "language": "English French German Spanish Italian Dutch Polish Turkish Arabic Hindi Korean Japanese Latin Swedish",
    "currency": "USD EUR GBP JPY CHF SEK INR CAD dollars euros pounds yen francs pesos",
    "unit": "metric imperial celsius fahrenheit meters feet miles kilometers grams ounces",
    "genre": "jazz rock pop classical drama comedy horror thriller romance western folk blues",
    "color": "red green blue black white yellow purple orange grey brown teal navy",
    "gender": "male female", "season": "spring summer autumn winter",
    "format": "pdf csv json xml html markdown png text", "cuisine": "Italian Thai Mexican Indian Greek vegan French",
    "material": "steel copper wood glass aluminium concrete cotton leather", "shape": "circle square triangle cube sphere cone",
}


class Values:
    """Draws values; `words` are nouns of this side, the second list words of real text."""

    def __init__(self, rng, nouns, words):
        self.rng, self.nouns, self.words = rng, nouns, words

    def word(self):
        rng = self.rng
        draw = rng.random()
        return rng.choice(self.nouns) if draw < .55 else rng.choice(self.words) if draw < .93 else invented(rng)

    def plain_word(self):
        """A word of small letters."""
        while True:
            text = self.word()
            if text.isascii() and text.isalpha() and text.islower():
                return text

    def proper(self, parts=None):
        """A name: of a person, a firm, a work."""
        rng = self.rng
        count = parts or rng.choice([1, 1, 2, 2, 3])
        return " ".join((invented(rng) if rng.random() < .5 else self.word()).capitalize() for _ in range(count))

    def of(self, parameter):
        """(JSON value, the words that say it)."""
        make = getattr(self, "make_" + parameter.kind)
        return make(parameter)

    def said(self, number, unit=""):
        """A number in words: digits, with thousands marked, or spelled out."""
        rng = self.rng
        if isinstance(number, int) and 0 <= number <= 16 and rng.random() < .3:
            text = NUMBER_WORDS[number]
        elif isinstance(number, int) and 20 <= number < 100 and rng.random() < .08:
            text = TENS[number // 10 - 2] + ("-" + NUMBER_WORDS[number % 10] if number % 10 else "")
        elif isinstance(number, int) and number >= 1000 and rng.random() < .4:
            text = format(number, ",")
        else:
            text = str(number)
        glued = len(unit) < 3 and unit.isalpha() and rng.random() < .6 and text[-1:].isdigit()
        return text + (("" if glued else " ") + unit if unit else "")

    def whole(self):
        rng = self.rng
        return rng.choice([rng.randint(1, 12), rng.randint(1, 12), rng.randint(10, 99), rng.randint(100, 999),
                           rng.randint(1, 99) * 10 ** rng.randint(1, 4)])

    def fraction(self):
        return round(self.rng.uniform(.1, 99), self.rng.choice([1, 1, 2]))

    def number(self, parameter):
        number = self.whole() if parameter.schema_type == "integer" or self.rng.random() < .5 else self.fraction()
        return -number if parameter.kind == "measure" and self.rng.random() < .08 else number

    def make_measure(self, parameter):
        number = self.number(parameter)
        return number, self.said(number, parameter.unit if self.rng.random() < .75 else self.rng.choice(["", "", "units"]))

    def make_money(self, parameter):
        rng, number = self.rng, self.number(parameter)
        draw = rng.random()
        return number, ("$" + (format(number, ",") if rng.random() < .5 else str(number)) if draw < .4 else
                        self.said(number, rng.choice(["dollars", "euros", "USD", "EUR"])) if draw < .7 else str(number))

    def make_big(self, parameter):
        """A large whole number: digits, thousands marked, or thousands and millions in words."""
        rng, draw = self.rng, self.rng.random()
        if draw < .3:
            number = rng.randint(20, 9999)
            return number, str(number) if rng.random() < .6 else format(number, ",")
        power = 6 if draw > .75 else 3
        tenths = rng.choice([rng.randint(1, 99) * 10, rng.randint(11, 99), rng.randint(1, 9) * 10])
        number = tenths * 10 ** (power - 1)
        short = "%d" % (tenths // 10) if tenths % 10 == 0 else "%.1f" % (tenths / 10)
        return number, rng.choice([str(number), format(number, ","), format(number, ","), short + (" million" if power == 6 else " thousand"), short + ("M" if power == 6 else "k")])

    def make_big_money(self, parameter):
        number, words = self.make_big(parameter)
        return number, self.rng.choice(["$" + words, "$" + words, words + " dollars", words + " euros", "€" + words, words])

    def make_fraction(self, parameter):
        """A share that the call wants as a decimal: 5 % is 0.05."""
        rng = self.rng
        thousandths = rng.choice([rng.randint(1, 20) * 10, rng.randint(1, 19) * 5, rng.randint(2, 18) * 50, rng.randint(11, 99)])
        value = float("%.3f" % (thousandths / 1000))
        if rng.random() < .2:
            return value, str(value)
        percent = "%d" % (thousandths // 10) if thousandths % 10 == 0 else "%.1f" % (thousandths / 10)
        return value, percent + rng.choice(["%", "%", " percent", " %"])

    def make_percent(self, parameter):
        number = self.rng.choice([self.rng.randint(1, 60), self.fraction()]) if parameter.schema_type == "number" else \
            self.rng.randint(1, 99)
        return number, str(number) + self.rng.choice(["%", "%", " percent", ""])

    def make_integer(self, parameter):
        number = self.whole()
        if parameter.group and self.rng.random() < .15:
            number = -number
        return number, self.said(number)

    def make_year(self, parameter):
        number = self.rng.randint(1850, 2040)
        return number, str(number)

    def make_place(self, parameter):
        rng = self.rng
        text = rng.choice(CITIES) if rng.random() < .3 else rng.choice(COUNTRIES) if rng.random() < .2 else self.proper(rng.choice([1, 1, 2]))
        if rng.random() < .2:
            text += ", " + rng.choice([rng.choice(COUNTRIES), self.proper(1), "".join(rng.choice("ABCDEKLMNOPSTVWZ") for _ in "ab")])
        return text, text

    def make_person(self, parameter):
        rng = self.rng
        text = single(rng, "person", self.nouns) if rng.random() < .4 else self.proper()
        return text, text

    def make_title(self, parameter):
        rng = self.rng
        text = self.proper() if rng.random() < .6 else rng.choice(["The %s of %s", "%s and %s", "The %s %s", "%s in the %s"]) % (
            self.word().capitalize(), self.word().capitalize())
        return text, rng.choice(["%s", "%s", "'%s'", '"%s"']) % text

    def make_date(self, parameter):
        rng = self.rng
        year, month, day = rng.randint(2018, 2031), rng.randint(1, 12), rng.randint(1, 28)
        iso = "%d-%02d-%02d" % (year, month, day)
        draw = rng.random()
        if draw < .5:
            return iso, iso
        name, nth = MONTHS[month - 1], "%d%s" % (day, "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th"))
        spoken = rng.choice(["%s %d, %d" % (name, day, year), "%d %s %d" % (day, name, year), "%s %s, %d" % (name, nth, year), "%s %s %d" % (name, nth, year), "%s of %s %d" % (nth, name, year),
                             "%s %d %d" % (name[:3], day, year), "%d/%d/%d" % (month, day, year) if day > 12 else "%s %d, %d" % (name, day, year)])
        return (iso, spoken) if parameter.iso else (spoken, spoken)

    def make_time(self, parameter):
        text = single(self.rng, "time", self.nouns)
        return text, text

    def make_word(self, parameter):
        rng = self.rng
        if parameter.choices:
            text = rng.choice(parameter.choices)
        else:
            known = WORDS_OF.get(parameter.quantity)
            text = rng.choice(known.split()) if known and rng.random() < .7 else self.word()
        return text, text if rng.random() < .85 else rng.choice([text.lower(), text.capitalize()]) if parameter.choices else text

    def make_words(self, parameter):
        text = " ".join(self.word() for _ in range(self.rng.choice([1, 1, 2, 3])))
        return text, self.rng.choice(["%s", "%s", "%s", "'%s'", '"%s"']) % text

    def make_text(self, parameter):
        rng = self.rng
        text = rng.choice(SENTENCES) if rng.random() < .3 else " ".join(self.word() for _ in range(rng.randint(2, 7)))
        if rng.random() < .5:
            text = text[:1].upper() + text[1:] + rng.choice(["", ".", "!"])
        return text, rng.choice(["'%s'", '"%s"', '"%s"']) % text.replace('"', "")

    def simple(self, kind):
        text = single(self.rng, kind, self.nouns)
        return text, text

    def make_email(self, parameter):
        return self.simple("email")

    def make_phone(self, parameter):
        return self.simple("phone")

    def make_path(self, parameter):
        return self.simple(self.rng.choice(["path", "file"]))

    def make_url(self, parameter):
        return self.simple("url")

    def make_slug(self, parameter):
        return self.simple("slug")

    def make_user(self, parameter):
        return self.simple("user")

    def make_version(self, parameter):
        return self.simple("version")

    def make_host(self, parameter):
        text = "%s%s.%s" % (self.rng.choice(["", "", "www.", "shop.", "mail."]), self.plain_word(), self.rng.choice(["example.com", "com", "org", "net", "io"]))
        return text, text

    def make_cell(self, parameter):
        text = self.rng.choice("ABCDEFGHK") + str(self.rng.randint(1, 120))
        return text, text

    def make_condition(self, parameter):
        """Which rows of a table are meant, as its language writes it."""
        rng = self.rng
        text = rng.choice(["%s = '%s'", "%s <> '%s'", "%s like '%s%%'"]) % (self.plain_word(), self.plain_word()) if rng.random() < .5 else \
            "%s %s %d" % (self.plain_word(), rng.choice(["=", "<", ">", ">=", "<="]), rng.randint(0, 5000))
        return text, rng.choice(["%s", "%s", '"%s"']) % text

    def make_command(self, parameter):
        rng = self.rng
        text = rng.choice(["ls -l %s", "cat %s", "df -h %s", "du -sh %s", "tail -n 50 %s", "rm %s", "chmod 600 %s", "env", "ps aux", "uptime", "whoami", "free -m"])
        text = text % self.simple(rng.choice(["path", "file"]))[0] if "%" in text else text
        return text, rng.choice(["`%s`", "'%s'", '"%s"']) % text

    def make_code(self, parameter):
        if parameter.schema_type == "integer":
            number = self.rng.randint(10, 999999)
            return number, self.rng.choice(["", "", "#"]) + str(number)
        return self.simple("code")

    def make_numbers(self, parameter):
        rng = self.rng
        numbers = [self.whole() if parameter.items == "integer" or rng.random() < .6 else self.fraction()
                   for _ in range(rng.choice([2, 3, 3, 4, 5, 6]))]
        if len(numbers) == 2 and rng.random() < .6:
            return numbers, rng.choice(["(%s, %s)", "(%s,%s)", "A(%s,%s)", "%s, %s"]) % tuple(numbers)
        said = str(numbers) if rng.random() < .45 else series([str(n) for n in numbers])
        if rng.random() < .2:  # how many there are is no value
            said = rng.choice(["the %s numbers %s", "%s numbers: %s", "the %s values %s", "these %s: %s", "%s numbers, say %s"]) % (NUMBER_WORDS[len(numbers)], said)
        return numbers, said

    def make_strings(self, parameter):
        rng = self.rng
        make = rng.choice([self.word, lambda: self.proper(1), lambda: self.proper(2)])
        texts = list(dict.fromkeys(make() for _ in range(rng.choice([1, 2, 2, 3, 3, 4]))))
        shown = [rng.choice(["'%s'", '"%s"']) % text for text in texts] if rng.random() < .2 else texts
        return texts, "[" + ", ".join(shown) + "]" if shown is not texts and rng.random() < .6 else series(shown)

    def make_formula(self, parameter):
        rng = self.rng
        a, b, c = (rng.randint(1, 99) for _ in range(3))
        text = rng.choice(["{a}x^2 + {b}x - {c}", "x^{d}", "x^{d}", "{d}x^{e}", "x^{d} + {a}x", "exp(-x^2)", "sin(x)", "cos({d}x)", "{d}*x + {a}", "{a} * ({b} + {c})", "{a} + {b} / {c}", "x**2 - {a}*x", "sin(x) + {a}", "{a}x + {b} = {c}",
                           "y = {a}x + {b}", "sqrt({a})", "({a} - {b}) * {c}"]).format(a=a, b=b, c=c, d=rng.randint(2, 6), e=rng.randint(2, 6))
        return text, rng.choice(["%s", "%s", "'%s'"]) % text

    def make_flag(self, parameter):
        value = self.rng.random() < .65
        return value, str(value).lower()

    def make_record(self, parameter):
        value, said = {}, []
        for field in parameter.fields:
            value[field.name], words = self.of(field)
            said.append("%s %s" % (field.spoken, words))
        return value, series(said)


def series(parts):
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
