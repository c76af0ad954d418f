# SPDX-License-Identifier: Apache-2.0
"""Whole statements by family and language, of all tables that only training draws from: (callee, kind, template)."""
from . import abroad_code, abroad_data, abroad_memory, abroad_trust, callbacks, handlers, invented, memory, natural, packages, released, servers, statements, trust
from .families import ALL
from .template import Rows


def _Joined(name):
    out = {number: {language: list(rows) for language, rows in table.items() if language != ALL[number].held_out_language}
           for number, table in getattr(natural, name).items()}
    for part in (abroad_code, abroad_data, abroad_memory, abroad_trust, callbacks, handlers, invented, memory, packages, released, servers, statements, trust):
        for number, table in getattr(part, name).items():
            for languages, text in table.items():
                for language in languages.split():
                    if language != ALL[number].held_out_language:
                        rows = out.setdefault(number, {}).setdefault(language, [])
                        rows.extend(("h." + callee, kind, template) for callee, kind, template in Rows(text, 3))
    return out


WEAK, ALIKE = _Joined("WEAK"), _Joined("ALIKE")
SHARE = 0.5          # of the samples of a family and language that has such rows
OTHERS_SHARE = 0.2  # of the samples of a family, in any language that has such rows, also one that its tables lack
