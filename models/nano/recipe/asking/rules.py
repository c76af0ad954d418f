# SPDX-License-Identifier: Apache-2.0
"""Rules of a house and questions in words of their own: what a thing costs, who runs it, when it is due.

A question's term is a piece of the line that the question shares, as the product finds it; it need not be what is asked.
So the words of the question decide: which of the lines with the term answers it, and whether any does. Where none does,
the term stands in the corpus all the same, and the answer is the refusal.
"""
import os
import re

from asking.words import article, choose_side, is_held_out, plural
from items import OK, Fact, Question, Snippet

# kind -> (statements, questions). {x} the thing, {X} with a capital, {a} with its article, {p} its plural, {P} with a
# capital; values: {n} number, {d} span, {m} money, {who}, {day}, {h} hour, {place}, {c} share, {u} one of a period.
KINDS = {
    "lasts": ("{A} lasts {d}.|Every {x} runs for {d}.|{A} takes {d}, breaks included.|The {x} goes on for {d}.|One {x} is {d} long.|{P} last {d} each.",
              "how long [is|lasts] {a}|how long does {a} [last|take|go on|run]|for how long [does|will] the {x} [run|last|go on]|what is the length of {a}|how much time does {a} take|what is the duration of the {x}"),
    "costs": ("The {x} costs {m}.|{A} is {m}.|For {a} the price is {m}.|We charge {m} for each {x}.|{P} come at {m} each.|The fee for {a} is {m}.",
              "how much [is|costs] {a}|what does {a} cost|what do we charge for {a}|how much do I [pay|have to pay] for the {x}|what is the price of {a}|how expensive is the {x}"),
    "pays": ("The {x} is {m} per {u}.|Everyone gets {m} per {u} as {x}.|Staff receive a {x} of {m} per {u}.|The {x} comes to {m} each {u}.|The firm pays a {x} of {m} a {u}.",
             "how much is the {x}|how high is the {x}|what do I [get|receive] as {x}|how big is the {x}|what is the amount of the {x}|how much {x} do we pay|what's the {x} worth"),
    "due": ("{P} are due by {day}.|{P} must be handed in by {day}.|Hand in {p} no later than {day}.|{A} has to arrive before {day}.|The last day for {p} is {day}.",
            "when are {p} due|by when [do I|must I|should I] hand in {a}|until when can I send {a}|what is the deadline for {p}|what's the last day for {a}|when does {a} have to be there"),
    "runs": ("{who} is the head of {x}.|The head of {x} is {who}.|{who} is in charge of {x}.|{x} is led by {who}.|{who} answers for {x}.|The person for {x} is {who}.",
             "who is [the head of|in charge of|responsible for] {x}|who [leads|runs|answers for] {x}|whom do I ask about {x}|who do I talk to about {x}|what's the name of the person for {x}"),
    "most": ("At most {n} {p} may be {done} per {u}.|Nobody may have more than {n} {p} {done} in a {u}.|No more than {n} {p} are {done} per {u}.|{n} {p} per {u} is the most that can be {done}.",
             "how many {p} [may|can] be {done} per {u}|how many {p} are allowed per {u}|what is the [limit|maximum] of {p} per {u}|how many {p} may I have {done} in a {u}|is there a limit on {p}"),
    "place": ("{P} are kept in {place}.|You find the {p} in {place}.|The {x} stands in {place}.|{P} lie in {place}.|The place of the {x} is {place}.",
              "where [are the {p}|is the {x}|do I find the {x}|do I find the {p}]|where do we keep {p}|in which room is the {x}|in what place are the {p}"),
    "kept": ("{P} are kept for {d}.|We store {p} for {d}, then they go.|{P} are deleted after {d}.|The {x} stays in the archive for {d}.|After {d} {p} are thrown away.",
             "how long [are {p} kept|do we store {p}|do we keep a {x}|does the {x} stay]|after what time are {p} [deleted|thrown away]|for how long are {p} stored|when do {p} get deleted"),
    "needs": ("{A} needs {n} signatures.|Each {x} has to be approved by {n} people.|{n} people sign {a}.|Before {a} goes out, {n} colleagues look at it.|{P} need {n} approvals.",
              "how many [signatures|approvals|people] does {a} need|how many people have to [sign|approve] {a}|how many must agree to {a}"),
    "open": ("The {x} is open from {h} to {h2}.|The {x} opens at {h} and closes at {h2}.|{P} are staffed between {h} and {h2}.|You reach the {x} from {h} to {h2}.",
             "when is the {x} open|what are the hours of the {x}|how late is the {x} open|from when to when is the {x} [staffed|open]|at what hour does the {x} [open|close]"),
    "share": ("{P} are paid at {c} of the usual rate.|We cover {c} of {a}.|The firm takes over {c} of the {x}.|{c} of the {x} is paid back.|The {x} is {c} of the sum.",
              "what [share|part] of the {x} is paid|how much of {a} [do we cover|is paid back|is covered]|which percentage of the {x} is paid|what percentage is the {x}"),
    "often": ("{P} are checked every {d}.|The {x} is renewed once every {d}.|Every {d} somebody looks at the {x}.|{P} change every {d}.|A new {x} comes every {d}.",
              "how often [is the {x}|are {p}] [checked|renewed|changed]|how frequently [is the {x}|are {p}] looked at|at what interval [is the {x}|are {p}] renewed|how often do we get a new {x}"),
    "above": ("{A} above {m} needs a second signature.|From {m} on {a} goes to {who}.|{P} over {m} are decided by the board.|Below {m} no {x} has to be announced.",
              "from [what|which] sum on does {a} need [a second signature|more than one person]|above what amount does {a} go to {who}|up to what amount is {a} free|what is the threshold for {p}"),
    "limit": ("{A} may not be longer than {d}.|No {x} takes more than {d}.|The maximum for {a} is {d}.|After {d} {a} is cut off.|{P} end after {d} at the latest.|{A} over {d} has to be split.",
              "how long may {a} be|what is the maximum for {a}|what is the longest {x} [allowed|possible]|how much time [may|can] {a} take at most|what is {a}'s maximum|can {a} last longer than usual"),
    "notice": ("{A} has to be announced {d} ahead.|Announce {p} at least {d} before.|We need {d} of notice for {a}.|{P} are planned {d} in advance.|Tell the team {d} before {a}.",
               "how [early|far ahead] must I announce {a}|how much notice does {a} need|how long before [must|should] {a} be announced|how long in advance do I plan {a}|when do I have to tell the team about {a}|what notice is needed for {a}"),
    "may": ("Only {who} may open {a}.|{A} may be opened by {who} alone.|Nobody but {who} has access to the {x}.|Access to the {x} is with {who}.|{who} alone decides on {p}.",
            "who [may|can|is allowed to] open {a}|who has access to the {x}|who decides on {p}|whose decision is {a}|is everybody allowed to open {a}|whom do I ask for access to the {x}"),
    "room": ("The {x} has room for {n} people.|Up to {n} people fit into the {x}.|{n} seats are in the {x}.|The {x} holds {n} people.|No more than {n} may be in the {x} at a time.",
             "how many people [fit into|may use|can sit in] the {x}|how big is the {x}|how many seats has the {x}|for how many people is the {x}|what is the {x}'s capacity"),
    "form": ("For {a} use form {n}.|{A} is requested with form {n}.|Form {n} is the one for {p}.|Fill in form {n} to get {a}.|Whoever wants {a} hands in form {n}.",
             "which form [is for|do I need for|do I use for] {a}|what do I fill in [for|to get] {a}|how do I [request|ask for|apply for] {a}|with which form is {a} requested|what paper do {p} need"),
    "wait": ("Before {a} there is a wait of {d}.|After {a} wait {d} before the next one.|Between two {p} lie {d}.|The next {x} comes {d} later at the earliest.|{P} are at least {d} apart.",
             "how long [do I|must I|must one] wait after {a}|how long is the [gap|pause|break] between two {p}|when may the next {x} [come|begin|follow]|how far apart are {p}|what time must pass between {p}"),
    "from": ("{P} count from {day} on.|{A} starts on {day}.|The {x} begins on {day}.|From {day} there are {p}.|{P} have been possible since {day}.",
             "when does the {x} [start|begin]|from when [on do|do] {p} count|since when are there {p}|on which day does {a} start|what is the {x}'s first day"),
    "repair": ("A broken {x} goes to {who}.|Bring a damaged {x} to {who}.|{who} mends {p}.|When the {x} does not work, call {who}.|Defects of {p} are for {who}.",
               "who [repairs|mends|fixes] {a}|who takes a broken {x}|where do I go when the {x} is broken|to whom do I bring a damaged {x}|what do I do with a broken {x}"),
    "age": ("{P} are replaced after {d}.|{P} older than {d} are thrown out.|Every {x} serves {d} and is then exchanged.|After {d} you get a new {x}.",
            "when do {p} get replaced|how old may {a} [be|get]|after what time do I get a new {x}|how many years does {a} serve|when is {a} too old"),
    "size": ("The {x} is {n} metres long.|The {x} measures {n} metres.|From one end of the {x} to the other it is {n} metres.|{P} are {n} metres in length.",
             "how many metres is the {x}|what does the {x} measure|what is the size of the {x}|how large is the {x}"),
    "warm": ("Keep {p} below {n} degrees.|{P} must not get warmer than {n} degrees.|{P} stand at {n} degrees.|The {x} is heated to {n} degrees.",
             "how warm may {p} [get|be]|at what temperature do we keep {p}|which temperature is right for {p}|how hot is the {x}"),
    "ask": ("Questions on {p} go to {who}.|Ask {who} when you do not understand {a}.|{who} helps with {p}.|Write to {who} about {p}.",
            "whom do I ask about {p}|who answers questions on {p}|who [helps|can help] me with {a}|who knows about {p}|where do my questions on {a} go"),
    "lost": ("Whoever loses {a} pays {m}.|A lost {x} costs {m}.|For a {x} that does not come back we take {m}.|If the {x} is gone, {m} are due.",
             "what do I pay [if|when] I lose {a}|what happens when {a} is lost|how expensive is a lost {x}|what does losing {a} cost|I lost {a}, what now"),
    "first": ("New colleagues get {a} after {d}.|{A} is handed out after {d} in the firm.|Who has been here for {d} gets {a}.|During the first {d} there is no {x}.",
              "when do new people get {a}|how long must I be here to get {a}|from when am I entitled to {a}|how soon after joining do I get {a}|do I get {a} at once"),
    "late": ("{P} that come late cost {m} per day.|For each day of delay of {a} we take {m}.|{A} after the date is charged {m} a day.|Late {p}: {m} for every day.",
             "what is the [penalty|fine] for late {p}|what do I pay when {a} is late|how much is charged for each day of delay of {a}|what does it cost to be late with {a}"),
    "call": ("You reach the {x} at extension {n}.|The number of the {x} is {n}.|Dial {n} for the {x}.|The {x} answers at {n}.",
             "what is the number of the {x}|how do I [call|reach] the {x}|which extension has the {x}|what do I dial for the {x}|under which number is the {x}"),
    "tongue": ("{P} are written in {tongue}.|Write {p} in {tongue}.|The language of {p} is {tongue}.|Only {tongue} is used for {p}.",
               "in which language are {p} [written|kept]|what language do I use for {p}|do we write {p} in English|which language is for {p}"),
    "tool": ("{P} are filed in {tool}.|Use {tool} for {p}.|Enter each {x} in {tool}.|We keep track of {p} with {tool}.",
             "which [program|tool|system] do we use for {p}|where do I [file|enter] {a}|what is used for {p}|in what do we keep track of {p}|how do I enter {a}"),
    "off": ("{P} are not allowed on {weekday}s.|No {x} on a {weekday}.|On {weekday}s there are no {p}.|Every day but {weekday} has {p}.",
            "on which day are {p} not allowed|when are {p} forbidden|can I have {a} on any day|on what day is there no {x}|which day is without {p}"),
    "least": ("{A} needs at least {n} people.|Fewer than {n} people make no {x}.|With {n} people {a} can begin.|The {x} is held from {n} people on.",
              "how many people does {a} [need|take]|what is the smallest number for {a}|with how many people can {a} begin|from how many people on is the {x} held"),
    "way": ("The way to the {x} takes {d}.|From the station to the {x} it is {d} on foot.|You walk {d} to the {x}.|The {x} is {d} away.",
            "how far is the {x}|how long do I walk to the {x}|how much time to get to the {x}|how long is the way to the {x}"),
    "whose": ("The {x} belongs to the team of {who}.|{who} owns the {x}.|The {x} is {who}'s.|Ownership of the {x} lies with {who}.",
              "whose is the {x}|who owns the {x}|which team has the {x}|to whom does the {x} belong|in whose hands is the {x}"),
    "mark": ("{P} are marked {colour}.|A {colour} label stands for {p}.|{P} carry a {colour} sign.|The colour of {p} is {colour}.",
             "which colour do {p} have|how are {p} marked|how do I recognise {p}|what colour is {a}|what sign do {p} carry"),
    "back": ("The money for {p} comes back within {d}.|{P} are refunded in {d}.|We return what was paid for {a} after {d}.|Refunds of {p} take {d}.",
             "when do I get my money back for {a}|how soon are {p} refunded|how long does a refund for {a} take|when is {a} paid back"),
    "copy": ("Copies of {p} are made every {d}.|{P} are saved every {d}.|Every {d} {p} are copied to another place.|There is a copy of each {x} every {d}.",
             "how often are {p} [copied|saved]|how many days apart are copies of {p}|at what distance do we copy {p}|when are {p} saved"),
    "guests": ("{n} {p} stay free for guests.|Leave {n} {p} to visitors.|Of the {p}, {n} are for guests.|Visitors have {n} {p}.",
               "how many {p} are kept for guests|how many {p} do visitors have|how many {p} stay free|what number of {p} is for guests"),
    "within": ("{P} are answered within {d}.|{A} must be installed within {d}.|The {x} has to be back within {d}.|It takes at most {d} until {a} is dealt with.",
               "how [quickly|fast|soon] are {p} answered|how [quickly|fast] must {a} be [installed|back|dealt with]|within what time are {p} [answered|dealt with]|how long may {a} take"),
}
# Rules about anything that is done: {w} a verb, {ws}, {wed}, {wing} its forms, {v} a noun, {vs} its plural, {va} with its article. A question
# about another verb or noun has no answer.
OPEN = """The {x} is {wed} by {who}.|{who} {ws} the {x}.|Only {who} may {w} {p}.|It is up to {who} to {w} {p}; who [{ws}|has to {w}|is to {w}] the {x}|by whom is the {x} {wed}|whose job is it to {w} {p}|who do I ask to {w} {a}
    {P} are {wed} on {day}.|We {w} {p} by {day}.|The {x} gets {wed} before {day}.|By {day} all {p} have been {wed}; when are {p} {wed}|by when is the {x} {wed}|when do we {w} {p}|on what day does someone {w} the {x}|until when must {p} be {wed}
    {P} are {wed} every {d}.|Every {d} the {x} is {wed}.|We {w} {p} every {d}.|Once in {d} somebody {ws} the {x}; how often are {p} {wed}|how often does someone {w} the {x}|at what interval do we {w} {p}|how frequently is the {x} {wed}
    {P} must be {wed} within {d}.|{A} that is not {wed} after {d} is dropped.|You have {d} to {w} {a}.|No later than {d} after that, {w} the {x}; how [fast|soon|quickly] must {p} be {wed}|how much time do I have to {w} {a}|within what time is {a} {wed}|how long can I wait to {w} {a}
    {P} are {wed} in {place}.|The place to {w} {p} is {place}.|Go to {place} to {w} {a}.|We {w} {p} in {place}; where are {p} {wed}|where do I {w} {a}|where can I {w} {p}|in what place do we {w} {p}|where must I go to {w} {a}
    Up to {n} {p} are {wed} per {u}.|You may {w} {n} {p} a {u}.|No one {ws} more than {n} {p} in a {u}.|{n} {p} a {u} can be {wed}; how many {p} may I {w} per {u}|how many {p} are {wed} in a {u}|what is the limit when I {w} {p}|how many {p} can one {w} in a {u}
    Use {tool} to {w} {p}.|{P} are {wed} with {tool}.|We {w} {p} with {tool}.|To {w} {a}, open {tool}; how do I {w} {a}|with what are {p} {wed}|what do we use to {w} {p}|which program {ws} {p}|what is used for {wing} {p}
    To {w} {a} costs {m}.|Whoever {ws} {a} pays {m}.|{P} are {wed} for {m}.|It is {m} to {w} the {x}; what does it cost to {w} {a}|how much do I pay to {w} {a}|what is the price when {p} are {wed}|how expensive is it to {w} {a}
    The {v} of the {x} is {m}.|{P} have a {v} of {m}.|For the {v} of a {x} we reckon {m}.|{m} is the {v} of the {x}; how [much|high|big] is the {v} of the {x}|what is the {x}'s {v}|which {v} do {p} have|what {v} has the {x}|tell me the {v} of {a}
    The {v} of the {x} is {d}.|{P} have {va} of {d}.|Each {x} has {d} of {v}.|A {x} comes with {va} of {d}; how long is the {v} of the {x}|what {v} do {p} have|which {v} has the {x}|how much {v} is there for {a}|what about the {v} of {p}
    {A} needs {va}.|No {x} goes out without {va}.|{P} are nothing without {va}.|Every {x} must have {va}; what does {a} need|what must every {x} have|without what does no {x} go out|what is needed for {a}|what do {p} require
    {P} without {va} are not {wed}.|Nobody {ws} {a} that has no {v}.|We {w} {p} only with {va}.|{A} is {wed} when it has {va}; when is {a} {wed}|what must {a} have to be {wed}|which {p} are not {wed}|under what condition do we {w} {p}|what do I need to {w} {a}
    {P} with {n} {vs} or more are {wed}.|From {n} {vs} on {a} is {wed}.|{A} that has {n} {vs} gets {wed}.|With fewer than {n} {vs} {a} is not {wed}; from how many {vs} on is {a} {wed}|how many {vs} must {a} have to be {wed}|when do we {w} {a} for its {vs}|how many {vs} does {a} need to be {wed}
    {P} are {wed} by form {n}.|Form {n} is there to {w} {p}.|Fill in form {n} and the {x} will be {wed}.|We {w} {a} only on form {n}; which form is there to {w} {a}|how do I get {a} {wed}|on what form are {p} {wed}|what do I fill in so that the {x} is {wed}
    Do not {w} {p} on a {weekday}.|{P} are never {wed} on {weekday}s.|On {weekday}s nobody {ws} {p}.|Every day but {weekday} we {w} {p}; on what day are {p} not {wed}|when must I not {w} {p}|which day is no day to {w} {p}|can I {w} {p} on any day
    Each {x} has {n} {vs}.|There are {n} {vs} in {a}.|{A} consists of {n} {vs}.|{n} {vs} make {a}; how many {vs} has {a}|how many {vs} are there in {a}|what number of {vs} makes {a}|of how many {vs} does {a} consist"""
