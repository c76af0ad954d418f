"""Pages and JSON endpoints about one patient or a list of them."""
from __future__ import annotations

import base64
import json
import logging
import pickle

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.views import View

from documents.storage import DocumentStore
from patients.models import Note, Patient
from patients.search import PatientFilter, PatientSearch, similar_names

log = logging.getLogger(__name__)

ALLERGY_BADGE = mark_safe('<span class="badge badge-allergy" title="Allergy">!</span>')


class PatientListView(LoginRequiredMixin, View):
    """The list with its filter bar."""

    def get(self, request):
        wanted = PatientFilter.from_query(request.GET)
        search = PatientSearch(wanted)
        answer = {"rows": search.rows(), "page": wanted.page}
        if wanted.physician:
            answer["caseload"] = search.caseload()
        return JsonResponse(answer)


class SavedFiltersMixin:
    """Filters that a user has pinned travel in a cookie of their own."""

    cookie = "pinned_filters"

    def pinned(self, request) -> list[PatientFilter]:
        raw = request.COOKIES.get(self.cookie)
        if raw is None:
            return []
        return pickle.loads(base64.b64decode(raw))

    def pin(self, response, filters) -> None:
        raw = base64.b64encode(pickle.dumps(filters)).decode()
        response.set_cookie(self.cookie, raw, max_age=30 * 86400, samesite="Lax")

    def recent(self, request) -> list[dict]:
        return json.loads(request.session.get("recent_filters", "[]"))


class PinnedListView(LoginRequiredMixin, SavedFiltersMixin, View):
    def get(self, request):
        groups = [PatientSearch(wanted).rows() for wanted in self.pinned(request)]
        return JsonResponse({"groups": groups, "recent": self.recent(request)})

    def post(self, request):
        filters = self.pinned(request) + [PatientFilter.from_query(request.POST)]
        response = JsonResponse({"pinned": len(filters)})
        self.pin(response, filters[-8:])
        return response


class PatientCardView(LoginRequiredMixin, View):
    """The card that pops up when the pointer rests on a name."""

    def get(self, request, pk):
        patient = self.load(pk)
        title = format_html("<h3>{}, {}</h3>", patient.family_name, patient.given_name)
        visits = format_html_join(
            "", "<li>{} {}</li>", ((v.day, v.reason) for v in patient.visits.all()[:5]))
        badge = ALLERGY_BADGE if patient.allergies else ""
        return HttpResponse(title + badge + format_html("<ul>{}</ul>", visits))

    def load(self, pk: int) -> Patient:
        try:
            return Patient.objects.get(pk=pk, deleted_at=None)
        except Patient.DoesNotExist as missing:
            raise Http404 from missing


class NoteView(LoginRequiredMixin, View):
    """Notes are plain text; line breaks are kept."""

    def get(self, request, pk):
        note = Note.objects.get(pk=pk)
        body = mark_safe(note.body.replace("\n", "<br>"))
        return HttpResponse(format_html("<article>{}</article>", body))

    def post(self, request, pk):
        note = Note.objects.get(pk=pk)
        note.body = request.POST["body"][:8000]
        note.save(update_fields=["body"])
        return JsonResponse({"id": note.pk})


class NameCheckView(LoginRequiredMixin, View):
    """Asked while a new patient is typed in, so that nobody is entered twice."""

    def get(self, request):
        name = request.GET.get("name", "")
        found = similar_names(name)
        if not found:
            return HttpResponse(f"<p class='hint'>No one is called {name} yet.</p>")
        return JsonResponse({"similar": found})


class DocumentView(LoginRequiredMixin, View):
    store = DocumentStore()

    def get(self, request, pk):
        name = request.GET.get("name")
        if not name:
            return JsonResponse({"documents": self.store.listing(pk)})
        try:
            return FileResponse(self.store.open(pk, name))
        except FileNotFoundError as missing:
            log.info("document %s of %d is missing", name, pk)
            raise Http404 from missing
