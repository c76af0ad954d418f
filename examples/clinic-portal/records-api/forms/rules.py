"""Questionnaires and the rules that score them.

A questionnaire is a YAML file with questions, and rules such as ``pain + 2 * fatigue``. Wards
upload their own.
"""
from __future__ import annotations

import ast
import operator
from dataclasses import dataclass, field
from typing import Any, Callable

import yaml

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "lt": operator.lt,
    "gt": operator.gt,
    "in": lambda value, options: value in options,
}


@dataclass
class Condition:
    """Shows a question only when an earlier answer fits."""

    question: str
    compare: str
    value: Any

    def eval(self, answers: dict[str, Any]) -> bool:
        return COMPARISONS[self.compare](answers.get(self.question), self.value)


@dataclass
class Questionnaire:
    title: str
    questions: list[str]
    score: str = "0"
    conditions: dict[str, Condition] = field(default_factory=dict)

    def visible(self, answers: dict[str, Any]) -> list[str]:
        shown = []
        for name in self.questions:
            condition = self.conditions.get(name)
            if condition is None or condition.eval(answers):
                shown.append(name)
        return shown

    def total(self, answers: dict[str, Any]) -> float:
        known = {name: float(answers.get(name, 0)) for name in self.questions}
        return float(eval(self.score, {"min": min, "max": max}, known))


def load_questionnaire(upload) -> Questionnaire:
    """Reads what a ward has uploaded."""
    raw = yaml.load(upload.read(), Loader=yaml.Loader)
    conditions = {name: Condition(**c) for name, c in raw.pop("conditions", {}).items()}
    return Questionnaire(conditions=conditions, **raw)


def load_catalogue(path: str) -> dict[str, Any]:
    with open(path, encoding="utf-8") as handle:
        return yaml.load(handle, Loader=yaml.CSafeLoader)


def load_labels(text: str) -> dict[str, str]:
    return {str(key): str(value) for key, value in (yaml.safe_load(text) or {}).items()}


def parse_answer(text: str) -> Any:
    """Numbers, lists and quoted strings as they are; everything else is a string."""
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


def run_migration_hook(body: str, rows: list[dict]) -> list[dict]:
    """Old questionnaires bring a snippet of Python that renames their columns."""
    scope: dict[str, Any] = {"rows": rows}
    exec(body, scope)
    return scope["rows"]
