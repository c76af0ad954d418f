"""Upload and use of questionnaires."""
from django.http import JsonResponse
from rest_framework.decorators import api_view

from forms import rules

_loaded: dict[str, rules.Questionnaire] = {}


@api_view(["POST"])
def upload(request, ward):
    form = rules.load_questionnaire(request.FILES["form"])
    _loaded[f"{ward}/{form.title}"] = form
    return JsonResponse({"title": form.title, "questions": len(form.questions)})


@api_view(["POST"])
def migrate(request, ward):
    rows = rules.run_migration_hook(request.data["hook"], request.data["rows"])
    return JsonResponse({"ward": ward, "rows": rows})


@api_view(["POST"])
def submit(request, ward, title):
    form = _loaded[f"{ward}/{title}"]
    answers = {name: rules.parse_answer(text) for name, text in request.data.items()}
    missing = [name for name in form.visible(answers) if name not in answers]
    if missing:
        return JsonResponse({"missing": missing}, status=422)
    return JsonResponse({"score": form.total(answers)})
