# SPDX-License-Identifier: Apache-2.0
"""Facts in prose: a line that states a value of a subject, questions about it, and lines that only look like it."""
import re

from asking.code_questions import CANONICAL
from asking.names import is_answerable, stands_at
from asking.phrasing import HELD_OUT_PHRASINGS, Phrasings, finish, frame, quoted
from asking.prose_forms import ACTIVITIES, FILLERS, HEADINGS, LEAD_INS, LINES, MENTIONS, PREDICATES, TABLES, TAILS
from asking.prose_questions import BY_KIND, DOCUMENTS, GENERAL
from asking.prose_topics import KINDS, SUBJECTS, parse_heads
from asking.prose_values import expand, group, value
from asking.words import article, choose_side, is_held_out, plural
from items import OK, Fact, Question, Snippet

_MASS = set("""leave overtime luggage work insurance parking catering inventory milking irrigation grazing seed soil manure compost maize hay drainage wheat barley rice
    caramel risotto jam stock lamb salmon yeast recycling heating waste noise rent childcare relocation bereavement duty mileage city dust marinade sourdough custard
    homework tuition attendance detention lunch breakfast wellbeing petty cash oxygen insulin ibuprofen triage spam wireless on-call standby encryption shredding
    liability confidentiality payment renewal copyright non-compete delivery arbitration mana clean desk error budget severity one depreciation procurement payroll
    Titan Europa Io Mars Venus Saturn Neptune Ganymede hours clearing hygiene cooling water medium control feedback stacking picking loading freight packaging
    maintenance notice force majeure retirement onboarding mentoring promotion pension assignment fasting physiotherapy discharge customs goods warranty indemnity
    visiting isolation anaesthesia training lambing half-time warm-up moving registration assembly scrap coating torque paint welding cleaning titration incubation
    calibration potato pastry glaze pickle quiet remote access wind respawn paid surgery blood pressure""".split())


class Subject:
    """A phrase as it stands in a sentence, and what one needs to ask for it otherwise."""

    def __init__(self, phrase, kind, modifier, head, is_plural=False, predicate=None, requests=()):
        self.phrase, self.kind, self.modifier, self.head, self.is_plural = phrase, kind, modifier, head, is_plural
        self.predicate = predicate                       # of a subject without head: "are kept for {v}"
        self.requests = head.requests if head else requests


