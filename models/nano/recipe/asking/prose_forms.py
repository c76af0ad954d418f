# SPDX-License-Identifier: Apache-2.0
"""Sentences that state a value after their subject, lines that only mention it, and lines that fill a page.

{v} is the value. A predicate follows the subject; lead-ins end right before it; tails come behind the value.
"""

from asking.prose_values import listed

_NOUN = """is {v}|is {v}|is {v}|is currently {v}|is now {v}|is set to {v}|was set to {v}|remains {v}|stands at {v}|shall be {v}|will be {v}|was changed to {v}|is fixed at {v}
    |has been {v} since {year}|comes to {v}|is normally {v}|is generally {v}|equals {v}|has been set to {v}|is agreed as {v}|is defined as {v}|is always {v}|should be {v}|is usually {v}|, as agreed, is {v}
    |, once confirmed, is {v}|is no longer open: it is {v}|was confirmed as {v}|is listed as {v}|is given as {v}|stays {v}|continues to be {v}|, by decision of {role}, is {v}"""
_AMOUNT = """must not exceed {v}|may not exceed {v}|is limited to {v}|is capped at {v}|was raised to {v}|was lowered to {v}|was cut to {v}|amounts to {v}|goes up to {v}|is at most {v}|is at least {v}
    |cannot be more than {v}|never exceeds {v}|rises to {v}|drops to {v}|is about {v}|is roughly {v}|is exactly {v}|will rise to {v} in {year}|fell to {v}|starts at {v}|reaches {v}|averages {v}
    |must stay below {v}|must be kept under {v}|is not to exceed {v}|has a ceiling of {v}|grew to {v}|was {v} last year and is unchanged|may be at most {v}|should not go beyond {v}"""
PREDICATES = {
    "money": _NOUN + "|" + _AMOUNT + """|covers up to {v}|is paid up to {v}|costs {v}|adds up to {v}|is refunded up to {v}|is charged at {v}|is worth {v}|comes with {v}""",
    "duration": _NOUN + "|" + _AMOUNT + """|lasts {v}|runs for {v}|ends after {v}|takes {v}|expires after {v}|begins {v} in advance|extends over {v}|was extended to {v}|was shortened to {v}|is counted as {v}
        |covers {v}|spans {v}|is over after {v}|closes after {v}""",
    "count": _NOUN + "|" + _AMOUNT + "|allows {v}|permits {v}|includes {v}|holds {v}|means {v}|is counted as {v}",
    "percent": _NOUN + "|" + _AMOUNT + "|lies at {v}|is calculated as {v}|is kept at {v}|makes up {v}|corresponds to {v}",
    "date": _NOUN + """|is on {v}|falls on {v}|was moved to {v}|has been moved to {v}|was postponed to {v}|was brought forward to {v}|is planned for {v}|is scheduled for {v}|is not before {v}|will not be later than {v}|is expected on {v}|passed on {v}|ends with {v}""",
    "hour": _NOUN + "|is at {v}|was moved to {v}|is planned for {v}|has been shifted to {v}|is not before {v}|is {v} on weekdays|is {v}, also on holidays|is {v} sharp",
    "person": """is {v}|is {v}|is {v}|is currently {v}|is now {v}|will be {v}|was {v} until {year} and still is|has been {v} since {year}|is always {v}|remains {v}|from now on is {v}|, until further notice, is {v}|, elected in {year}, is {v}|is, as before, {v}|for this year is {v}""",
    "place": """is {v}|is {v}|is in {v}|is at {v}|is found in {v}|was moved to {v}|is now {v}|has been {v} since {year}|will be {v}|is next to {v}|is opposite {v}|lies behind {v}|remains {v}|is always {v}|can be reached through {v}|has moved to {v}""",
    "frequency": """is {v}|is done {v}|takes place {v}|is due {v}|is carried out {v}|happens {v}|is repeated {v}|is planned {v}|is held {v}|follows {v}|is required {v}|is offered {v}|shall be done {v}|must take place {v}|was changed to {v}|runs {v}""",
    "permission": """is {v}|is {v}|is {v}|is generally {v}|remains {v}|is, as a rule, {v}|has been {v} since {year}|is currently {v}|is always {v}|shall be {v}|is now {v}|will be {v} from {date}|was {v} until now and stays so|is strictly {v}|is usually {v}|, in all buildings, is {v}""",
    "rule": """{v}|{v}|{v}|{v}|{v}|always {v}|generally {v}|as a rule {v}|, like any other, {v}|, if any, {v}|, without exception, {v}|now {v}|still {v}|, since {year}, {v}|in every case {v}""",
    "firm": """is {v}|is {v}|has been {v} since {year}|is currently {v}|changed to {v}|will be {v} from {date}|remains {v}|is, by contract, {v}|was {v} before and is again|is now {v}|is always {v}""",
    "material": "is {v}|is {v}|is always {v}|was changed to {v}|must be {v}|shall be {v}|is now {v}|has been {v} since {year}|is preferably {v}|is not plastic but {v}",
    "colour": "is {v}|is {v}|is always {v}|was changed to {v}|must be {v}|is now {v}|shall be {v}|has been {v} since {year}|turns {v}|stays {v}",
    "format": "is {v}|is {v}|is always {v}|was changed to {v}|must be {v}|shall be {v}|is now {v}|has to be {v}|is fixed: {v}|should be {v}",
}
_MEASURED = _NOUN + "|" + _AMOUNT + "|lies at {v}|is kept at {v}|was measured at {v}|is held at {v}|varies around {v}|settles at {v}"
for _kind in ("temperature", "weight", "distance", "dose", "pressure", "speed"):
    PREDICATES[_kind] = _MEASURED

