# SPDX-License-Identifier: Apache-2.0
"""Quantities: the tail of a name (`..._timeout_ms`), the values it takes and how one asks for it in words."""
from asking.phrasing import parse_patterns


class Quantity:
    """words: `timeout`, or `max _ size` with _ for the subject. spoken: what one says, `maximum size`."""

    def __init__(self, words, spoken, family, units=("",)):
        head, mid, tail = words.partition("_")
        self.before, self.after = (head.split(), tail.split()) if mid else ([], head.split())
        self.spoken, self.family, self.units = spoken, family, units


def _quantities(text):
    result = []
    for line in text.strip().split("\n"):
        words, spoken, family, *units = [part.strip() for part in line.split(";")]
        result.append(Quantity(words, spoken, family, tuple(units[0].split(",")) if units else ("",)))
    return result


QUANTITIES = _quantities("""
timeout; timeout; duration; ,seconds,ms,s,minutes,sec,millis
ttl; time to live; duration; ,seconds,ms,s,days,hours
interval; interval; duration; ,seconds,ms,minutes,s
delay; delay; duration; ,ms,seconds,s,minutes
retry delay; retry delay; duration; ,ms,seconds,s
lifetime; lifetime; duration; ,days,hours,seconds,minutes
grace period; grace period; duration; ,days,hours,seconds,minutes
max _ age; maximum age; duration; ,days,seconds,hours,minutes
retention; retention; duration; ,days,hours,weeks
cooldown; cooldown; duration; ,seconds,ms,minutes
window; window; duration; ,seconds,minutes,hours,days
poll interval; polling interval; duration; ,seconds,ms,s
max _ count; maximum number; count
max _; maximum; count
min _; minimum; count
limit; limit; count
_ count; count; count
num _; number; count
max _ retries; maximum number of retries; count
retries; number of retries; count
attempts; number of attempts; count
batch size; batch size; count
pool size; pool size; count
page size; page size; count
per page; number per page; count
quota; quota; count
capacity; capacity; count
threads; number of threads; count
workers; number of workers; count
depth; depth; count
max _ depth; maximum depth; count
max _ length; maximum length; count
min _ length; minimum length; count
rate limit; rate limit; count
burst; burst size; count
priority; priority; count
version; version; version
port; port; port
size; size; bytes; ,bytes,kb,mb
max _ size; maximum size; bytes; ,bytes,kb,mb
buffer size; buffer size; bytes; ,bytes,kb
memory limit; memory limit; bytes; ,mb,bytes
width; width; length; ,px,mm,cm
height; height; length; ,px,mm,cm
padding; padding; length; ,px
margin; margin; length; ,px
radius; radius; length; ,px,mm
offset; offset; length; ,px,bytes
ratio; ratio; ratio
threshold; threshold; ratio; ,percent
rate; rate; ratio; ,percent
factor; factor; ratio
weight; weight; ratio; ,kg,grams
tolerance; tolerance; ratio; ,mm,percent
temperature; temperature; ratio; ,celsius
speed; speed; ratio; ,kmh,rpm
price; price; money; ,cents,eur,usd
fee; fee; money; ,cents,eur,usd
budget; budget; money; ,eur,usd
enabled; switch; flag
enable _; switch; flag
use _; switch; flag
is _ enabled; switch; flag
allow _; permission; flag
disabled; switch; flag
debug; debug switch; flag
required; requirement; flag
url; URL; url
base url; base URL; url
endpoint; endpoint; url
api url; API URL; url
homepage; home page; url
host; host; host
hostname; host name; host
server; server; host
bind address; bind address; host
path; path; path
dir; directory; path
file; file; path
root; root directory; path
log file; log file; path
output dir; output directory; path
socket path; socket path; path
name; name; text
label; label; text
title; title; text
display name; display name; text
message; message; sentence
description; description; sentence
greeting; greeting; sentence
mode; mode; word
type; type; word
strategy; strategy; word
format; format; word
level; level; word
status; status; word
policy; policy; word
backend; backend; word
engine; engine; word
driver; driver; word
queue; queue; word
topic; topic; text
channel; channel; text
bucket; bucket; text
table; table name; text
prefix; prefix; affix
suffix; suffix; affix
separator; separator; affix
extension; file extension; affix
template; template; path
region; region; place
locale; locale; locale
language; language; locale
timezone; time zone; zone
currency; currency; currency
color; colour; colour
background; background colour; colour
theme; theme; word
email; e-mail address; email
sender; sender; email
contact; contact address; email
owner; owner; person
schedule; schedule; cron
cron; cron schedule; cron
pattern; pattern; regex
regex; regular expression; regex
types; allowed types; words
tags; tags; words
fields; fields; words
columns; columns; words
names; names; words
codes; codes; numbers
sizes; sizes; numbers
levels; levels; numbers
ids; identifiers; numbers
steps; steps; words
""")

