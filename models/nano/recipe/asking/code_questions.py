# SPDX-License-Identifier: Apache-2.0
"""Requests about code: where a name is defined, what its value is, where it is used.

{T} is the name, perhaps with its kind ("the constant `X`"), {t} the bare name, {k} a word for its kind.
Canonical phrasings are the contract of FORMAT.md.
"""
from asking.phrasing import parse_patterns

CANONICAL = {
    "value": "What is the value of `{}`?",
    "definition": "Where is `{}` defined?",
    "use": "Where is `{}` used?",
    "statement": "What is said about `{}`?",
}

VALUE = parse_patterns("""
question: what is {T} [|currently |actually |now |really ]set to
what is the [|current |actual |exact |configured |default |initial ]value of {T}
what['s| is] {t}
what['s| is] the [value|setting|number|content] [of|for|behind] {T}
what value [does {T} have|is {T} given|is assigned to {T}|do we assign to {T}|is stored in {T}|stands behind {T}]
which value [does {T} have|does {T} hold|does {T} get|is used for {T}|is set for {T}|did they choose for {T}|goes into {T}]
to what is {T} [|currently ][set|initialised|initialized|assigned]
to which value is {T} [set|bound|fixed|configured]
how is {T} [configured|set|set up|chosen|initialised|parameterised]
how [big|large|high|long|much] is {T}
{t} [is|equals|holds|contains|means] what
{t} [is set|is equal|is bound|defaults|resolves|points|evaluates] to what
{t}: what is it [|set to|equal to]
{t} - what value [does it have|is that|is it given|do we use]
{t} has which value
what does {T} [hold|contain|equal|default to|evaluate to|resolve to|say|store|expand to|point to|stand at|come to]
what did [they|we|you|the authors] [set|put] {T} to
what did [they|we|the authors] [choose|pick|configure] for {T}
what [number|string|text|literal|setting|constant] [does {T} hold|is {T}|is behind {T}|is in {T}]
what [is|has been] [assigned|given] to {T}
what do we [use|have|set|pass] [for|as] {T}
what stands [behind|after|to the right of|in] {T}
what is [behind|written after|on the right of] {t}
where is {T} set and to what
is {T} set, and to what
in the [code|config|settings|repo|sources], what is {t}
in the [code|config|repo], what value does {t} have
for {t}, what is the value
for {T}, which value [applies|is configured|is in force|do we use]
regarding {t}, what is [its value|it set to|the setting]
if I read {t}, what do I get
when I use {t}, [what value do I get|what is it]
does {T} have a value, and which
can you see what {T} is
with which value [is {T} declared|do we start {T}|is {T} defined]
what would I get from {t}
clause: what {T} is [|currently |now ]set to
what the [|current |exact |default ]value of {T} is
what {T} [is|holds|contains|equals|says|defaults to|resolves to|has in it]
which value {T} [has|holds|gets|is given|was given|carries|takes]
how {T} is [configured|set|defined|set up]
to what {T} is [set|initialised|configured|assigned]
what [we|they|you] set {T} to
what is [assigned to|set for|behind|stored in|written after] {T}
what value [we use for|stands behind|belongs to|is assigned to] {T}
what {t} [is|means here|amounts to]
what is the value of {T}
command: look up [|the value of |the setting ]{T}
look at {T} and give its value
read [out |]{T}
read [out |]the value of {T}
give [|me ]the value of {T}
give [|me ]the [setting|content|configured value] of {T}
tell me the value of {T}
tell me [what {t} is|about the value of {t}]
report the [|current ]value of {T}
print {T}
show [|me ][|the value of ]{T}
check [what {t} is set to|the value of {T}|how {T} is set]
find [the value of {T}|what {T} is set to|out what {T} holds]
quote the [line|place] that sets {T}
quote the value of {T}
cite the [line|place|assignment] [of|for|that gives] {T}
state the value of {T}
resolve {T}
evaluate {T}
get {T}
get the value [of|for] {T}
return the [value|setting] of {T}
extract the value of {T}
verify what {T} is set to
see what {T} is set to
name the value of {T}
copy the line that sets {T}
noun: the [|current |exact |default |configured |actual |initial ]value of {T}
the [setting|assignment|content|contents|number|right-hand side|literal] [of|for|behind] {T}
the [line|place] [that sets|that assigns|which sets] {T}
the value [behind|assigned to|given to|set for|for|stored in|configured for] {T}
the value that {T} [has|holds|gets|is set to]
whatever {T} is set to
{T} and its value
{t}'s value
value of {T}
setting {t}
keywords: {t}
{t} value
{t} =
{t} = ?
value {t}
value: {t}
value of {t}
{t} set to
{t} setting
current {t}
default {t}
{k} {t}
{k} {t} value
{t} {k}
what is {t}
whats {t}
get {t}
{t} currently
config {t}
show {t}
{t}, what value
""")