LEAD_INS = """|||||||||||For {group}, |In {city}, |As of {date}, |Since {year}, |Unless agreed otherwise, |By default, |Note that |According to section {n}, |From {date} on, |In general, |As a rule, |Please note: |Under clause {n}, |On {day}s, |In {month}, |During the summer, |After the review, |Following the vote, |For safety reasons, |At present, |In the first year, |In an emergency, |It was decided that |The team agreed that |We confirm that |{first} reported that |Under the new contract, |Outside office hours, |Following feedback from {group}, |Decision: |Reminder: |Agreed: |{n}.{n} |({n}) |Outcome: |Starting next month, |According to {role}, |With immediate effect, |For the time being, |In winter, |Today, |Please remember that |Members should know that |In short, |Action: |Update: |As before, |Whatever the season, |To be clear, |Except in {month}, |As announced, |Per the agreement, |Within {city}, |On site, |In all other cases, |Information for {group}: """.split("|")
TAILS = """||||||||||||||| (see section {n})| for {group}|, unless {role} decides otherwise|, starting {date}|, except for {group}| in {city}|, including {group}| unless stated otherwise| and is reviewed each year|, counted from the first day| (since {year})| according to form {n}|; exceptions need {role}|, also on {day}s|, with no exceptions| until further notice| as before|, as decided in {month}| in every case|, whichever comes first|, subject to change|; questions go to {role}| (unchanged)|, rounded up|, agreed with {role}| from next month| under normal conditions| on request| per contract|, at the latest| in the standard plan| (draft)| [{n}]""".split("|")
LINES = """- {X}: {v}|- {X}: {v}|* {X}: {v}|* **{X}**: {v}|{X}: {v}|{X}: {v}|**{X}:** {v}|{X} = {v}|- {X} - {v}|{n}. {X}: {v}|{n}.{n} {X}: {v}|### {X}: {v}|- {X} ({v})|{X} ... {v}|> {X}: {v}|- *{X}*: {v}
    |+ {X}: {v}|{X}; {v}|  - {X}: {v}|Item {n}, {X}: {v}|[x] {X}: {v}|{X} -> {v}|{X} -- {v}|({n}) {X}: {v}|- [ ] {X}: {v}|`{X}`: {v}|- {X}, {v}|_{X}_: {v}|Section {n}: {X}: {v}|{X} | {v}""".replace("\n    ", "").replace("|{X} | {v}", "").split("|")
