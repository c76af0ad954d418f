"""Patients, their visits and the notes on them."""
from django.db import models


class Patient(models.Model):
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    ward = models.CharField(max_length=12, blank=True)
    allergies = models.JSONField(default=list)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "patient"
        indexes = [models.Index(fields=["family_name", "birth_date"])]

    def __str__(self):
        return f"{self.family_name}, {self.given_name}"


class Visit(models.Model):
    patient = models.ForeignKey(Patient, related_name="visits", on_delete=models.PROTECT)
    day = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["-day"]


class Note(models.Model):
    patient = models.ForeignKey(Patient, related_name="notes", on_delete=models.PROTECT)
    author = models.ForeignKey("auth.User", on_delete=models.PROTECT)
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    def headline(self, width=60):
        first = self.body.split("\n", 1)[0]
        return first if len(first) <= width else first[: width - 1] + "…"
