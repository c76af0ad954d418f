# SPDX-License-Identifier: Apache-2.0
"""Words of tools: what they do, what they take, and names that stand in no list."""
from asking.words import is_held_out

# Synonyms of one action, first in tool names and requests alike; then what a description says. A request for one row
# is never meant for another row of the same `sense`.
ACTIONS = """
compute: calculate compute determine evaluate work_out figure_out find; Calculates|Computes|Determines|Evaluates|Returns
convert: convert transform change turn; Converts|Transforms
predict: predict forecast project anticipate; Predicts|Forecasts
estimate: estimate approximate gauge; Estimates|Gives an estimate of
get: get fetch retrieve show give look_up obtain pull; Gets|Retrieves|Returns|Fetches|Provides
search: search find look_for locate query discover; Searches for|Finds|Looks for
list: list enumerate show_all; Lists|Enumerates
compare: compare contrast; Compares
check: check verify validate confirm test; Checks|Verifies|Tests
analyze: analyze analyse examine study inspect; Analyzes|Examines
create: create make build generate set_up add; Creates|Generates|Adds
book: book reserve schedule arrange; Books|Reserves|Arranges
order: order buy purchase; Orders|Buys
send: send mail deliver transmit; Sends|Delivers
update: update change modify edit adjust; Updates|Modifies|Changes
delete: delete remove erase drop; Deletes|Removes
cancel: cancel abort call_off; Cancels
play: play start stream; Plays|Starts
stop: stop halt end; Stops
open: open launch; Opens
close: close shut; Closes
translate: translate; Translates
summarize: summarize sum_up condense; Summarizes
sort: sort order_by arrange_by; Sorts
filter: filter select pick; Filters|Selects
count: count tally; Counts
solve: solve; Solves
draw: draw plot chart sketch; Draws|Plots
recommend: recommend suggest propose; Recommends|Suggests
track: track follow trace monitor; Tracks|Follows
rank: rank rate grade; Ranks|Rates
merge: merge join combine; Merges|Combines
split: split divide separate; Splits|Divides
copy: copy duplicate clone; Copies
move: move shift relocate; Moves
rename: rename relabel; Renames
register: register enroll sign_up; Registers
assign: assign allocate hand; Assigns
share: share publish post; Shares|Publishes
download: download save; Downloads|Saves
upload: upload import; Uploads|Imports
repair: repair fix mend; Repairs
describe: describe explain; Describes|Explains
simulate: simulate model run; Simulates|Runs
encode: encode encrypt; Encodes
decode: decode decrypt; Decodes
measure: measure weigh; Measures
design: design plan draft; Designs|Plans
water: water feed; Waters
paint: paint color; Paints
clean: clean wash; Cleans
charge: charge bill; Charges
refund: refund reimburse; Refunds
approve: approve accept; Approves
reject: reject decline; Rejects
remind: remind notify alert; Reminds of|Notifies about
record: record log note; Records|Logs
lock: lock freeze block; Locks
unlock: unlock release; Unlocks
pause: pause suspend; Pauses
resume: resume continue; Resumes
"""
# Actions that ask for something: a request may be a question ("what is the ...").
ASKING = frozenset("compute predict estimate get search list count check measure".split())
# Two senses so near that a request for one could mean the other, when both have the same object.
NEAR = [set(group.split()) for group in (
    "compute estimate predict measure simulate get", "get search list describe summarize check analyze track download",
    "create book order register design draw record charge", "update rename move convert paint repair clean",
    "delete cancel stop close reject refund", "send share remind", "play open resume simulate", "filter search sort rank recommend",
    "copy move split merge", "lock pause stop close", "unlock open resume", "analyze compare rank", "encode convert", "decode convert",
    "upload create", "assign update", "approve rank", "encode lock", "decode unlock", "solve compute", "count list get", "check get",
    "translate convert")]