TABLES = [("| Item | Value |", "| --- | --- |", "| {X} | {v} |"), ("| Topic | Rule | Since |", "|---|---|---|", "| {X} | {v} | {year} |"), ("| Name | Setting |", "|:--|:--|", "| {X} | {v} |"),
          ("| No. | Subject | Value |", "| --- | --- | --- |", "| {n} | {X} | {v} |"), ("|Subject|Details|", "|-|-|", "|{X}|{v}|"), ("Subject;Value;Responsible", None, "{X};{v};{last}"),
          ("What        Value", "----------------", "{X}   {v}"), ("subject,value", None, "{X},{v}")]

# The subject stands last, so nothing is said of it.
MENTIONS = listed("""See the annex for more on the {x}.|Questions? Ask {role} about the {x}.|Chapter {n} deals with the {x}.|{first} will present the history of the {x}.|The works council was heard on the {x}.
    |There was a long talk about the {x}.|Please do not mix this up with the {x}.|This page says nothing about the {x}.|Next on the agenda: the {x}.|{first} asked about the {x}.|The form has no field for the {x}.
    |Several members complained about the {x}.|Other firms were asked about the {x}.|Not to be confused with the {x}.|We received {n} letters about the {x}.|A separate page explains the {x}.|{role} will write a note on the {x}.
    |Earlier versions of this page did not mention the {x}.|{first} and {last} prepared a talk on the {x}.|The vote was not about the {x}.|The survey had {n} answers on the {x}.|This does not change the {x}.
    |Nobody in the room could explain the {x}.|The poster near {place} is about the {x}.|Open point: wording of the {x}.|Training on {day} covers the {x}.|Everyone has heard of the {x}.|It took {dur} to agree on the {x}.""")

FILLERS = listed("""This page was last read by {role} in {month} {year}.|Please keep a copy of this page.|{Group} should read this chapter first.|The office in {city} follows the same rules.|Changes are announced on {day}s.
    |{first} {last} took the minutes.|The meeting opened at {hour} and {n} people were present.|Nothing in this chapter replaces the law.|All forms are on the shelf next to the printer.|We thank {group} for their patience.
    |{Group} asked for a shorter text.|The next meeting is prepared by {first}.|Older versions are kept in {city}.|If in doubt, ask {role}.|Some teams in {city} use their own list.|A short summary hangs near {place}.
    |{Group} sign the register near {place}.|The lamp near {place} is left on on {day}s.|Talk to {role} before you travel.|Nobody objected.|The minutes of {month} were accepted.|{first} explained the steps on the whiteboard.
    |The list below is not complete.|These notes are for {group}.|Everybody helps to keep the rooms tidy.|The text was translated in {city}.|Please write clearly and sign at the bottom.|{first} {last} joined the team in {year}.
    |We reviewed the feedback from {group}.|The work was split between {first} and {last}.|It rained, so we met near {place}.|Contact {role} when something is missing.|The {m1} and the {m2} are described elsewhere.
    |More about the {m1} can be found in the guide.|{first} compared the {m1} with the {m2}.|The chapter on the {m1} is still a draft.|{Group} learn about the {m1} in their first week.|We do not repeat the law here.
    |Copies of the {m1} list go to {role}.|The {m1} team moved to {city} last year.|Thanks to {first} for the photos.|The plan for the {m1} is on the wall.|Ask {first} to show you the {m1}.|{role} closed the meeting.
    |The tone of letters should be friendly.|Keep this short and to the point.|Some words are explained at the end.|The figures are rounded.|A map is printed on the back.""")
HEADINGS = "## {T}|# {T}|### {n}. {T}|{n}.{n} {T}|**{T}**|{T}|Chapter {n}: {T}|== {T} ==|Section {n} - {T}|Notes, {date}|## General|## Rules|## Overview|Minutes of {day}".split("|")

PREDICATES = {kind: [part.strip() for part in text.replace("\n", " ").split("|")] for kind, text in PREDICATES.items()}
PREDICATES = {kind: [part if part.startswith(",") else " " + part for part in parts] for kind, parts in PREDICATES.items()}

