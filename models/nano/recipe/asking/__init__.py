"""Questions and what they ask about: code definitions, statements in prose, tool calls."""