VERBS = """review approve collect label register print scan store ship pack check test clean count order close open move deliver repair measure mix paint record report rename restart rotate sample seal
    sort stamp translate update upload verify weigh wash archive assign audit calibrate cancel charge compress confirm convert destroy discard encrypt escalate examine export forward freeze grade import
    inspect install invite launch lock mail merge monitor nominate notify pause pick place polish post prepare process promote publish purchase queue refresh reject release remove replace request reserve
    reset return reuse reward schedule select share shred shuffle sign simplify skip split start stop submit suspend switch track train transfer trim unlock unpack validate water wrap""".split()
SAME = """approve=accept=okay|collect=gather|repair=mend|ship=dispatch|cancel=abort|check=examine=inspect|discard=trash|remove=delete|replace=exchange|purchase=acquire|notify=alert|start=launch|stop=halt|move=relocate
    |track=follow|request=demand|publish=release|return=restore|destroy=shred|store=archive|order=request|record=log|verify=confirm|register=enter|clean=wash|select=pick|prepare=ready|suspend=pause"""
OTHER_VERB = {word: [other for other in group.strip().split("=") if other != word] for group in SAME.replace("\n", "").split("|") for word in group.strip().split("=")}
# Kinds that a question could confuse: of these a thing has one at most.
ALIKE = [{"lasts", "within", "kept", "limit", "notice", "wait", "age", "way", "back", "first"}, {"due", "from"}, {"runs", "may", "repair", "ask", "whose"}, {"pays", "room", "size"}, {"wait", "often", "copy"},
         {"costs", "pays", "above", "share", "lost", "late"}, {"most", "needs", "least", "room", "guests"}, {"place", "tool"}, {"form", "tool"}]
