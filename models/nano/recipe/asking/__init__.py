# SPDX-License-Identifier: Apache-2.0
"""Questions and what they ask about: code definitions, statements in prose, tool calls.

    CodeFactGen(rng, held_out)   .sample(language=None) -> Fact   .absent(terms, text="") -> Question   .filler(n, language=None) -> Snippet
    ProseFactGen(rng, held_out)  .sample() -> Fact                .absent(terms, text="") -> Question   .filler(n) -> Snippet
    ToolGen(rng, held_out)       .sample() -> ToolDialog
    TermGuard()                  .accepts(fact) -> bool           one for each corpus

    python3 -m asking.show --kind code|prose|tools --n 10 [--held-out] [--speed] [--phrasings]
"""
