# SPDX-License-Identifier: Apache-2.0
"""Right-hand sides: a natural value for a quantity, written in a language."""

_WORDS = """strict lenient fast slow auto manual off on basic full json csv xml yaml parquet binary text debug info warn
    error trace round-robin weighted nearest least-used lazy eager fifo lifo lru postgres sqlite redis kafka memory disk
    local remote draft active closed pending dark light high-contrast compact wide portrait landscape hourly daily weekly
    read-only append overwrite skip retry abort ignore queue blue green canary primary fallback""".split()
_PLACES = """eu-west-1 us-east-2 ap-south-1 eu-central-1 westeurope northeurope us-central1 asia-east1 fra1 nyc3 sgp1 zurich
    dublin oslo osaka""".split()
_ZONES = """Europe/Berlin Europe/Oslo America/New_York Asia/Tokyo UTC America/Sao_Paulo Africa/Nairobi Asia/Kolkata
    Australia/Sydney Pacific/Auckland""".split()
_LOCALES = "en_US de_DE fr_FR pt_BR ja_JP en-GB nl sv_SE it pl_PL es-MX ko fi cs_CZ".split()
_CURRENCIES = "EUR USD CHF GBP JPY SEK NOK CAD AUD PLN BRL INR".split()
_COLOURS = "#1f6feb #ff7f0e #222831 #f5f5f5 tomato steelblue #0a9396 rgb(12,34,56) goldenrod #8e44ad teal #e0e0e0 crimson".split()
_CRONS = ["0 3 * * *", "*/15 * * * *", "30 2 * * 1", "0 0 1 * *", "5 4 * * sun", "0 */6 * * *", "45 23 * * 5", "10 8 * * 1-5"]
_PATTERNS = [r"^[A-Z]{3}-[0-9]+$", r"[a-z0-9_]+", r"^v[0-9.]+$", r"[^,;]+", r"^[0-9]{4}-[0-9]{2}$", r"[A-F0-9]{8}", r"^/api/.*", r"\d+"]
_FIRST = "Maria Jonas Aiko Priya Samuel Ines Tomas Leila Olga Henrik Nadia Victor Wanjiru Diego Sofia Emeka".split()
_LAST = "Keller Tanaka Silva Novak Okafor Berg Fontaine Rossi Haddad Lindqvist Moreau Petrov Castillo Weber Mwangi".split()
_AFFIXES = ["tmp_", "v2-", ".bak", "_old", ".json", ".csv", "::", "|", "-", "raw/", "prod.", ".log.gz", "id:", "x-", ".part", ";"]


def literal(rng, family, unit, nouns, language, words=()):
    """(text, type) of a value; type is one of int, float, str, bool, list."""
    if family == "duration":
        return duration(rng, unit, language)
    if family == "count":
        return number(rng, language), "int"
    if family == "version":
        return rng.choice([(str(rng.randint(1, 40)), "int"),
                           (text_of('%d.%d.%d' % (rng.randint(0, 9), rng.randint(0, 30), rng.randint(0, 20)), language), "str"),
                           (text_of('%d.%d' % (rng.randint(0, 12), rng.randint(0, 30)), language), "str")])
    if family == "port":
        return str(rng.choice([80, 443, 5432, 6379, 8080, 9090, 3306, 8443, rng.randint(1024, 65535), rng.randint(2000, 9999)])), "int"
    if family == "bytes":
        return size(rng, unit, language)
    if family == "length":
        return (("%d" % rng.randint(1, 2400)), "int") if rng.random() < .7 else (("%.1f" % rng.uniform(.2, 99)), "float")
    if family == "ratio":
        return rng.choice(["%.2f" % rng.uniform(0, 1), "%.1f" % rng.uniform(0, 120), "%.3f" % rng.uniform(0, 2), "%d.0" % rng.randint(1, 90)]), "float"
    if family == "money":
        return rng.choice([(str(rng.randint(1, 99) * rng.choice([1, 5, 10, 50, 100])), "int"), ("%d.%02d" % (rng.randint(1, 900), rng.choice([0, 5, 49, 50, 90, 95, 99])), "float")])
    if family == "flag":
        return boolean(rng.random() < .5, language), "bool"
    if family in ("words", "numbers"):
        return sequence(rng, family, nouns, language), "list"
    return text_of(plain_text(rng, family, nouns, words), language), "str"