MENTIONS = """Ask the team before you plan {a}.|Nothing here changes the {x}.|The meeting about the {x} was moved.|Not everyone knows the {x}.|Please do not forget the {x}.
    |Earlier versions of this page mixed up the {x} with the {y}.|See the other page for the {y}.|There were many questions on the {x}.|We talked about the {y} for an hour."""
DONE = "booked ordered requested opened taken kept moved planned shared sent returned printed".split()
PERIODS = "day week month quarter year shift visit person team".split()
FIRST = """Ada Bela Carl Dana Emil Fay Gert Hana Igor Jana Kofi Lena Milo Nora Omar Pia Ravi Sara Timo Uma Vito Wanda Yuki Zoe""".split()
LAST = """Adler Berg Costa Dahl Evans Falk Gruber Hall Ito Jonas Kraus Lund Moser Nagy Okafor Petit Quist Roth Stein Toth Ueda Vogel Weiss Young""".split()
ROOMS = """the cellar|room {n}|the blue cabinet|the hall on floor {n}|the shed|the drawer below the printer|the shared folder|the north building|the box at the gate|cupboard {n}"""
HEADS = """allowance bonus budget leave desk office holiday card pass report request review check training table line group window closure party contact list plan
    kitchen store service team release upgrade visit shift meeting form page key-card laptop screen account claim bike phone""".split()