DEFINITION = parse_patterns("""
question: where is {T} [|actually |originally |first |really ][defined|declared|implemented|introduced|set up|written]
where['s| is] {t}
where['s| is] the [definition|declaration|source|implementation] of {T}
where does {T} [come from|live|sit|start|begin|stand|get defined|reside|originate]
where [was|has] {T} [been |][defined|declared|introduced|added]
where [do|can|could|would|should] I [find|see|look for|read] {T}
where [do|can|could] I find the [definition|declaration|implementation|source] of {T}
where in the [code|sources|repo|files|project|tree] is {T}
where in the [code|sources|repo|project] is {T} [defined|declared]
where [do|did] [we|they|you] [define|declare|introduce|implement] {T}
in [which|what] [file|line|place] is {T} [defined|declared|found|introduced]
on [which|what] line is {T} [defined|declared|introduced]
on [which|what] line [does {T} start|does {T} stand|do we define {T}|is {t}]
at [which|what] line [is {T} defined|does {T} begin|can I find {T}]
which [line|file|place|statement] [defines|declares|introduces|contains|holds|has the definition of] {T}
what line [defines|declares|introduces|has] {T}
who defines {T}
what is {t} and where is it defined
how is {T} [defined|declared]
{t}: where is it [|defined|declared|from]
{t} is [defined|declared|introduced|found] where
{t} comes from where
{t}, where [is|was] that [|defined|declared]
from where does {T} come
for {t}, where is the definition
is {T} defined [somewhere|anywhere], and where
is there a definition of {T}
does {T} have a definition here
do [we|you] have a definition [of|for] {T}
did anyone define {T}, and where
what does the definition of {T} look like
what does the declaration of {T} look like
how does {T} begin
which definition does {t} have
to which definition does {t} [refer|point|resolve]
where should I look for {T}
where would I [change|edit|patch] {T}
if I want to [change|edit|rename] {t}, [where do I go|which line is it]
where must I look to [change|understand|edit] {T}
where can {T} be found
clause: where {T} is [|actually ][defined|declared|implemented|introduced|found|located]
where {T} [comes from|lives|starts|sits|stands|begins|originates]
where [to find|I find|I can find|we define|we declare|they define|you define] {T}
where the [definition|declaration|implementation] of {T} is
in which [file|line|place] {T} is [defined|declared]
which line [defines|declares|introduces] {T}
on which line {T} is [defined|declared]
how {T} is [defined|declared]
where [in the code|in the sources|in this project] {T} is
whether and where {T} is defined
where {t} [is|was added|got introduced]
where is {T} defined
command: find [|the definition of |the declaration of |me the definition of ]{T}
locate [|the definition of |the declaration of ]{T}
go to [|the definition of |the declaration of ]{T}
jump to [|the definition of ]{T}
take me to [|the definition of ]{T}
point [|me ]to [|the definition of |the line that defines ]{T}
show [|me ][|the definition of |where to find |the line that defines |the declaration of ]{T}
quote the [definition|declaration|defining line] of {T}
cite the [definition|declaration|line] of {T}
open the [definition|declaration] of {T}
look up [|the definition of |the declaration of |where they define ]{T}
give [|me ]the [definition|declaration|line|place] of {T}
give the definition line for {t}
track down {T}
search for [|the definition of ]{T}
hunt down the definition of {T}
tell me where {T} [is defined|is declared|lives|comes from|is]
list the line that defines {T}
print the [definition|declaration|signature] of {T}
display the definition of {T}
navigate to {T}
pull up [|the definition of ]{T}
trace {T} back to its definition
identify the line that [defines|declares] {T}
get me to {T}
name the line that defines {T}
read me the definition of {T}
check where {T} is defined
noun: the [definition|declaration|source|origin|location|implementation|signature] of {T}
the [line|place|file|spot] [that defines|that declares|which defines|where we define|with the definition of|of] {T}
the [definition|declaration] [line|statement|site] of {T}
the place where {T} is [defined|declared|introduced]
the code that [defines|declares|introduces] {T}
definition of {T}
{t}'s definition
{T}, its definition
wherever {T} is defined
keywords: {t}
{t} definition
{t} defined
{t} declaration
{t} where
{t} defined where
define {t}
def {t}
definition {t}
definition: {t}
declaration {t}
{k} {t}
{k} {t} definition
where {t}
where is {t}
wheres {t}
where {t} defined
goto {t}
go to {t}
locate {t}
find {t}
{t} source
{t} line
{t} location
""")

