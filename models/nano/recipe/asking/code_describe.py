# SPDX-License-Identifier: Apache-2.0
"""Requests that describe a function or a type in words and do not write its name.

{v} {vs} {ving} {ved} the verb: parse, parses, parsing, parsed; {s} {p} {a} the subject; {f} the words of the name.
"""
from asking.phrasing import parse_patterns

FUNCTION_WORDS = parse_patterns("""
question: which function {vs} [the|a|our|each] {s}
which [function|method|routine|code] is there to {v} [the|a] {s}
which [function|method|routine] [do we|do I|should I|can I|must I] [call|use] to {v} [the|a] {s}
what [function|code|method] {vs} [the|a|our] {s}
where do we {v} [the|a|our|each] {s}
where [is|gets] the {s} {ved}
where does [it|the code|the program|this] {v} [the|a] {s}
where does [{ving}|the {ving} of] the {s} [happen|take place|start]
where is the [function|method|code|routine] [that|which] {vs} [the|a|our|every] {s}
where is the [function|method|code|routine] for {ving} [the|a|our|every] {s}
where can I find the code [that {vs}|for {ving}|to {v}] the {s}
where can I {v} the {s}
how [do we|does one|do I|can I] {v} [the|a|our|every] {s}
how is the {s} {ved}
how does {ving} [the|a] {s} begin
is there [a function|a method|something|code] [to {v}|that {vs}|for {ving}] [the|a] {s}
is there anything that {vs} [the|a|our] {s}
do we have [a function|something|a method|a helper] [to {v}|that {vs}|for {ving}] [the|a] {s}
who {vs} the {s}
what is the function [to {v}|for {ving}|that {vs}] [the|a] {s} called
what do I call to {v} [the|a|our] {s}
what [has to be called|is called] to {v} the {s}
in which line does the function [to {v}|for {ving}|that {vs}] [the|a] {s} start
on which line do we {v} the {s}
what is {ving} the {s}
{ving} [the|a] {s}: where
{s} {ving}, where is that
for {ving} [the|a] {s}, what do we have
clause: where [we|they|you] {v} [the|a|our|each] {s}
where the {s} [is|gets] {ved}
where to {v} [the|a|our] {s}
how [to|we|they] {v} [the|a|our] {s}
which [function|method|code|routine] {vs} [the|a|our] {s}
which function [to call|I call|one calls] to {v} the {s}
where {ving} the {s} [happens|takes place|is done|starts]
where the code [for {ving}|that {vs}|to {v}] [the|a] {s} is
what {vs} the {s}
if something {vs} the {s}
command: find the [function|method|code|routine|place] [that {vs}|for {ving}|to {v}] [the|a|our] {s}
find where [we {v} the {s}|the {s} is {ved}]
find the code {ving} the {s}
locate the [function|method|code] [that {vs}|for {ving}|to {v}] [the|a|our] {s}
show [|me ]the [function|method|code|line] [that {vs}|for {ving}|to {v}] [the|a|our] {s}
show [|me ]how [we|to] {v} the {s}
show [|me ]where the {s} is {ved}
point [|me ]to the [function|code|helper] [that {vs}|for {ving}|to {v}] the {s}
take me to the [function|code] [that {vs}|for {ving}] the {s}
quote the [function|definition] [that {vs}|for {ving}|to {v}] the {s}
look for the [function|code] [that {vs}|for {ving}|to {v}] the {s}
tell me [how we|where we] {v} [the|a] {s}
name the function that {vs} the {s}
search for the code {ving} the {s}
go to the code that {vs} the {s}
noun: the [function|method|code|routine|helper|procedure] [that {vs}|for {ving}|to {v}|which {vs}] [the|a|our|each] {s}
the [definition|start|signature] of the function [that {vs}|for {ving}|to {v}] the {s}
the place where [we {v} the {s}|the {s} is {ved}|the {s} gets {ved}]
the code {ving} the {s}
the {ving} of the {s}
something [that {vs}|to {v}|for {ving}] [the|a] {s}
a [function|helper|method|way] to {v} [the|a|our] {s}
whatever {vs} the {s}
keywords: {v} {s}
{ving} {s}
{s} {ving}
{v} {s} function
function {v} {s}
function to {v} {s}
{v} the {s}
{v} the {s} where
how to {v} {s}
where {v} {s}
code that {vs} {s}
{s} {ved} where
{vs} {s}
method {ving} {s}
{v} {s} definition
""")

TYPE_WORDS = parse_patterns("""
question: where is the [class|type|struct|table|object|definition] [for|of] [the|a|our] {f}
where [is|do we define|do we declare|did they declare] the {f} [class|type|struct|definition|object]
where [is|do we define|do we declare|do they define] [the|our|a] {f}
where does the {f} [come from|live|start|begin]
which [class|type|struct|table] [is|represents|stands for|models|describes|holds] [the|a|our] {f}
which [class|type|struct] is there for {p}
what [class|type|struct|table] [represents|stands for|models|describes|is used for] [the|a|our] {f}
is there [a class|a type|a struct|something] [for|called] {f}
do we have a [class|type|struct|table] for [the|a] {f}
how is [the|a|our] {f} [defined|declared|represented|modelled|written]
how do we [define|represent|model|declare] [the|a] {f}
in which line does the {f} [class|type|definition] [start|begin]
on which line is the {f} [defined|declared]
what does the {f} [look like|extend|consist of]
what is a {f} [in this code|here]
what defines [the|a] {f}
who declares the {f}
clause: where [the|our|a] {f} is [defined|declared|found|introduced]
where [we|they] [define|declare|keep] the {f}
where the [class|type|struct] for the {f} is
which [class|type|struct] [is|represents|models] the {f}
how the {f} is [defined|declared|modelled]
what a {f} is [here|in this code]
if there is a class for the {f}
command: find the [class|type|struct|definition|declaration] [of|for] the {f}
find the {f} [class|type|struct|definition|declaration]
locate the {f} [class|type|struct|definition|]
show [|me ]the {f} [class|type|definition|declaration|struct]
show [|me ]the [class|type|struct] [for|of|behind] the {f}
go to the {f} [class|type|definition]
point [|me ]to the [class|type|struct] [for|of] the {f}
quote the [definition|declaration] of the {f}
look up the {f} [class|type|]
open the {f} [class|type|definition]
tell me how the {f} is declared
cite the line that declares the {f}
take me to the {f} [class|type]
noun: the {f} [class|type|struct|definition|declaration|object]
the [class|type|struct|definition|declaration|code] [of|for|behind] [the|a|our] {f}
the [class|type|struct] that [represents|models|stands for|describes] [the|a] {f}
the place where the {f} is [declared|defined]
our {f} [class|type|]
whatever we call {f}
keywords: {f}
{f} class
class {f}
{f} definition
{f} type
type {f}
struct {f}
{f} declaration
{f} where
where {f}
the {f}
{f} struct
{f} code
{f}?
""")
