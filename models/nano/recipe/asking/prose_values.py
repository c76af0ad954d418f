# SPDX-License-Identifier: Apache-2.0
"""Values of prose: `(text, kind)` in words and figures."""

def listed(text):
    """Parts between bars, line breaks and indentation of this file removed."""
    return [" ".join(part.split()) for part in text.split("|")]


NUMBER_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
FIRST = """Maria Jonas Aiko Priya Samuel Ines Tomas Leila Olga Henrik Nadia Victor Wanjiru Diego Sofia Emeka Greta Hassan Ilse Jakub Katya Luis
    Mei Noor Oskar Paula Quentin Rosa Stefan Tuva Ugo Vera Wim Yusuf Zofia Anders Bianca Cyril Dara Elif""".split()
LAST = """Keller Tanaka Silva Novak Okafor Berg Fontaine Rossi Haddad Lindqvist Moreau Petrov Castillo Weber Mwangi Abbott Brennan Costa Duarte
    Eriksen Fischer Gruber Hoang Ivanov Jansen Kowalski Larsen Meyer Nakamura Ortiz Pereira Quist Romero Schmidt Turner Ueda Vance Wolff Yilmaz Zimmer""".split()
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CITIES = """Zurich Oslo Lyon Porto Krakow Leeds Ghent Turin Malmo Nairobi Osaka Lima Toronto Austin Pune Perth Tallinn Vienna Bergen Quito Dublin
    Basel Hanover Seville Bristol""".split()
ROLES = listed("""the line manager|the head of finance|the site lead|the duty officer|two board members|the project lead|the department head|the head nurse|the safety
    officer|the works council|the course leader|the shift leader|the legal team|the owner|the treasurer|the referee|the committee|the head of school
    |the caretaker|the data officer|the team captain|the chief engineer|the on-call engineer|the ward sister""")
GROUPS = listed("""contractors|interns|new staff|full-time staff|visitors|members|students|managers|external partners|night staff|guests|children under twelve|suppliers
    |first-year students|volunteers|tenants|teams of more than ten|part-time staff|drivers|residents|beginners|staff abroad""")
PLACES = listed("""room {n}|building {C}|the {o} floor|the office in {city}|the main hall|the north gate|{city}|the cellar of building {C}|the desk at the entrance
    |the car park behind hall {n}|shelf {n} in room {m}|the town hall|gate {n}|the east wing|cabinet {n} in the laboratory|the reception in {city}
    |the yard|a locked cabinet on the {o} floor|dock {n}|the library|hall {C}""")
FIRMS = """{last} and Sons|{last} Logistics|Nordwind AG|{city} Services|{last} & {other}|Blue Harbour Ltd|{city} Supply|Alpina GmbH|Redwood Partners|{last} Foods""".split("|")
MATERIALS = "stainless steel|oak|recycled paper|aluminium|glass|cotton|ceramic|brass|copper|birch plywood|carbon fibre|cast iron|rubber|wool|granite|titanium|polyethylene".split("|")
COLOURS = "green|dark blue|orange|white with a red stripe|yellow|grey|black|light blue|purple|red|silver|beige|turquoise".split("|")
FORMATS = "a single PDF|plain text|a signed letter|a table with four columns|CSV with a header line|an online form|two pages at most|a short video|A4, one-sided|an e-mail to the desk|a spreadsheet|form {n}-{C}|a printed copy in two sets".split("|")
RULES = listed("""must be requested in writing|must be approved by {role}|has to be entered in the register|requires a signature of {role}|needs {n} days of notice|is decided by {role}
    |must be documented on form {n}|is only open to {group}|ends when {role} says so|may be refused without giving reasons|has to be renewed every {freq}|must be booked through the portal
    |is handled case by case|has to be discussed with {role} first|applies to {group} only|does not apply to {group}|must be reported to {role} within {dur}|needs two signatures
    |is checked by {role} before it starts|has to follow checklist {n}|must be repeated after {dur}|is paid from the team budget|cannot be combined with other offers
    |must be cancelled at least {dur} ahead|starts with a call to {role}|is void without a receipt""")
PERMISSIONS = listed("""allowed|forbidden|not allowed|allowed for {group}|forbidden for {group}|allowed on {day}s only|permitted with the consent of {role}|possible after {dur}
    |not possible|free for {group}|reserved for {group}|prohibited during working hours|only allowed in {place}|permitted until {hour}|restricted to {group}|open to everyone""")
FREQUENCIES = "every {n} months|twice a year|every {day}|once a month|weekly|every other {day}|each quarter|daily at {hour}|on the first {day} of the month|every {n} hours|in {month} and {month2}|once a year, in {month}|after every {n} uses|monthly|every {n} weeks".split("|")


def value(rng, kind):
    return _MAKERS[kind](rng)


def expand(rng, text):
    """Fills {role}, {group}, {dur} and the like, only those that stand in text."""
    if "{" not in text:
        return text
    for slot, maker in _SLOTS:
        if slot in text:
            text = text.replace(slot, maker(rng))
    return text


def number_text(rng, low=2, high=60):
    number = rng.choice([rng.randint(2, 12), rng.randint(low, high)])
    return NUMBER_WORDS[number - 1] if number <= 12 and rng.random() < .35 else str(number)


