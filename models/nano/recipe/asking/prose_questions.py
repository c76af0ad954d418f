# SPDX-License-Identifier: Apache-2.0
"""Requests about prose. {T} is the phrase with its article or quotes, {t} the phrase, {d} a word for the document."""
from asking.phrasing import parse_patterns

DOCUMENTS = ["handbook", "policy", "document", "text", "manual", "guide", "contract", "notes", "page", "rules", "corpus", "minutes", "wiki", "specification"]

_GENERAL = """
question: what is [said|written|stated|noted|known|decided|agreed|specified|laid down] [about|on|for] {T}
what does the {d} say [about|on|regarding|concerning] {T}
what do the {d}s say about {T}
does the {d} [say|mention|state] [anything|something] [about|on|regarding] {T}
is [anything|something] [said|written|known] [about|on] {T}
what [do we know|do you know|can you tell me|should I know|must I know|did we decide|did they agree] about {T}
what [applies|holds|is valid|goes] for {T}
what is {T}
what['s| is] the rule [for|on|about] {T}
what [rule|regulation|value|figure|information] [applies to|is there on|exists for|is given for] {T}
what about {T}
how about {T}
how [is|was] {T} [defined|set|described|specified|handled|regulated|fixed]
how do [we|they|you] [handle|set|define|treat] {T}
how does {T} work
where [is|do I read about|can I read about|do we mention|does it talk about] {T}
where does the {d} [mention|define|describe|treat|cover] {T}
where is {T} [mentioned|described|defined|explained|specified]
which [line|section|sentence|passage|paragraph|place] [is about|covers|mentions|defines|explains|deals with] {T}
which [value|figure|rule] is given for {T}
is there [a rule|a value|a line|a statement|information|anything] [on|about|for] {T}
is {T} [mentioned|defined|described|fixed] [somewhere|anywhere|in the {d}]
do we have [anything|a rule|a line|something] [on|about] {T}
are there rules [on|about|for] {T}
according to the {d}, what is {T}
in the {d}, what is [|said about ]{T}
regarding {t}, what [does the {d} say|applies|is the rule|was decided]
concerning {t}, what is written
as to {t}, what do we have
with regard to {t}, what holds
{t}: what [is it|does the {d} say|applies|is the rule]
{t} - what is the rule
{t} is what
{t}, what was that again
when we talk about {t}, what is meant
what was [decided|agreed|said|changed|written] [about|on] {T}
what did [we|they|the team] [decide|agree|say|write] [about|on] {T}
what have they written about {T}
what [figure|number] goes with {T}
can you see what {T} is
who can tell me about {T}
what should I know about {T}
what would the {d} tell me about {T}
clause: what {T} [is|means here|amounts to|comes to]
what [is said|is written|is known|applies|the {d} says|we know|was decided|the rule is] [about|on|for] {T}
what the {d} [says|states|tells us|has] [about|on|regarding] {T}
what [we|they] [agreed|decided|wrote|said] [about|on] {T}
how {T} is [defined|set|handled|regulated|described|fixed]
where {T} is [mentioned|defined|described|explained]
where [the {d} mentions|it says something about|I can read about] {T}
whether the {d} [mentions|covers|defines|fixes] {T}
whether there is [a rule|something|anything] [on|about] {T}
which [line|section|sentence] [covers|mentions|is about] {T}
which [rule|value] applies to {T}
if there is anything about {T}
command: find [the statement|the line|the rule|the passage|something|what is said|information|the sentence|the part] [on|about|for] {T}
find {T} [|in the {d}|in the text]
look up {T} [|in the {d}|for me]
look up what is said about {T}
quote [the line|the statement|the sentence|the passage|what it says|the rule] [on|about] {T}
quote {T}
cite [the line|the rule|the statement|the passage|the {d}] [on|about] {T}
tell me [about|more about|what is known about|what you find on|everything about] {T}
tell me {T}
give [|me ]the [line|rule|statement|value|details|facts|passage] [on|about|for] {T}
give [|me ]{T}
show [|me ]the [line|rule|statement|passage|sentence] [on|about|for] {T}
show [|me ][what it says about |where it mentions |]{T}
read out [the line on|the rule on|what is said about] {T}
search the {d} for {T}
check [the {d} for|what it says about|the rule on] {T}
explain {T}
describe {T}
state {T}
state the rule [on|for] {T}
report on {T}
name {T}
point me to [the line about|the rule on|] {T}
locate the [line|passage|sentence|rule] [on|about] {T}
summarise what is said about {T}
remind me of {T}
get me the line about {T}
say something about {T}
copy the sentence about {T}
extract {T} from the {d}
verify {T}
noun: the [line|rule|statement|sentence|passage|section|part|text|wording|entry] [on|about|for|concerning] {T}
the [value|figure|detail|details|facts|information] [on|for|about] {T}
the [line|sentence|passage|place] [that mentions|that defines|that covers|which states] {T}
whatever is [said|written|known] about {T}
information [on|about] {T}
details [on|about] {T}
{T}
{T} as written in the {d}
{T} according to the {d}
{T}, as it stands in the {d}
anything [on|about] {T}
something [on|about] {T}
keywords: {t}
{t}
{t} rule
{t} policy
{t} {d}
{d} {t}
rule {t}
rules on {t}
about {t}
info {t}
{t} info
{t} details
{t} value
what {t}
whats the {t}
what is the {t}
{t} what
{t} line
{t} ruling
statement {t}
regarding {t}
re {t}
{t} current
current {t}
{t} now
{t} again
"""