class ProseFactGen:
    def __init__(self, rng, held_out=False):
        self.rng, self.held_out = rng, held_out
        self.subjects = {}
        for domain, text in SUBJECTS.items():
            chosen = choose_side([part.strip() for part in text.replace("\n", " ").split(";")], held_out)
            if len(chosen) > 1:
                self.subjects[domain] = chosen
        self.domains = sorted(self.subjects)
        self.heads = {}
        for head in parse_heads():
            self.heads.setdefault(head.kind, []).append(head)
        self.activities = {}
        for line in ACTIVITIES.strip().split("\n"):
            kind, predicate, requests = line.split("; ")
            self.activities.setdefault(kind, []).append((predicate, requests.split("|")))
        self.phrasings = {kind: Phrasings(patterns * 3 + GENERAL, held_out) for kind, patterns in BY_KIND.items()}
        self.requests_held_out = lambda text: is_held_out(text, HELD_OUT_PHRASINGS)

    def sample(self):
        while True:
            fact = self.attempt()
            if fact:
                return fact

    def absent(self, present_terms, text=""):
        """A question about a phrase that is neither a present term nor, as words, in `text`."""
        rng, present = self.rng, {term.lower() for term in present_terms}
        phrases = [term for term in present_terms if " " in term]
        while True:
            subject = self.near_subject(rng.choice(phrases)) if phrases and rng.random() < .5 else self.subject(rng.choice(self.domains))
            if subject.phrase.lower() in present or (text and stands_at(subject.phrase.lower(), text.lower()) >= 0):
                continue
            if rng.random() < .5:
                return self.canonical(subject.phrase, None)
            if subject.requests and rng.random() < .2:
                asked = self.in_words(subject.phrase, None, subject)
                if asked:
                    return asked
            return self.free(subject.phrase, None, subject)

    def filler(self, n_lines):
        rng = self.rng
        domain = rng.choice(self.domains)
        lines = [self.filler_line(domain) for _ in range(n_lines)]
        if n_lines > 3 and rng.random() < .5:
            lines[0] = self.heading(domain)
        return self.snippet(lines, "plain", "filler")

    # ---- subjects

    def subject(self, domain, head=None, kind=None):
        rng = self.rng
        modifier = rng.choice(self.subjects[domain])
        draw = rng.random()
        if not head and not kind and draw < .10:
            return self.bare_subject(modifier)
        if not head and not kind and draw < .34:
            return self.acting_subject(modifier, rng.choice([name for name in KINDS[domain] if name in self.activities]))
        kind = kind or (head.kind if head else rng.choice(KINDS[domain]))
        head = head or rng.choice(self.heads[kind])
        return self.joined(modifier, head)

    def bare_subject(self, modifier):
        is_plural = not is_mass(modifier)
        phrase = many(modifier) if is_plural else modifier
        return Subject(phrase, self.rng.choice(["rule", "permission"]), modifier, None, is_plural)

    def acting_subject(self, modifier, kind):
        predicate, requests = self.rng.choice(self.activities[kind])
        is_plural = not is_mass(modifier)
        if not is_plural:
            predicate = in_singular(predicate)
        return Subject(many(modifier), kind, modifier, None, is_plural, predicate, requests)

    def joined(self, modifier, head):
        rng, short = self.rng, len(modifier.split()) + len(head.words.split()) <= 3
        if rng.random() < .16 and short and head.kind not in ("rule", "permission"):
            phrase = "%s %s %s" % (head.words, rng.choice(["for", "for", "of"]), many(modifier))
        elif rng.random() < .06 and short:
            phrase = "%s %s %s" % (rng.choice(["maximum", "standard", "usual", "basic", "total", "new"]), modifier, head.words)
        else:
            phrase = "%s %s" % (modifier, head.words)
        return Subject(phrase, head.kind, modifier, head)

    def near_subject(self, phrase):
        """One word of the phrase changed."""
        rng, words = self.rng, lowered(phrase).split()
        index = rng.randrange(len(words))
        if rng.random() < .7 or len(words) == 1:
            words[index] = rng.choice(rng.choice(self.heads[rng.choice(sorted(self.heads))]).words.split()) if index == len(words) - 1 and rng.random() < .6 \
                else rng.choice(self.subjects[rng.choice(self.domains)])
        else:
            words.insert(0, rng.choice(["maximum", "minimum", "special", "second", "annual", "temporary", "emergency", "regional"]))
        return Subject(" ".join(words[-4:]), rng.choice(["money", "duration", "count", "rule"]), words[0], None)

    # ---- lines

    def attempt(self):
        rng = self.rng
        domain = rng.choice(self.domains)
        count = rng.choice([1, 1, 1, 2, 2, 3])
        subjects = [self.subject(domain) for _ in range(count)]
        if count > 1 and rng.random() < .4 and subjects[0].head:
            subjects[1] = self.subject(domain, head=subjects[0].head)
        lines, stated = self.stated(subjects)
        if not self.is_clear(lines, stated):
            return None
        before = [self.filler_line(domain) for _ in range(rng.choice([0, 0, 0, 1, 1, 2]))]
        if rng.random() < .3:
            before.insert(0, self.heading(domain))
        after = [self.filler_line(domain) for _ in range(rng.choice([0, 0, 0, 1, 2]))]
        surrounding = " ".join(before + after).lower()
        if any(term.lower() in surrounding for term, _, _ in stated):
            return None
        questions, decoys = [], []
        for number, (term, line, subject) in enumerate(stated):
            if number == 0 or rng.random() < .4:
                asked = self.questions_of(term, line + len(before), subject)
                questions += asked if number == 0 else asked[:1]
            if number == 0:
                described = any(term.lower() not in question.text.lower() for question in questions)
                decoys += self.decoys(term, subject, domain, described)
        decoys = [decoy for decoy in decoys if not any(self.states(decoy, term.lower()) for term, _, _ in stated)]
        return Fact(self.snippet(before + lines + after, "fact", "prose " + stated[0][2].kind), questions, decoys)

    def stated(self, subjects):
        """Lines that state a value of each subject, and [(term as it stands, line, subject)]."""
        rng, lines, stated = self.rng, [], []
        draw = rng.random()
        if draw < .12:
            header, rule, row = rng.choice(TABLES)
            lines = [line for line in (header, rule) if line]
        elif draw < .38:
            row = rng.choice(LINES)
        else:
            row = None
        for subject in subjects:
            text, term = self.row(row, subject) if row else self.sentence(subject)
            stated.append((term, len(lines), subject))
            lines.append(text)
        return lines, stated

    def row(self, row, subject):
        rng = self.rng
        said = value(rng, subject.kind)
        if subject.predicate:
            said = subject.predicate.replace("{v}", said)
        if subject.kind == "rule":
            said = agreeing(said) if subject.is_plural else said
        term = subject.phrase[:1].upper() + subject.phrase[1:] if rng.random() < .55 else subject.phrase
        if rng.random() < .3 and row[:1] in "-*+{":
            said += rng.choice(["."] + [expand(rng, rng.choice(TAILS)) for _ in range(2)])
        return expand(rng, row).replace("{X}", term).replace("{v}", said), term

    def sentence(self, subject):
        rng = self.rng
        lead = expand(rng, rng.choice(LEAD_INS))
        said = value(rng, subject.kind)
        if subject.predicate:
            predicate = (" " + rng.choice(["", "", "", "", "normally ", "always ", "now "]) + subject.predicate).replace("{v}", said)
        else:
            predicate = expand(rng, rng.choice(PREDICATES[subject.kind])).replace("{v}", said)
        if subject.is_plural and not subject.predicate:
            predicate = " " + agreeing(predicate.strip())
        the = "" if subject.is_plural or (subject.head is None) else rng.choice(["the ", "the ", "the ", "the ", "our ", "any ", "each ", "every ", "this ", ""])
        if subject.head and the == "" and rng.random() < .7:
            the = "the "
        phrase = subject.phrase
        start = the + phrase
        if (not lead or lead[-2:] in (": ", ") ") or lead[0].isdigit()) and (the or rng.random() < .95):
            start = start[:1].upper() + start[1:]
        if not the:
            phrase = start
        if rng.random() < .06:
            start = start.replace(phrase, rng.choice(["**%s**", "*%s*", '"%s"', "_%s_"]) % phrase)
        tail = expand(rng, rng.choice(TAILS)) if said[-1:] not in ")." else ""
        ending = rng.choice([".", ".", ".", ".", ".", "", ";"])
        if (predicate + tail).endswith("."):
            ending = ""
        bullet = rng.choice(["", "", "", "", "", "- ", "* ", "%d. " % rng.randint(1, 12)])
        return bullet + lead + start + predicate + tail + ending, phrase

    def is_clear(self, lines, stated):
        """Each term stands once, as a whole word, before its value."""
        text = "\n".join(lines).lower()
        return all(is_answerable(term, lines[line]) and text.count(term.lower()) == 1 and len(term.split()) <= 4 for term, line, _ in stated) \
            and not any("  " in line.strip() for line in lines if "   " not in line)

    def filler_line(self, domain):
        rng = self.rng
        text = rng.choice(FILLERS)
        if "{m" in text:
            text = text.replace("{m1}", rng.choice(self.subjects[domain])).replace("{m2}", rng.choice(self.subjects[domain]))
        if "{Group}" in text:
            text = text.replace("{Group}", group(rng).capitalize())
        text = expand(rng, text)
        return text[:1].upper() + text[1:]

    def heading(self, domain):
        title = self.rng.choice(self.subjects[domain])
        return expand(self.rng, self.rng.choice(HEADINGS).replace("{T}", title[:1].upper() + title[1:]))

    # ---- questions

    def questions_of(self, term, line, subject):
        rng = self.rng
        questions = [self.canonical(term, line)]
        for _ in range(rng.choice([1, 1, 2])):
            questions.append(self.free(term, line, subject))
        if subject.requests and rng.random() < .5:
            asked = self.in_words(term, line, subject)
            if asked:
                questions.append(asked)
        rng.shuffle(questions)
        return list({question.text: question for question in questions}.values())

    def canonical(self, term, line):
        return Question(CANONICAL["statement"].format(term), term, line, "statement", True, self.held_out)

    def free(self, term, line, subject):
        rng = self.rng
        shown = quoted(rng, term) if rng.random() < .35 else lowered(term)
        the = "" if subject.is_plural or subject.head is None else rng.choice(["the "] * 6 + ["our ", "a ", "this "])
        named = the + shown
        if the == "a ":
            named = article(shown)
        text = self.phrasings[subject.kind].ask(rng, {"T": named, "t": shown, "d": rng.choice(DOCUMENTS)})
        text = text.replace("ruless", "rules").replace("minutess", "minutes").replace("notess", "notes")
        return Question(finish(rng, text), term, line, "statement", False, self.held_out)

    def in_words(self, term, line, subject):
        """The request without the head: "how long are invoices kept" for "invoice retention period"."""
        rng = self.rng
        fitting = [text for text in subject.requests if self.requests_held_out(text) == self.held_out]
        if not fitting:
            return None
        modifier, text = subject.modifier, rng.choice(fitting)
        if is_mass(modifier):
            text = text.replace("a {m}", "{m}").replace("the {m}", "{m}")
            if "many" in text:
                return None
            text = text.replace("do {ms}", "does {ms}")
        else:
            text = re.sub(r"\ba {m}", article(modifier), text)
        body = (text.replace("{ms} are", many(modifier) + (" is" if is_mass(modifier) else " are"))
                .replace("are {ms}", ("is " if is_mass(modifier) else "are ") + many(modifier)).replace("{ms}", many(modifier)).replace("{m}", modifier))
        return Question(finish(rng, frame(rng, self.phrasings[subject.kind].frames, "question", body)), term, line, "statement", False, self.held_out)

    # ---- decoys

    def decoys(self, term, subject, domain, described):
        rng, result = self.rng, []
        for _ in range(rng.choice([0, 1, 1, 2])):
            mention = expand(rng, rng.choice(MENTIONS)).replace("the {x}", "{x}" if subject.is_plural or not subject.head else "the {x}").replace("{x}", lowered(term))
            mention = mention[:1].upper() + mention[1:]
            before = [self.filler_line(domain)] if rng.random() < .3 else []
            result.append(self.snippet(before + [mention], "plain", "mention"))
        for _ in range(rng.choice([0, 1, 1, 2])):
            if subject.head and (described or rng.random() < .6):
                near = self.joined(rng.choice(self.subjects[domain]), subject.head)
                if described and set(near.modifier.split()) & set(subject.modifier.split()):
                    continue
            elif subject.head:
                near = self.joined(subject.modifier, rng.choice(self.heads[rng.choice(KINDS[domain])]))
            else:
                near = self.subject(domain)
            lines, _ = self.stated([near])
            result.append(self.snippet(lines, "plain", "near miss"))
        return result

    def states(self, decoy, term):
        """A mention ends with the term; whatever else holds it would say something of it."""
        return any(term in line.lower() and not (decoy.form == "mention" and line.lower().rstrip(".").endswith(term)) for line in decoy.lines)

    def snippet(self, lines, kind, form):
        return Snippet("prose", lines, [OK] * len(lines), kind, form=form, held_out=self.held_out)