# Subjects that do or undergo something: "Backups are kept for 30 days". kind; predicate; requests
ACTIVITIES = """
duration; are kept for {v}; how long are {ms} kept|how long do we keep {ms}|when are {ms} thrown away
duration; are stored for {v}; how long are {ms} stored|for how long do you store {ms}
duration; are deleted after {v}; when are {ms} deleted|after how long are {ms} removed
duration; must be returned within {v}; when must {ms} be returned|by when do I bring back {ms}
duration; must be requested {v} in advance; how early must I ask for {ms}|how far ahead do I request {ms}
duration; must be reported within {v}; how fast must I report {ms}|until when can {ms} be reported
duration; are answered within {v}; how quickly are {ms} answered|how long do answers to {ms} take
duration; last {v}; how long do {ms} last|how much time do {ms} take
duration; take {v}; how long do {ms} take|how much time is needed for {ms}
duration; expire after {v}; when do {ms} expire|how long are {ms} valid
duration; may be cancelled up to {v} before; how late may {ms} be cancelled|until when can I cancel {ms}
duration; are closed after {v}; when are {ms} closed|how long do {ms} stay open
money; cost {v}; how much do {ms} cost|what do {ms} cost|what is the price of {ms}
money; are paid up to {v}; how much is paid for {ms}|up to what sum are {ms} paid
money; are refunded up to {v}; how much do I get back for {ms}|what is refunded for {ms}
money; above {v} need a second signature; from which sum do {ms} need another signature|when do {ms} need two signatures
money; are charged at {v}; what is charged for {ms}|how much do you charge for {ms}
count; are limited to {v}; how many {ms} are allowed|what is the most for {ms}
count; are grouped in sets of {v}; how are {ms} grouped|how large are the sets of {ms}
count; come in packs of {v}; how many {ms} are in a pack|how are {ms} packed
person; are approved by {v}; who approves {ms}|who signs off {ms}
person; are handled by {v}; who handles {ms}|who takes care of {ms}
person; are reported to {v}; to whom do I report {ms}|who wants to hear about {ms}
person; are kept by {v}; who keeps {ms}|who has {ms}
place; are kept in {v}; where are {ms} kept|where do I find {ms}
place; are stored in {v}; where are {ms} stored|where do {ms} belong
place; are handed out at {v}; where do I get {ms}|where are {ms} given out
place; take place at {v}; where do {ms} take place|where are {ms} held
frequency; are checked {v}; how often are {ms} checked|when does someone check {ms}
frequency; are updated {v}; how often are {ms} updated|when are {ms} renewed
frequency; are cleaned {v}; how often are {ms} cleaned|when do you clean {ms}
frequency; are reviewed {v}; how often are {ms} reviewed|how often does someone look at {ms}
date; are due on {v}; when are {ms} due|by which day must {ms} be in
date; start on {v}; when do {ms} start|on which day do {ms} begin
date; end on {v}; when do {ms} end|what is the last day of {ms}
hour; open at {v}; when do {ms} open|at what time do {ms} open
hour; end at {v}; when do {ms} end|until what time do {ms} run
percent; are reduced by {v}; how much are {ms} reduced|how much cheaper are {ms}
percent; make up {v}; what part is {ms}|how many percent are {ms}
format; must be submitted as {v}; how do I submit {ms}|in which form are {ms} handed in
format; are sent as {v}; how are {ms} sent|in which form do {ms} go out
firm; are delivered by {v}; who delivers {ms}|which company delivers {ms}
firm; are repaired by {v}; who repairs {ms}|which company repairs {ms}
material; are made of {v}; what are {ms} made of|which material is used for {ms}
colour; are painted {v}; which colour do {ms} have|how are {ms} painted
colour; are marked {v}; how are {ms} marked|which colour marks {ms}
temperature; are kept at {v}; how warm are {ms} kept|at which temperature are {ms} kept
temperature; must not be heated above {v}; how hot may {ms} get|what is the highest temperature for {ms}
weight; weigh {v}; how heavy are {ms}|how much do {ms} weigh
distance; stand {v} apart; how far apart are {ms}|which distance is kept between {ms}
dose; are given at {v}; how much of {ms} is given|which amount is given for {ms}
speed; move at {v}; how fast are {ms}|how quickly do {ms} move
pressure; are tested at {v}; at which pressure are {ms} tested|how strongly are {ms} tested
"""
