# SPDX-License-Identifier: Apache-2.0
"""A text that one function builds of its parameter and another hands to a sink. Training only.

The line that hands it over is the weak one; where the value is disarmed before the call or in the function, none is.
"""
from items import Snippet

from .layout import Indent, Lines, Spread
from .strings import BUILDERS
from .template import MARK_OPEN

SHARE, INSIDE_SHARE = 0.16, 0.18  # of the texts, of the disarmed values
ANOTHER_FILE, FIXED_SHARE = 0.3, 0.3
# Language: (header, footer) of functions that return a text; «H» is the name.
HEADERS = {
    "python": [("def «H»(«PARAMS»):", ""), ("def «H»(«PARAMS») -> str:", "")],
    "javascript": [("function «H»(«PARAMS») {", "}"), ("const «H» = («PARAMS») => {", "};")],
    "typescript": [("function «H»(«PARAMS»): string {", "}"), ("const «H» = («PARAMS»): string => {", "};"),
                   ("export function «H»(«PARAMS») {", "}")],
    "php": [("function «H»(«PARAMS»)⏎{", "}"), ("function «H»(«PARAMS»): string {", "}")],
    "go": [("func «H»(«PARAMS») string {", "}")],
    "java": [("private static String «H»(«PARAMS») {", "}"), ("private String «H»(«PARAMS») {", "}"), ("static String «H»(«PARAMS») {", "}")],
    "rust": [("fn «H»(«PARAMS») -> String {", "}"), ("pub fn «H»(«PARAMS») -> String {", "}")],
    "c": [("static char *«H»(«PARAMS»)⏎{", "}"), ("char *«H»(«PARAMS»)⏎{", "}")],
    "cpp": [("static std::string «H»(«PARAMS») {", "}"), ("std::string «H»(«PARAMS»)⏎{", "}")],
    "ruby": [("def «H»(«PARAMS»)", "end")],
    "csharp": [("private static string «H»(«PARAMS»)⏎{", "}")],
}
MARKUP = 11  # a function that returns markup is a sink in some frameworks and none in others: that line teaches nothing
RETURNED = {"c": ("asprintf", "gprintf", "malloc")}  # builders whose text outlives the function


def Builder(composer, payload, value):
    """The call of the function that builds the text; the function goes above the code, or into another file."""
    rng, scene, language = composer.rng, composer.scene, composer.language
    name = scene.Fill("«f»")
    scene.prefer = None
    local = language.sigil + scene.Value("v")
    params, arguments = composer.Bound(language.param, V=local), value
    if rng.random() < FIXED_SHARE:
        other = scene.Fill("«w»")
        if language.name in ("python", "javascript", "ruby"):
            params, arguments = params + ", " + other, arguments + ", " + scene.Fill("«n»")
    builders = [row for row in composer.family.Part("builders", language.name, list(BUILDERS[language.name].items()), False)
                if row[0] in RETURNED.get(language.name, (row[0],))]
    inner = composer.Bound(composer.inside, X=local) if composer.inside else local
    body = []
    if composer.inside and language.name in ("c", "cpp", "rust") or rng.random() < 0.15 and inner != local:
        kept = language.sigil + scene.Value("v")
        body.append(composer.Bound(composer.Choice(language.assign), V=kept, E=inner))
        inner = kept
    kind, before, expression = _Built(composer, builders, payload, inner)
    body += [before] if before else []
    body.append(composer.Bound(language.returns, E=expression) + (MARK_OPEN if composer.family.number == MARKUP else ""))
    header, footer = composer.Choice(HEADERS[language.name])
    out = [header.replace("«H»", name).replace("«PARAMS»", params)] + [Indent(b) for b in Spread(scene, language, body, int(rng.random() * 1.5))]
    out += [footer] if footer else []
    composer.form += ["across", kind]
    composer.took_builder, composer.must_wrap = True, True
    if rng.random() < ANOTHER_FILE and language.name != "c":
        lines, labels = Lines(scene, language, out, 0, weak=False)
        composer.elsewhere.append(Snippet(language.name, lines, labels, "plain", composer.family.number, "builder"))
        composer.imports.append(composer.Bound(composer.Choice(language.helper_import), H=name, PARAMS=params))
    else:
        composer.above = out + [""]
    return "%s(%s)" % (name, arguments)


def _Built(composer, builders, payload, value):
    for _ in range(6):
        kind, build = composer.Choice(builders)
        built = build(composer.scene, payload, value)
        if built:
            return kind, *built
    from .compose import Retry
    raise Retry