# What a parameter can be of: words; kind; units.
QUANTITIES = """
length width height depth distance radius base side diameter altitude elevation perimeter thickness wavelength displacement; measure; meters,m,cm,mm,ft,feet,inches,kilometers,km,miles,units
area surface; measure; square meters,square feet,acres
mass weight load; measure; kg,kilograms,g,grams,lbs,pounds,tons
speed velocity acceleration; measure; m/s,km/h,mph,meters per second,m/s^2
temperature; measure; degrees,degrees Celsius,Fahrenheit
voltage current resistance capacitance charge power frequency; measure; volts,V,A,W,Hz,amperes,ohms,watts,hertz,coulombs,microfarads
pressure density volume energy force; measure; pascals,liters,joules,newtons,cubic meters,kPa
duration delay timeout interval; measure; seconds,s,minutes,min,hours,h,days
age period term years; measure; years,months
price cost budget amount salary income principal balance deposit revenue fee rent loan fund payment expense premium; money;
rate interest discount tax percentage probability margin inflation growth humidity share; percent;
count number quantity limit size population attempts rounds guests people pages rows copies steps pieces players seats nights calories level score rank stage floor rating; integer;
city location place destination origin region country town address venue; place;
name artist author director actor company brand team person player customer owner patient manager user recipient student; person;
title book movie song album game product project restaurant hotel museum event course; title;
date day deadline start_date end_date birthday departure_date; date;
time start_time end_time; time;
language currency unit format type category genre style color mode gender material species cuisine shape season; word;
query keyword topic subject ingredient skill symptom item feature metric; words;
message text note comment description content sentence; text;
email; email;
phone; phone;
path file folder filename; path;
url website; url;
id code order_id account ticket_number; code;
numbers values points data scores prices temperatures coordinates ages weights samples; numbers;
items names ingredients tags cities players keywords members teams languages products colors; strings;
expression equation function formula; formula;
include_details sorted ascending verbose formatted rounded detailed public recursive active urgent; flag;
year founded_year; year;
"""
COMPLETIONS = {"measure": "number", "percent": "number", "money": "number", "integer": "integer"}

# Parameters that come together: names of the members; how a request says them, {0}, {1} the values, {s} their word in the plural.
PAIRS = [("origin destination", "place"), ("start end", "place"), ("from to", "place"), ("start_city end_city", "place"), ("departure arrival", "place"),
         ("min max", "integer"), ("lower_limit upper_limit", "integer"), ("start end", "integer"), ("low high", "measure"), ("start_date end_date", "date"),
         ("check_in check_out", "date"), ("start_year end_year", "year"), ("min_price max_price", "money"), ("initial final", "measure")]
LETTERS = ["a b", "a b c", "x y", "m c", "p q", "x y z", "n k", "u v t", "x1 y1 x2 y2"]

_ONSETS = "b br c ch cl d dr f fl g gl gr h j k kr l m n p pr qu r s sh sl st t th tr v w y z".split()
_VOWELS = "a a e e i i o o u ai ea io ou".split()
_CODAS = ["", "", "", "n", "r", "l", "s", "m", "nd", "rk", "st", "th", "x", "v", "nt"]


class Action:
    def __init__(self, line):
        self.sense, rest = line.split(": ", 1)
        verbs, described = rest.split("; ")
        self.verbs = [verb.replace("_", " ") for verb in verbs.split()]
        self.described = described.split("|")


class Quantity:
    def __init__(self, word, kind, units):
        self.word, self.kind, self.units = word, kind, units


def actions():
    return [Action(line) for line in ACTIONS.strip().split("\n")]


def quantities():
    found = []
    for line in QUANTITIES.strip().split("\n"):
        words, kind, units = (part.strip() for part in line.split(";"))
        found += [Quantity(word, kind, [unit for unit in units.split(",") if unit]) for word in words.split()]
    return found


def near(a, b):
    return a == b or any(a in group and b in group for group in NEAR)


def invented(rng, syllables=None):
    """A word that no list holds."""
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
                   for _ in range(syllables or rng.choice([1, 2, 2, 3])))


def side(words, held_out):
    """Words that this side may use: one in five is kept from training."""
    return [word for word in words if is_held_out(word) == held_out]
