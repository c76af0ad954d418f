"""Endpoints through which the front desk hands documents out."""
from django.http import JsonResponse
from rest_framework.decorators import api_view

from documents import archive
from documents.storage import DocumentStore


@api_view(["POST"])
def send_by_fax(request, pk):
    store = DocumentStore()
    document = store.folder(pk) / "letter.pdf"
    receipt = archive.fax(document, request.data["number"], request.data.get("cover"))
    return JsonResponse({"receipt": receipt})


@api_view(["POST"])
def hand_out(request, pk):
    """A stamped copy of everything, for the patient to take along."""
    store = DocumentStore()
    parts = [store.folder(pk) / name for name in store.listing(pk) if name.endswith(".pdf")]
    result = store.folder(pk) / "copy.pdf"
    archive.merge_pdfs(parts, result)
    archive.stamp(result, request.data.get("recipient", "patient"))
    return JsonResponse({"pages": archive.page_count(result)})


@api_view(["POST"])
def remove(request, pk):
    DocumentStore().remove(pk, request.data["name"])
    return JsonResponse({"removed": True})
