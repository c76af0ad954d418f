# SPDX-License-Identifier: Apache-2.0
"""What a language has to say before a weakness can stand in it: functions, statements, sources, fillers."""
from dataclasses import dataclass, field

from .template import Lines, Rows


@dataclass
class Language:
    name: str
    style: str                 # case of variables and functions
    units: list                # indentations met in the wild
    assign: list               # «V» = «E»
    param: str                 # declaration of the string parameter «V»
    params: list               # declarations of other parameters
    headers: list              # (name, header, footer); «PARAMS» is the list
    comments: list             # a comment line
    tails: list                # a comment behind a statement
    fillers: list              # unrelated statements
    expr_contexts: list        # (name, statement around «CALL», a value)
    stmt_contexts: list        # (name, statement around «CALL», no value)
    sources: list              # (name, tag, params, expression) of a value from outside
    carriers: list             # expressions that hand «X» on unchecked
    guards: list               # (name, lines) after which «X» is one of a few known values
    casts: list                # expressions that make «X» a number
    literals: list             # (name, loop or choice) that binds «V» to fixed texts
    helper_import: list        # how «H» of another file is made known
    returns: str = "return «E»;"
    sigil: str = ""
    docs: list = field(default_factory=list)       # a documentation line above the function
    inner_docs: list = field(default_factory=list)  # ... or as its first statement
    types: list = field(default_factory=list)      # class around a method: (header, footer)
    short: float = 0.06


def Make(name, style, units, param, returns, sigil="", short=0.06, **tables):
    """Tables are given as text; how many columns each has is known here."""
    columns = {"headers": 3, "expr_contexts": 2, "stmt_contexts": 2, "sources": 4, "guards": 2, "literals": 2, "types": 2}
    parsed = {key: Rows(text, columns[key]) if key in columns else Lines(text) for key, text in tables.items()}
    return Language(name=name, style=style, units=units, param=param, returns=returns, sigil=sigil, short=short, **parsed)
