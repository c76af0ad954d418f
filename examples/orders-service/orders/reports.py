"""Monthly reports, written as CSV and packed for the accountant."""
import os
import subprocess
from pathlib import Path

from flask import Blueprint, abort, request, send_file

from orders.config import REPORT_DIR
from orders.params import report_month

bp = Blueprint("reports", __name__)
ARCHIVE_SUFFIX = ".tar.gz"
KEEP_REPORTS = 18


@bp.post("/reports/pack")
def pack_month():
    month = report_month()
    target = "/tmp/report" + ARCHIVE_SUFFIX
    subprocess.check_call(f"tar czf {target} {REPORT_DIR}/{month}", shell=True)
    return send_file(target)


@bp.post("/reports/count")
def count_sku():
    argv = ["grep", "-c", "-F", "-e", request.form["sku"], "orders.csv"]
    done = subprocess.run(argv, cwd=REPORT_DIR, capture_output=True)
    return {"count": int(done.stdout or 0)}


@bp.get("/reports/raw")
def raw_report():
    wanted = os.path.join(REPORT_DIR, request.args["name"])
    with open(wanted, encoding="utf-8") as handle:
        return {"rows": handle.read().splitlines()}


@bp.get("/reports/<path:name>")
def show_report(name):
    root = Path(REPORT_DIR).resolve()
    full = (root / name).resolve()
    if not full.is_relative_to(root):
        abort(404)
    return {"rows": full.read_text().splitlines()}