_KIND = {
    "money": """
question: how [much|high|big|large] is {T}
how much money is {T}
what amount is {T}
to how much does {T} come
how many euros is {T}
what does {T} [amount|come] to
up to how much is {T}
clause: how [much|high|big] {T} is
what amount {T} is
keywords: {t} amount
how much {t}
{t} how much
amount {t}
""",
    "duration": """
question: how [long|many days|much time] is {T}
how long does {T} [last|take|run]
for how long is {T}
what time span is {T}
how [short|long] may {T} be
when does {T} end
after how long does {T} end
clause: how long {T} [is|lasts|takes|runs]
how much time {T} is
keywords: how long {t}
{t} how long
{t} length
{t} in days
""",
    "count": """
question: how [many|high|large|big] is {T}
what number is {T}
how high may {T} be
which number is given for {T}
clause: how [high|big|large] {T} is
which number {T} is
keywords: how many {t}
{t} how many
{t} number
""",
    "percent": """
question: how [high|large|big|much] is {T}
what percentage is {T}
how many percent is {T}
clause: how [high|large] {T} is
what percentage {T} is
keywords: {t} percent
{t} percentage
""",
    "date": """
question: when is {T}
on [which|what] [day|date] is {T}
what day is {T}
what is the date of {T}
for when is {T} planned
clause: when {T} is
on which day {T} is
keywords: when {t}
when is the {t}
{t} when
{t} which day
""",
    "hour": """
question: when is {T}
at what [time|hour] is {T}
what time is {T}
clause: when {T} is
what time {T} is
keywords: {t} when
when {t}
{t} time
""",
    "person": """
question: who is {T}
what is the name of {T}
which person is {T}
who acts as {T}
who is {T} [now|currently|at the moment]
clause: who {T} is
who acts as {T}
keywords: who {t}
who is {t}
{t} name
{t} who
""",
    "place": """
question: where is {T}
in which place is {T}
what place is {T}
where do I find {T}
where do I go for {T}
clause: where {T} is
where to find {T}
keywords: where {t}
{t} where
where is {t}
{t} address
""",
    "frequency": """
question: how often is {T}
how often does {T} [happen|take place]
when is {T}
in what rhythm is {T}
clause: how often {T} is
how often {T} takes place
keywords: how often {t}
{t} how often
{t} rhythm
""",
    "permission": """
question: is {T} [allowed|permitted|possible|forbidden|ok|fine]
who is allowed {T}
may we have {T}
is it allowed, {T}
are there limits on {T}
clause: whether {T} is [allowed|permitted|possible|forbidden]
if {T} is [allowed|ok|permitted]
keywords: {t} allowed
{t} ok
{t} allowed or not
{t} forbidden
""",
    "rule": """
question: how does {T} work
what [are the conditions|is required|must I do|do I need|has to be done] for {T}
what are the rules for {T}
what must be observed with {T}
clause: how {T} works
what is [required|needed] for {T}
what the [rules|conditions] for {T} are
keywords: {t} rules
{t} how
{t} conditions
how {t}
""",
}
_KIND["firm"] = _KIND["person"].replace("person", "company").replace("who is {T}", "which company is {T}")
_MEASURE = _KIND["count"].replace("many", "much") + """
question: how [hot|cold|warm|strong|far|heavy|fast] is {T}
what is measured for {T}
in [which|what] range is {T}
"""
for _name in ("temperature", "weight", "distance", "dose", "pressure", "speed"):
    _KIND[_name] = _MEASURE
_KIND["colour"] = "question: which colour is {T}\nwhat [color|colour] is {T}\nkeywords: {t} color\n{t} which"
_KIND["material"] = "question: what is {T} made of\nwhich material is {T}\nkeywords: {t} made of\n{t} which"
_KIND["format"] = "question: what does {T} look like\nwhich form has {T}\nkeywords: {t} how\n{t} which"

GENERAL = parse_patterns(_GENERAL)
BY_KIND = {kind: parse_patterns(text) for kind, text in _KIND.items()}