OPEN_SHARE = .4  # of the facts
PAST = {"scan": "scanned", "ship": "shipped", "transfer": "transferred", "stop": "stopped", "trim": "trimmed", "wrap": "wrapped", "skip": "skipped", "submit": "submitted", "split": "split", "shred": "shredded", "pack": "packed",
        "freeze": "frozen", "reset": "reset", "cancel": "cancelled", "unpack": "unpacked", "log": "logged"}
ING = {"split": "splitting", "freeze": "freezing", "reset": "resetting"}
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
WORD = re.compile(r"[\w'-]+")
STOP = frozenset("""a an the of for to in on at by per is are be and or as it we you i do does did may must can have has from one each every no not than more most
    how what which who whom when where that this with will before after until""".split())


def patterns(text, kind, held_out):
    """The alternatives of a kind, every seventh of which is held out."""
    found = [p.strip() for p in split_top(text)]
    mine = [p for p in found if is_held_out(kind + p, 7) == held_out]
    return mine or found[:1]


def split_top(text):
    """Split at bars that stand in no bracket."""
    parts, depth = [""], 0
    for c in text:
        depth += (c == "[") - (c == "]")
        if c == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += c
    return parts


class Thing:
    def __init__(self, words):
        self.text = " ".join(words)
        self.many = " ".join(words[:-1] + [plural(words[-1])])

    def fill(self, text):
        one = article(self.text)
        forms = {"x": self.text, "X": capital(self.text), "a": one, "A": capital(one), "p": self.many, "P": capital(self.many)}
        return re.sub(r"\{([xXaApP])\}", lambda match: forms[match.group(1)], text)