_SINGULAR = {"are": "is", "last": "lasts", "take": "takes", "expire": "expires", "cost": "costs", "above": "above", "come": "comes", "start": "starts",
             "end": "ends", "open": "opens", "make": "makes", "weigh": "weighs", "stand": "stands", "move": "moves", "need": "needs"}


def in_singular(predicate):
    first, _, rest = predicate.partition(" ")
    return _SINGULAR.get(first, first) + " " + rest.replace(" need ", " needs ")


def is_mass(modifier):
    return modifier.split()[-1] in _MASS


def many(modifier):
    return modifier if is_mass(modifier) or modifier.endswith("s") else " ".join(modifier.split()[:-1] + [plural(modifier.split()[-1])])


def lowered(term):
    return term if term[:1].islower() or term[:2].isupper() or term.split()[0] in _MASS else term[:1].lower() + term[1:]


_AGREE = {"is": "are", "has": "have", "was": "were", "does": "do", "requires": "require", "needs": "need", "ends": "end", "starts": "start",
          "applies": "apply", "remains": "remain", "comes": "come", "happens": "happen"}


def agreeing(phrase):
    """The first verb of a predicate in the plural."""
    words = phrase.split(" ")
    for at, word in enumerate(words[:6]):
        if word in _AGREE:
            return " ".join(words[:at] + [_AGREE[word]] + words[at + 1:])
        if word in ("must", "may", "cannot", "can", "shall", "will", "should"):
            return phrase
    return phrase