def money(rng):
    amount = rng.choice([rng.randint(2, 99), rng.randint(1, 99) * 5, rng.randint(1, 95) * 100, rng.randint(1, 40) * 1000])
    figure = "{:,}".format(amount) if rng.random() < .6 else str(amount)
    if rng.random() < .12:
        figure += rng.choice([".50", ".00", ".90", ".25"])
    text = rng.choice(["{} EUR", "EUR {}", "{} euros", "${}", "{} dollars", "CHF {}", "{} francs", "£{}", "{} kronor", "{} USD"]).replace("{}", figure)
    return text + rng.choice(["", "", "", " per day", " a month", " per person", " per year", " each", " per night", " plus tax"])


def duration(rng):
    unit = rng.choice(["day", "day", "week", "month", "hour", "minute", "year", "second", "working day", "calendar day", "business day"])
    number = number_text(rng, 2, 90)
    if rng.random() < .08:
        return rng.choice(["one %s", "a %s"]) % unit if unit != "hour" else "one hour"
    return "%s %ss" % (number, unit)


def count(rng):
    things = ["", "", "", " persons", " items", " pieces", " per week", " a day", " per team", " seats", " requests", " at a time", " units", " per person", " copies"]
    number = rng.choice([number_text(rng), "{:,}".format(rng.randint(100, 25000)), str(rng.randint(100, 999)), str(rng.randint(13, 99))])
    return number + rng.choice(things)


def percent(rng):
    number = rng.choice([str(rng.randint(1, 99)), "%.1f" % rng.uniform(.1, 30), str(rng.randint(1, 19) * 5)])
    return number + rng.choice(["%", " %", " percent", " per cent"]) + rng.choice(["", "", "", " of the total", " of the net price", " of all cases"])


def date(rng):
    day, month, year = rng.randint(1, 28), rng.choice(MONTHS), rng.randint(2019, 2031)
    return rng.choice(["%d %s %d" % (day, month, year), "%s %d" % (month, day), "%d-%02d-%02d" % (year, rng.randint(1, 12), day), "the last %s of %s" % (rng.choice(DAYS), month),
                       "%d %s" % (day, month), "the end of %s" % month, "%s, %d %s" % (rng.choice(DAYS), day, month), "the first %s in %s" % (rng.choice(DAYS), month), "%s %d, %d" % (month, day, year)])


def hour(rng):
    return rng.choice(["%d:%02d" % (rng.randint(5, 23), rng.choice([0, 15, 30, 45])), "%d a.m." % rng.randint(5, 11), "%d p.m." % rng.randint(1, 11), "noon", "midnight", "%d o'clock" % rng.randint(6, 12)])


def person(rng):
    name = rng.choice(FIRST) + " " + rng.choice(LAST)
    return rng.choice([name, name, name, "Dr. " + name, rng.choice(ROLES), "%s (extension %d)" % (name, rng.randint(100, 999)), "%s from %s" % (name, rng.choice(CITIES)), "%s, reachable at desk %d" % (name, rng.randint(1, 60))])


def measure(low, high, units):
    def make(rng):
        number = rng.choice([str(rng.randint(low, high)), "%.1f" % rng.uniform(low, high), "{:,}".format(rng.randint(low, high))])
        text = number + " " + rng.choice(units)
        if rng.random() < .12:
            text = "between %d and %d %s" % (rng.randint(low, (low + high) // 2), rng.randint((low + high) // 2 + 1, high), rng.choice(units))
        return text
    return make


def group(rng):
    return rng.choice(GROUPS)


def _pick(table):
    return lambda rng: expand(rng, rng.choice(table))


_SLOTS = [("{role}", lambda rng: rng.choice(ROLES)), ("{group}", group), ("{dur}", duration), ("{day}", lambda rng: rng.choice(DAYS)), ("{hour}", hour),
          ("{month2}", lambda rng: rng.choice(MONTHS)), ("{month}", lambda rng: rng.choice(MONTHS)), ("{place}", _pick(PLACES)), ("{freq}", lambda rng: rng.choice(["month", "year", "quarter", "two years", "six months"])),
          ("{city}", lambda rng: rng.choice(CITIES)), ("{last}", lambda rng: rng.choice(LAST)), ("{other}", lambda rng: rng.choice(LAST)), ("{first}", lambda rng: rng.choice(FIRST)),
          ("{n}", lambda rng: str(rng.randint(2, 40))), ("{m}", lambda rng: str(rng.randint(101, 420))), ("{C}", lambda rng: rng.choice("ABCDEFGHK")),
          ("{o}", lambda rng: rng.choice(["second", "third", "fourth", "ground", "first", "top"])), ("{date}", date), ("{year}", lambda rng: str(rng.randint(2015, 2030))), ("{money}", money)]
_MAKERS = {"money": money, "duration": duration, "count": count, "percent": percent, "date": date, "hour": hour, "person": person,
           "temperature": measure(2, 250, ["degrees", "degrees Celsius", "°C", "C"]), "weight": measure(1, 900, ["kg", "grams", "kilograms", "tonnes", "g"]),
           "distance": measure(1, 5000, ["m", "metres", "km", "cm", "kilometres", "mm"]), "dose": measure(1, 800, ["mg", "ml", "mg per day", "drops", "mg every six hours", "units"]),
           "pressure": measure(1, 300, ["bar", "hPa", "kPa", "psi"]), "speed": measure(2, 900, ["km/h", "metres per second", "rpm", "knots"]),
           "place": _pick(PLACES), "frequency": _pick(FREQUENCIES), "permission": _pick(PERMISSIONS), "rule": _pick(RULES), "firm": _pick(FIRMS),
           "material": _pick(MATERIALS), "colour": _pick(COLOURS), "format": _pick(FORMATS)}