def plain_text(rng, family, nouns, words):
    noun = rng.choice(nouns)
    if family == "url":
        host = rng.choice(["api.%s.example.com", "%s.example.org", "www.%s.test", "%s.internal", "localhost:%d" % rng.randint(3000, 9999), "cdn.%s.io"]).replace("%s", noun)
        path = "/".join(["", rng.choice(["v1", "v2", "v3", "api", "hooks", "public", rng.choice(nouns)])] + [rng.choice(nouns) for _ in range(rng.randint(0, 2))])
        return rng.choice(["https://", "https://", "https://", "http://", "wss://"]) + host + rng.choice([path, path, path + "/", ""])
    if family == "host":
        return rng.choice(["%s-%d.internal" % (noun, rng.randint(1, 40)), "%s.example.net" % noun, "10.%d.%d.%d" % (rng.randint(0, 255), rng.randint(0, 255), rng.randint(1, 254)), "0.0.0.0", "127.0.0.1", "%s%02d" % (noun, rng.randint(1, 20)), "db.%s.local" % noun])
    if family == "path":
        folder = rng.choice(["/var/lib/", "/etc/", "/opt/", "/srv/", "/var/log/", "./", "data/", "build/", "assets/", "/usr/share/", "templates/", "~/"])
        return folder + noun + rng.choice(["", "/" + rng.choice(nouns), "/%s.%s" % (rng.choice(nouns), rng.choice(["log", "json", "csv", "db", "sock", "html", "txt", "yaml", "toml"]))])
    if family == "text":
        return rng.choice([noun + "-" + rng.choice(nouns), noun + "s", noun.capitalize() + " " + rng.choice(nouns), noun + "." + rng.choice(nouns), noun + "_" + rng.choice(["v1", "main", "events", "prod", "eu", "2024"]), "%s %d" % (noun.capitalize(), rng.randint(1, 99))])
    if family == "sentence":
        return rng.choice(["Welcome to the %s", "No %s found", "Your %s is ready", "Please choose a %s first", "The %s is closed", "Checking %s ...", "Thank you for your %s", "%s not available, try later", "All about the %s"]) % noun
    table = {"word": _WORDS, "affix": _AFFIXES, "place": _PLACES, "locale": _LOCALES, "zone": _ZONES, "currency": _CURRENCIES, "colour": _COLOURS, "cron": _CRONS, "regex": _PATTERNS}
    if family in table:
        return rng.choice(table[family])
    if family == "email":
        return rng.choice([noun + "@example.com", rng.choice(_FIRST).lower() + "@" + noun + ".example.org", "no-reply@%s.test" % noun, noun + "-team@example.net"])
    if family == "person":
        return rng.choice([rng.choice(_FIRST) + " " + rng.choice(_LAST), noun + "-team", "@" + rng.choice(_LAST).lower(), rng.choice(_FIRST).lower() + "." + rng.choice(_LAST).lower()])
    return noun


UNQUOTED = ("env", "ini", "docker", "properties", "make", "css")


def text_of(text, language):
    """A string as the language writes it; where both quotes are customary, the text decides."""
    if language in UNQUOTED:
        return '"%s"' % text if language == "env" and " " in text else text
    if language == "yaml" and text[0].isalnum() and ": " not in text and len(text) % 3:
        return text
    if language == "sql" and "'" not in text:
        return "'%s'" % text
    if language in ("js", "ts", "python", "php", "ruby", "yaml", "toml") and "'" not in text and sum(map(ord, text)) % 2:
        return "'%s'" % text
    return '"%s"' % text.replace("\\", "\\\\")


def boolean(value, language):
    if language == "python":
        return str(value)
    if language in ("env", "shell", "make", "ini"):
        return "1" if value and language == "shell" else str(value).lower() if value else "0" if language == "shell" else "false"
    return "true" if value else "false"


def number(rng, language):
    draw = rng.random()
    if draw < .45:
        return str(rng.randint(0, 64))
    if draw < .75:
        return str(rng.randint(1, 99) * rng.choice([1, 5, 10, 25, 100, 1000]))
    if draw < .85:
        return str(rng.randint(65, 99999))
    if language in ("env", "yaml", "json", "ini", "toml", "docker", "make", "properties", "css", "sql"):
        return str(1 << rng.randint(2, 16))
    if draw < .90:
        return "0x%x" % rng.randint(16, 65535)
    if draw < .94:
        return "1 << %d" % rng.randint(2, 24)
    if language in ("python", "rust", "java", "go", "kotlin", "cs", "ruby", "js", "ts"):
        return "%d_000" % rng.randint(1, 900)
    return "%d * %d" % (rng.randint(2, 64), rng.choice([2, 8, 16, 60, 100, 1024]))


