# SPDX-License-Identifier: Apache-2.0
"""Requests for a value that name neither the quantity nor the identifier: "after how many seconds does a payment time out".

Keyed by what one says for the quantity. {s} subject, {p} plural, {a} with article, {u} unit.
"""
from asking.phrasing import parse_patterns

_TEXTS = {
    "timeout": """
question: [after|in] how many {u} does {a} time out
how [long|many {u}] until {a} [times out|is given up|fails]
how long do we wait for [|the |a ]{s}
how long may {a} take
when [does|will] {a} time out
when do we give up on {a}
clause: how long [we wait for|we give] {a}
when {a} times out
after how many {u} {a} times out
how many {u} {a} may take
keywords: {s} times out after
how long wait {s}
{s} waiting time
""",
    "time to live": """
question: how [long|many {u}] do {p} live
how long [is|stays] {a} valid
when [does|will] {a} expire
clause: how [long|many {u}] {p} live
when {a} expires
keywords: {s} expires when
{p} live how long
""",
    "interval": """
question: how [often|frequently] [is|runs] the {s}
how many {u} [are|lie] between two {p}
clause: how often the {s} runs
how many {u} lie between two {p}
keywords: how often {s}
""",
    "delay": """
question: how [long|many {u}] do we wait before the {s}
by how [much|many {u}] is the {s} delayed
clause: how many {u} we wait before the {s}
how long the {s} is delayed
""",
    "lifetime": """
question: how [long|many {u}] does {a} live
how old can {a} get
clause: how [long|many {u}] {a} lives
""",
    "maximum age": """
question: how old [may|can] {a} [be|get]
how many {u} old may {p} be
clause: how old {a} may be
keywords: {s} how old
""",
    "retention": """
question: how [long|many {u}] do we keep {p}
when are {p} [deleted|removed|thrown away]
after how many {u} do we delete {p}
clause: how long we keep {p}
when {p} are [deleted|removed]
keywords: keep {p} how long
{p} kept
delete {p} after
""",
    "maximum number of retries": """
question: how [often|many times] do we retry {a}
how many times is {a} [tried again|retried]
how many retries does {a} get
clause: how [often|many times] we retry {a}
keywords: retry {s} how often
""",
    "number of retries": """
question: how [often|many times] do we retry {a}
how many times is {a} [tried again|retried]
when do we stop retrying {a}
clause: how often {a} is retried
keywords: retry {s}
""",
    "number of attempts": """
question: how many [tries|attempts] does {a} [get|have]
how often may {a} be tried
clause: how many [tries|attempts] {a} has
""",
    "maximum": """
question: how many {p} [are allowed|can there be|may we have|at most|do we allow]
what is the [most|largest number of] {p} [we allow|allowed|possible]
clause: how many {p} are [allowed|possible]
how many {p} we [allow|accept]
keywords: how many {p}
{p} at most
most {p}
""",
    "maximum number": """
question: how many {p} [are allowed|can there be|may we have|do we allow] [at most|]
clause: how many {p} are [allowed|possible]
keywords: how many {p}
most {p}
""",
    "minimum": """
question: how many {p} [must there be|do we need at least|are the least]
what is the least number of {p}
clause: how many {p} we need at least
keywords: {p} at least
""",
    "limit": """
question: how many {p} [are allowed|can there be|do we accept]
where do we stop accepting {p}
clause: how many {p} are allowed
keywords: how many {p} allowed
""",
    "count": """
question: how many {p} [are there|do we have|exist|are used]
clause: how many {p} [there are|we have]
keywords: how many {p}
number of {p}
""",
    "number": """
question: how many {p} [are there|do we have|are used|do we start]
clause: how many {p} [there are|we have]
keywords: how many {p}
""",
    "batch size": """
question: how many {p} [go into|are in|make] [one|a] batch
how many {p} do we process at once
clause: how many {p} are processed at once
""",
    "page size": """
question: how many {p} [are on|fit on|do we show on] [one|a] page
clause: how many {p} are on one page
keywords: {p} on a page
""",
    "number per page": """
question: how many {p} [are on|fit on|do we show on] [one|a|each] page
clause: how many {p} are on one page
""",
    "number of workers": """
question: how many workers does the {s} [have|use|start]
clause: how many workers the {s} has
""",
    "number of threads": """
question: how many threads does the {s} [have|use|start]
how parallel is the {s}
clause: how many threads the {s} uses
""",
    "port": """
question: [on which|which|what] port [does the {s} listen on|does the {s} use|is the {s} on]
where does the {s} listen
clause: which port the {s} [listens on|uses]
keywords: {s} listens on
""",
    "maximum size": """
question: how [big|large] [may|can] {a} [be|get]
what is the largest {s} [we accept|allowed]
how many {u} may {a} have
clause: how [big|large] {a} may be
keywords: largest {s}
{s} how big
""",
    "maximum length": """
question: how long [may|can] {a} be
what is the longest {s} allowed
clause: how long {a} may be
""",
    "price": """
question: [how much|what] does {a} cost
how expensive is {a}
clause: how much {a} costs
what {a} costs
keywords: {s} costs
what costs {s}
""",
    "fee": """
question: what do we charge for {a}
what must one pay for {a}
clause: what we charge for {a}
""",
    "budget": """
question: how much may we spend on {p}
how much money is there for {p}
clause: how much we may spend on {p}
keywords: spend on {p}
""",
    "e-mail address": """
question: to which address do we write about {p}
who gets mail about the {s}
clause: where mail about {p} goes
""",
    "greeting": """
question: how do we greet the {s}
what do we say to the {s}
clause: what we say to the {s}
""",
    "message": """
question: what do we [say|show|tell people] about the {s}
what text is shown for {a}
clause: what we say about the {s}
""",
    "allowed types": """
question: which kinds of {p} [are allowed|do we accept|exist]
clause: which kinds of {p} we accept
""",
    "temperature": """
question: how [hot|warm|cold] is the {s}
how hot may the {s} get
clause: how [hot|warm] the {s} is
""",
    "speed": """
question: how fast [is|goes|runs] the {s}
clause: how fast the {s} is
""",
    "weight": """
question: how heavy is the {s}
clause: how heavy the {s} is
""",
    "width": """
question: how wide is the {s}
clause: how wide the {s} is
""",
    "height": """
question: how [high|tall] is the {s}
clause: how [high|tall] the {s} is
""",
    "region": """
question: [in which region|where] does the {s} run
where do the {p} live
clause: where the {s} runs
""",
    "time zone": """
question: which clock does the {s} follow
clause: which clock the {s} follows
""",
    "language": """
question: which language does the {s} speak
clause: which language the {s} speaks
""",
}
BY_QUANTITY = {spoken: parse_patterns(text) for spoken, text in _TEXTS.items()}