# In words, without the name. {s} subject, {p} its plural, {a} with article, {q} the quantity, {u} its unit.
GENERIC = """
question: what is the {q} [of|for|used for] [the|a|our|each] {s}
what['s| is] the {s} {q}
what is [our|the current|the configured|the default] {s} {q}
what is the {q} [for|of] [|all |our |the ]{p}
which {q} [do|will] {p} [have|use|get]
which {q} [does|will] the {s} [have|use|get]
which {q} [is set|is configured|do we use|did they choose|applies] for [|the ]{p}
what {q} [does|will] {a} [have|use|get|run with]
what {q} [is set|is configured|do we use|applies] for [|the ]{p}
what is configured as the {q} of [the|a] {s}
how is the {q} of [the|a] {s} [set|configured|chosen]
where is the {q} [of|for] [the|a] {s} set
where do we set the {q} [of|for] {p}
{s} {q}: what is it
for {p}, what is the {q}
for a {s}, which {q} applies
when it comes to {p}, which {q} do we use
is there a {q} for {p}, and which
clause: what the {q} [of|for] [the|a|our] {s} is
what the {s} {q} is [|set to]
which {q} [|the ]{p} [have|use|get]
which {q} is [set|configured|used] for [|the ]{p}
how the {q} of {p} is [set|configured]
command: find [out |]the {q} [of|for] [|the ]{p}
find the {s} {q}
look up the {q} [of|for] [the|a|our] {s}
tell me the {q} [of|for] [the|a|our] {s}
tell me the {s} {q}
give [|me ]the {q} [we use |]for {p}
check the {q} of the {s}
show the {q} for {p}
noun: the {q} [of|for] [the|a|our|each] {s}
the {q} [we use|configured|set] for {p}
the {s} {q}
the {s}'s {q}
our {s} {q}
the [setting|constant|value|variable] for the {q} of the {s}
the [setting|constant|value|variable] for the {s} {q}
the [setting|constant|variable] that holds the {s} {q}
keywords: {s} {q}
{q} {s}
{q} of {s}
{q} for {p}
{p} {q}
{s}: {q}
{s} {q} value
{s} {q} setting
"""

FAMILY = {
    "duration": """
question: how long is the {q} [of|for] [the|a] {s}
how long does [the|a] {s} {q} last
how many {u} is the {q} [of|for] [the|a] {s}
how many {u} does the {s} {q} [last|take]
after how [long|many {u}] does the {q} of {a} run out
for how long is the {q} of the {s} set
what time is set as the {q} of the {s}
clause: how long the {q} [of|for] [the|a] {s} is
how many {u} the {s} {q} [is|lasts]
""",
    "count": """
question: how [high|large|big] is the {q} [of|for] [|the ]{p}
how many do we allow as the {q} of {p}
what number is set as the {q} of {p}
which number is the {q} for the {s}
clause: how [high|large|big] the {q} [of|for] [|the ]{p} is
which number we use as {q} of the {s}
""",
    "bytes": """
question: how [big|large] [can|may] the {q} of {a} be
how many {u} is the {s} {q}
how much [space|memory] is set as the {q} of the {s}
clause: how [big|large] the {q} of the {s} is
""",
    "length": """
question: how [big|large|wide|many {u}] is the {q} of the {s}
what distance is the {q} of the {s}
clause: how [big|large] the {q} of the {s} is
""",
    "ratio": """
question: how [high|low|large] is the {q} [of|for] the {s}
at what {q} does the {s} work
clause: how [high|large] the {q} of the {s} is
""",
    "money": """
question: how much is the {q} [of|for] [the|a] {s}
how [high|big] is the {q} for {a}
how much money is the {s} {q}
what does it say about the {q} of {p}
clause: how much the {q} [of|for] [the|a] {s} is
how [high|large] the {q} of the {s} is
""",
    "flag": """
question: [is|are] {p} [enabled|switched on|turned on|active|allowed]
[is|are] {p} on or off
do we [allow|enable|use] {p}
is the {s} [enabled|on|active|turned on] by default
is the switch for {p} on
clause: whether {p} are [enabled|switched on|on|allowed|active]
if {p} are [on or off|enabled|active|turned on]
whether we [allow|enable|use] {p}
keywords: {s} enabled
{p} on or off
{p} allowed
""",
    "url": """
question: [which|what] address does the {s} {q} point to
where does the {s} {q} point
to which address do we send the {s}
clause: which address the {s} {q} points to
""",
    "host": """
question: on which machine does the {s} run
which machine is the {s} {q}
clause: which machine the {s} {q} is
""",
    "path": """
question: where on disk is the {s} {q}
in which place is the {s} {q} kept
where are the {p} stored
clause: where the {s} {q} is on disk
""",
    "email": """
question: who gets mail about the {s}
to whom do we write about {p}
clause: whom to write to about the {s}
""",
    "person": """
question: who owns the {s}
who is responsible for the {s}
clause: who owns the {s}
who is responsible for {p}
""",
    "cron": """
question: when does the {s} run
how often does the {s} run
clause: when the {s} runs
how often the {s} runs
""",
    "colour": """
question: which colour does the {s} have
what color is the {s}
clause: which colour the {s} has
""",
    "words": """
question: which {q} does the {s} accept
what are the {q} of the {s}
which {q} are listed for the {s}
clause: which {q} the {s} has
""",
}
_GENERIC_PATTERNS = parse_patterns(GENERIC)
DESCRIBED = {family: parse_patterns(text) * 2 + _GENERIC_PATTERNS for family, text in FAMILY.items()}
for _quantity in QUANTITIES:
    DESCRIBED.setdefault(_quantity.family, _GENERIC_PATTERNS)

UNIT_SPOKEN = {"": "units", "s": "seconds", "sec": "seconds", "ms": "milliseconds", "millis": "milliseconds", "kb": "kilobytes",
               "mb": "megabytes", "px": "pixels", "mm": "millimetres", "cm": "centimetres", "kg": "kilograms",
               "cents": "cents", "eur": "euros", "usd": "dollars", "kmh": "kilometres an hour", "rpm": "turns a minute"}