def duration(rng, unit, language):
    amount = rng.choice([1, 2, 3, 5, 7, 8, 10, 12, 14, 15, 20, 24, 30, 45, 60, 90, 120, 180, 250, 300, 365, 500, 600, 750, 900, 1500, 3600, 5000, 86400, rng.randint(1, 999)])
    draw = rng.random()
    if unit:
        if draw < .8 or language in ("env", "yaml", "json", "ini", "toml", "docker", "make", "properties", "css", "sql"):
            return str(amount), "int"
        return rng.choice(["%d * 60" % rng.randint(1, 60), "60 * 60", "24 * 60 * 60", "%d * 1000" % rng.randint(1, 60), "%d * 3600" % rng.randint(1, 48)]), "int"
    small = rng.randint(1, 90)
    if language == "go":
        return rng.choice(["%d * time.Second", "%d * time.Minute", "%d * time.Millisecond", "%d * time.Hour"]) % small, "dur"
    if language == "rust":
        return rng.choice(["Duration::from_secs(%d)", "Duration::from_millis(%d)"]) % amount, "dur"
    if language == "python" and draw < .4:
        return rng.choice(["timedelta(seconds=%d)", "timedelta(minutes=%d)", "timedelta(days=%d)", "timedelta(hours=%d)"]) % small, "dur"
    if language == "java" and draw < .4:
        return rng.choice(["Duration.ofSeconds(%d)", "Duration.ofMinutes(%d)", "Duration.ofDays(%d)"]) % small, "dur"
    if language == "cs" and draw < .4:
        return rng.choice(["TimeSpan.FromSeconds(%d)", "TimeSpan.FromMinutes(%d)"]) % small, "dur"
    if language == "cpp" and draw < .4:
        return rng.choice(["std::chrono::seconds(%d)" % small, "%ds" % small, "std::chrono::milliseconds{%d}" % amount]), "dur"
    if language in ("yaml", "env", "toml", "json", "ini", "docker", "properties"):
        value = "%d%s" % (small, rng.choice(["s", "m", "h", "ms", "d"]))
        return (value if language in ("yaml", "env", "ini", "docker", "properties") else '"%s"' % value), "str"
    if language == "css":
        return rng.choice(["%dms" % amount, "%.1fs" % rng.uniform(.1, 3)]), "str"
    return str(amount), "int"


def size(rng, unit, language):
    amount = rng.choice([16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 65536, rng.randint(1, 999), 1 << rng.randint(8, 26)])
    if language in ("yaml", "env", "ini", "toml", "docker", "properties", "json"):
        if unit:
            return str(amount), "int"
        value = "%d%s" % (rng.randint(1, 512), rng.choice(["Mi", "MB", "K", "m", "GB", "KiB"]))
        return (value if language not in ("toml", "json") else '"%s"' % value), "str"
    if language in ("css", "sql", "make") or unit in ("kb", "mb") or rng.random() < .5:
        return str(amount), "int"
    return rng.choice(["%d * 1024" % rng.randint(1, 256), "%d << 20" % rng.randint(1, 64), "%d * 1024 * 1024" % rng.randint(1, 64), "1 << %d" % rng.randint(10, 28)]), "int"


def sequence(rng, family, nouns, language):
    if family == "numbers":
        items = [str(rng.randint(1, 999)) for _ in range(rng.randint(2, 5))]
    else:
        items = [rng.choice(nouns) for _ in range(rng.randint(2, 4))]
        if language in ("env", "shell", "make", "ini", "docker", "properties"):
            return ('"%s"' if language == "shell" else "%s") % rng.choice([",", " ", ";"] if language == "shell" else [",", ", "]).join(items)
        items = [text_of(item, "java" if language == "json" else language) for item in items]
        if len({item[0] for item in items}) > 1:
            items = ['"%s"' % item[1:-1] for item in items]
    inside = ", ".join(items)
    if language in ("env", "shell", "make", "ini", "docker", "properties", "sql", "css"):
        return inside if language not in ("sql", "shell") else "'%s'" % inside.replace("'", "")
    if language in ("c", "cpp"):
        return "{%s}" % inside
    if language == "go":
        return ("[]int{%s}" if family == "numbers" else "[]string{%s}") % inside
    if language == "rust":
        return "&[%s]" % inside
    if language == "java":
        return "List.of(%s)" % inside
    if language == "kotlin":
        return "listOf(%s)" % inside
    if language == "cs":
        return "{ %s }" % inside
    if language == "python":
        return rng.choice(["[%s]", "(%s)", "{%s}", "frozenset({%s})"]) % inside
    return "[%s]" % inside