class RuleGen:
    """Facts of one thing and its neighbours; `word` gives a noun."""

    def __init__(self, rng, held_out, word):
        self.rng, self.held_out, self.word = rng, held_out, word
        self.heads = choose_side(HEADS, held_out) or HEADS
        self.verbs = choose_side(VERBS, held_out)
        self.open = [part.strip().split("; ") for part in OPEN.split("\n")]

    def thing(self, head=None):
        rng = self.rng
        head = head or (rng.choice(self.heads) if rng.random() < .6 else self.word())
        if not re.fullmatch(r"[a-z-]{3,}", head):
            return self.thing()
        return Thing([w for w in ([self.qualifier()] if rng.random() < .8 else []) + [head]])

    def qualifier(self):
        for _ in range(8):
            word = self.word()
            if re.fullmatch(r"[a-z]{3,12}", word):
                return word
        return "spare"

    def near(self, thing):
        """Another thing that shares a word."""
        words = thing.text.split()
        if len(words) == 1 or self.rng.random() < .7:
            return Thing([self.qualifier(), words[-1]])
        return Thing([words[0], self.rng.choice(self.heads)])

    # ---- values

    def values(self):
        rng = self.rng
        number = lambda: rng.choice([str(rng.randint(2, 12)), rng.choice("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty".split()), str(rng.randint(13, 90))])
        unit = rng.choice(["minutes", "hours", "days", "weeks", "months", "years", "working days"])
        hour = rng.randint(6, 11)
        return {"n": number(), "d": "%s %s" % (number(), unit), "m": rng.choice(["%s euro", "%s dollars", "EUR %s", "%s pounds", "$%s", "%s francs"]) % self.money(),
                "u": rng.choice(PERIODS), "who": rng.choice(FIRST) + " " + rng.choice(LAST), "done": rng.choice(DONE),
                "day": rng.choice(["the %dth of the month" % rng.randint(4, 20), "Friday noon", "the end of the quarter", "%d May" % rng.randint(2, 30), "the first Monday of October",
                                   "the %dth day of the next month" % rng.randint(4, 20), "%d o'clock on Thursday" % rng.randint(9, 17)]),
                "h": "%d:%s" % (hour, rng.choice(["00", "15", "30"])), "h2": "%d:%s" % (hour + rng.randint(3, 11), rng.choice(["00", "45", "30"])),
                "tongue": rng.choice("English French German Spanish Dutch Polish Italian Czech Greek Swedish".split()), "weekday": rng.choice("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
                "tool": rng.choice(["the ledger", "the blue book", "the %s board" % self.qualifier(), "%s desk" % capital(self.qualifier()), "the %s list" % self.qualifier(), "sheet %d" % rng.randint(2, 40)]),
                "colour": rng.choice("red green blue yellow white black orange purple grey".split()),
                "place": rng.choice(split_top(ROOMS)).format(n=rng.randint(2, 40)), "c": rng.choice(["%d percent", "%d %%", "%d per cent"]) % rng.randint(5, 95)}

    def money(self):
        rng = self.rng
        return rng.choice([str(rng.randint(3, 99)), str(rng.randint(1, 60) * 50), "%.2f" % rng.uniform(.1, 40), "{:,}".format(rng.randint(10, 900) * 100)])

    def choose(self, text, kind):
        pattern = self.rng.choice(patterns(text, kind, self.held_out))
        return _CHOICE.sub(lambda match: self.rng.choice(match.group(1).split("|")), pattern)

    def anything(self):
        """(statement, question, the question about another verb or noun) of an open kind, their words filled in."""
        rng = self.rng
        said, asked = rng.choice(self.open)
        statement, question = self.choose(said, "open"), self.choose(asked, "open?")
        statement += "" if statement.endswith(".") else "."
        verb = rng.choice(self.verbs)
        other = rng.choice([word for word in self.verbs if word != verb and word not in OTHER_VERB.get(verb, ())])
        noun = another = self.qualifier()
        while another == noun:
            another = self.qualifier()
        if "{v" not in question and "{w" not in question:  # it asks for the noun
            other = another = None
        said_verb = rng.choice(OTHER_VERB[verb]) if verb in OTHER_VERB and rng.random() < .35 else verb
        wrong = with_words(question, verb if "{v" in question and rng.random() < .5 else other, another) if other else None
        return with_words(statement, verb, noun), with_words(question, said_verb, noun), wrong

    def statement(self, kind, thing, values, text=None):
        text = thing.fill(text or self.choose(KINDS[kind][0], kind))
        text = text.format(**values)
        rng = self.rng
        if rng.random() < .15:
            text = rng.choice(["Since last spring: ", "As agreed, ", "Note: ", "For all offices: ", "- ", "* ", "In short, "]) + (text if rng.random() < .5 else text[0].lower() + text[1:])
        else:
            text = capital(text)
        if rng.random() < .2:
            text = text[:-1] + rng.choice([", without exception.", "; ask if in doubt.", ", holidays included.", ", except in the first month.", " for everyone.", ", as before."])
        return text

    def question(self, kind, thing, values, text=None):
        rng = self.rng
        text = self.turned(text or self.choose(KINDS[kind][1], kind + "?"))
        text = thing.fill(text).format(**values)
        if "? " in text or ". " in text:  # a sentence of its own stands before it
            return capital(text) + "?"
        draw = rng.random()
        if draw < .5:
            return capital(text) + "?"
        if draw < .7:
            return text + rng.choice(["?", ""])
        return rng.choice(["Please tell me: {}?", "Hi, {}?", "Quick question: {}?", "{} here?", "And {}?", "I forgot, {}?", "{} in our house?", "Does anybody know {}?", "{} again?",
                           "If I may ask, {}?", "{} at the moment?"]).format(text)

    def turned(self, text):
        """The question with its thing said otherwise, now and then: first, and then by `it`, or with a word for the asker."""
        rng, found = self.rng, re.findall(r"the \{[px]\}|\{[apx]\}", text)
        draw = rng.random()
        if len(found) == 1 and draw < .2 and not re.search(r"(how many|there) \{p\}", text):
            named = found[0] if found[0] != "{x}" else "the {x}"
            many = found[0].endswith("{p}")
            other = "they" if many and re.search(r"(are|do|must|have|need|may|can|should|will) (the )?\{p\}|\{p\} (are|may|must|need)", text) else "them" if many else "it"
            lead = rng.choice(["About %s: ", "I have a question about %s. ", "A word on %s. ", "Someone asked me about %s. ", "I do not know much about %s. ", "Regarding %s, ", "As for %s, ",
                               "We talked about %s. ", "I read about %s. ", "With %s, ", "For %s: ", "I need %s. ", "When it comes to %s, "]) % named
            return lead + (capital(text.replace(found[0], other)) if lead.endswith(". ") else text.replace(found[0], other))
        if draw < .3:
            text = re.sub(r"\b(do|must|may|can|should) I\b", lambda m: m.group(1) + rng.choice([" we", " one", " people", " you", " colleagues", " I"]), text)
        if draw > .88:
            text = rng.choice(["can you tell me %s", "do you know %s", "I'd like to know %s", "what was it again: %s", "I am not sure: %s", "and %s", "so %s", "please, %s", "what I need: %s",
                               "my question: %s", "just checking: %s", "for my planning: %s"]) % text
        return text

    # ---- facts

    def sample(self):
        while True:
            fact = self.attempt()
            if fact.questions:
                return fact

    def attempt(self):
        """A fact: one to three rules of a thing, rules of its neighbours and mentions around; questions with an answer and without."""
        rng = self.rng
        thing = self.thing()
        kinds = self.apart(rng.sample(sorted(KINDS), len(KINDS)))
        stated = kinds[:rng.choice([1, 1, 2, 2, 3])]
        missing = kinds[len(stated):]
        said = [(kind, self.values()) for kind in stated]
        lines = [self.statement(kind, thing, values) for kind, values in said]
        if rng.random() < OPEN_SHARE:
            return self.open_fact(thing, said, lines)
        other = self.near(thing)
        neighbours = []
        for _ in range(rng.choice([0, 1, 1, 2])):
            neighbours.append(self.statement(rng.choice([rng.choice(stated), rng.choice(sorted(KINDS))]), other if rng.random() < .6 else self.thing(), self.values()))
        for _ in range(rng.choice([0, 1, 1, 2])):
            neighbours.append((self.thing() if rng.random() < .3 else thing).fill(rng.choice(split_top(MENTIONS)).strip()).replace("{y}", self.thing().text))
        together = rng.random() < .35
        body = list(lines)
        if together:
            body += neighbours
        order = list(range(len(body)))
        rng.shuffle(order)
        placed = [body[i] for i in order]
        questions = []
        for index, (kind, values) in enumerate(said):
            text = self.question(kind, thing, values)
            term = shared(rng, text, lines[index])
            if term and placed.count(lines[index]) == 1:
                questions.append(Asked(text, term, order.index(index), "statement", False, self.held_out).about(thing))
        everything = "\n".join(lines + neighbours)
        for _ in range(rng.choice([1, 2])):
            gone = self.near(thing)
            same = rng.random() < .5
            asked, kind = (thing, rng.choice(missing)) if same else (gone, rng.choice(stated))
            if not same and (gone.text in everything.lower() or gone.text == other.text):
                continue
            text = self.question(kind, asked, self.values())
            term = shared(rng, text, rng.choice(lines + neighbours))
            if term:
                questions.append(Unanswered(text, term, None, "statement", False, self.held_out).about(asked))
        decoys = [] if together else [self.snippet([line]) for line in neighbours]
        return Fact(self.snippet(placed), questions, decoys)

    def open_fact(self, thing, said, lines):
        """A fact whose first rule is of an open kind; another thing has a rule of the same words, another rule is about the same thing."""
        rng = self.rng
        statement, question, wrong = self.anything()
        values = self.values()
        lines[0] = self.statement("", thing, values, statement)
        other = self.near(thing)
        near = [self.statement("", other, self.values(), statement)] if rng.random() < .6 else []
        if rng.random() < .4:
            near.append(thing.fill(rng.choice(split_top(MENTIONS)).strip()).replace("{y}", self.thing().text))
        placed = lines + (near if rng.random() < .4 else [])
        decoys = [] if len(placed) > len(lines) or not near else [self.snippet([line]) for line in near]
        order = list(placed)
        rng.shuffle(order)
        questions = []
        for text, index in [(question, 0)] + [(None, i) for i in range(1, len(lines))]:
            asked = self.question(said[index][0], thing, said[index][1] if index else values, text)
            term = shared(rng, asked, lines[index])
            if term and order.count(lines[index]) == 1:
                questions.append(Asked(asked, term, order.index(lines[index]), "statement", False, self.held_out).about(thing))
        gone = self.near(thing)
        for text, asked in ((wrong, thing), (question, gone if gone.text != other.text and gone.text not in "\n".join(placed).lower() else None)):
            if text and asked and rng.random() < .5:
                text = self.question("", asked, values, text)
                term = shared(rng, text, lines[0])
                if term:
                    questions.append(Unanswered(text, term, None, "statement", False, self.held_out).about(asked))
        return Fact(self.snippet(order), questions, decoys)

    def apart(self, kinds):
        """The first of each group of kinds that are alike."""
        return [k for i, k in enumerate(kinds) if not any(k in group and group & set(kinds[:i]) for group in ALIKE)]

    def stray(self, line):
        """A question about a thing that the line does not speak of, with a word of the line as its term; None if there is none."""
        thing = self.thing()
        words = [w for w in WORD.finditer(line) if len(w.group()) > 3 and w.group().lower() not in STOP]
        if not words:
            return None
        word = self.rng.choice(words)
        if self.rng.random() < .5 and re.fullmatch("[a-z]{4,}", word.group()):
            thing = Thing([self.qualifier(), word.group()])
        if thing.text in line.lower():
            return None
        return Unanswered(self.question(self.rng.choice(sorted(KINDS)), thing, self.values()), word.group(), None, "statement", False, self.held_out)

    def snippet(self, lines):
        return Snippet("prose", lines, [OK] * len(lines), "fact", held_out=self.held_out)


class Asked(Question):
    """A question on a thing; its term need not be the thing's name, which `thing` is (what singular and plural share)."""
    thing = ""

    def about(self, thing):
        self.thing = os.path.commonprefix([thing.text, thing.many])
        return self


class Unanswered(Asked):
    """A question that the corpus does not answer although its term stands there."""


def with_words(text, verb, noun):
    """The verb and the noun in the forms that the text has; other braces stay."""
    if verb:
        stem_ = verb[:-1] if verb.endswith("e") else verb
        third = verb[:-1] + "ies" if re.search("[^aeiou]y$", verb) else verb + ("es" if re.search("(s|x|ch|sh)$", verb) else "s")
        past = verb[:-1] + "ied" if re.search("[^aeiou]y$", verb) else PAST.get(verb, stem_ + "ed")
        for form, word in (("w", verb), ("ws", third), ("wed", past), ("wing", ING.get(verb, PAST[verb][:-2] + "ing" if verb in PAST else stem_ + "ing"))):
            text = text.replace("{%s}" % form, word)
    if noun:
        for form, word in (("v", noun), ("vs", plural(noun)), ("va", article(noun))):
            text = text.replace("{%s}" % form, word)
    return text


def capital(text):
    return text[:1].upper() + text[1:]


def shared(rng, question, line):
    """A run of words of the line that the question has too, as the line writes it; mostly the longest."""
    asked = {stem(w) for w in WORD.findall(question.lower())}
    words = list(WORD.finditer(line))
    runs, at = [], 0
    while at < len(words) - 1:
        end = at
        while end < len(words) - 1 and end - at < 4 and stem(words[end].group().lower()) in asked:
            end += 1
        while end > at and words[end - 1].group().lower() in STOP:
            end -= 1
        if end > at and words[at].group().lower() not in STOP and " ".join(w.group() for w in words[at:end]) == line[words[at].start():words[end - 1].end()]:
            runs.append(line[words[at].start():words[end - 1].end()])
        at = max(end, at + 1)
    if not runs:
        return None
    run = max(runs, key=len) if rng.random() < .75 else rng.choice(runs)
    parts = run.split()
    if len(parts) > 1 and rng.random() < .2:
        run = parts[0] if rng.random() < .5 and parts[0].lower() not in STOP else parts[-1]
    return run


def stem(word):
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