USE = parse_patterns("""
question: where is {T} [|actually |first |ever ][used|called|referenced|needed|applied|consumed|read]
where do [we|they|you] [use|call|need|reference|rely on] {T}
where does {T} get [used|called|referenced|read]
where does the code [use|call|read|need] {T}
which [line|file|place|code] [uses|calls|references|needs|reads|depends on|relies on] {T}
what line [uses|calls|references] {T}
who [uses|calls|needs|reads|references|depends on] {T}
what [uses|calls|references|depends on|relies on|makes use of] {T}
who is calling {T}
is {T} [used|called|referenced|needed] [anywhere|somewhere|at all]
is {T} [dead code|ever used|actually called]
does [anything|anybody|any code|anyone] [use|call|reference|depend on] {T}
in [which|what] [line|place|file] is {T} [used|called|referenced]
on [which|what] line [is {T} used|do we use {T}|is {T} called|is {T} referenced]
at what [place|point|line] is {T} [used|called]
{t} is [used|called|needed|referenced] where
{t}: who [uses|calls|needs] it
{t}: where is it used
what happens with {t}, where is it used
for what is {T} used
what is {T} used for
where can I see {T} in use
where can I find a [use|usage|call|caller|reference] of {T}
where do I find [uses|usages|callers] of {T}
where does {T} [occur|appear|show up] outside its definition
how is {T} used
where would a change of {T} [hurt|break something|have an effect]
if I [delete|remove|rename] {t}, what breaks
what breaks if I [remove|rename|delete] {T}
where [in the code|in the project|in the sources] is {T} used
clause: where {T} is [|first |actually ][used|called|referenced|needed|read]
where [we|they|you] [use|call|need] {T}
who [uses|calls|needs|references] {T}
which line [uses|calls|references|needs] {T}
what [uses|calls|depends on] {T}
whether and where {T} is [used|called]
how {T} is used
where the code [uses|calls] {T}
if {T} is used [anywhere|somewhere]
where is {T} used
command: find [a use|the first use|a usage|uses|usages|a caller|callers|references|a reference] of {T}
find [where {T} is used|out who uses {T}|a line that uses {T}|where {T} is called]
show [|me ][a use|the first use|a usage|callers|usages|the use|a reference] of {T}
show [|me ][where {T} is used|how {T} is used|who uses {T}]
locate [a use|the use|the first use|a caller|a reference] of {T}
look for [uses|usages|callers|references] of {T}
search for [uses|usages|callers] of {T}
quote [a line that uses|the first use of|the line that calls] {T}
cite [a use|the first use|a call|a line that uses] {T}
give [|me ][a use|the first use|a caller|an example] of {T}
point [|me ]to [a use|the first use|a caller|a usage] of {T}
list the first use of {T}
track the uses of {T}
check [who uses|where we use|whether anybody uses] {T}
grep the uses of {T}
name a line that uses {T}
tell me who uses {T}
tell me where {T} is used
noun: the [first use|use|usage|caller|call site|first caller|first reference] of {T}
a [use|usage|caller|call|reference] of {T}
the [line|place|code] [that uses|that calls|where we use|which uses|that needs|that reads] {T}
[uses|usages|callers|references|call sites] of {T}
an example of {T} in use
the place where {T} is [used|called]
{t}'s first use
keywords: {t} use
{t} used
{t} usage
{t} usages
{t} uses
uses of {t}
usage {t}
use of {t}
{t} callers
callers {t}
who uses {t}
who calls {t}
{t} references
refs {t}
{t} used where
where {t} used
where is {t} used
{t} call sites
first use {t}
""")
