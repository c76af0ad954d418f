# SPDX-License-Identifier: Apache-2.0
"""Dialogs with tools that no list holds: names, arguments, requests, results and errors are composed.

lexicon   verbs with synonyms, quantities with their kinds, invented names
values    a value of a kind, as JSON and as people say it
tools     a tool: name, description, schema
requests  the words of a request, and the calls it means
chains    several steps: find then get, wrong call then right one
meanings  words that mean the same, from a dictionary
workspace search, read_file and the like over files that hold facts
"""
from .dialogs import CallGen  # noqa: F401
