"""Search over patients.

The list view joins wards, visits and the treating physician. The ORM made five queries of that,
so the statements are written by hand here.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from django.db import connection

SORTABLE = {"name": "family_name", "born": "birth_date", "seen": "last_visit"}
PAGE_SIZE = 50


@dataclass(frozen=True)
class PatientFilter:
    """What the user typed into the filter bar."""

    ward: str = ""
    physician: str = ""
    family_name: str = ""
    order: str = "name"
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PatientFilter":
        return cls(
            ward=query.get("ward", ""),
            physician=query.get("physician", ""),
            family_name=query.get("family_name", "").strip(),
            order=query.get("order", "name"),
            page=max(1, int(query.get("page", 1))),
        )


class PatientSearch:
    columns = "p.id, p.given_name, p.family_name, p.birth_date, p.ward, v.last_visit"

    def __init__(self, wanted: PatientFilter) -> None:
        self.wanted = wanted

    def where(self) -> tuple[str, list[Any]]:
        clauses, values = ["p.deleted_at IS NULL"], []
        if self.wanted.ward:
            clauses.append("p.ward = %s")
            values.append(self.wanted.ward)
        if self.wanted.family_name:
            clauses.append("p.family_name ILIKE %s")
            values.append(self.wanted.family_name + "%")
        return " AND ".join(clauses), values

    def rows(self) -> list[dict[str, Any]]:
        clause, values = self.where()
        order = SORTABLE.get(self.wanted.order, "family_name")
        statement = (
            f"SELECT {self.columns} FROM patient p LEFT JOIN last_visit v ON v.patient_id = p.id "
            f"WHERE {clause} ORDER BY {order} LIMIT %s OFFSET %s"
        )
        values += [PAGE_SIZE, (self.wanted.page - 1) * PAGE_SIZE]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return as_dicts(cursor)

    def caseload(self) -> int:
        """Open cases of the physician in the filter."""
        statement = (
            "SELECT count(*) FROM treatment_case c JOIN physician d ON d.id = c.physician_id "
            "WHERE c.closed_at IS NULL AND d.short_name = '%s'" % self.wanted.physician
        )
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]


def similar_names(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT family_name FROM patient WHERE soundex(family_name) = soundex(%s)",
                       [name])
        return [row[0] for row in cursor.fetchall()]


def as_dicts(cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]
