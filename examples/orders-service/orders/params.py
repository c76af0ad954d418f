"""Small readers for the current request."""
import base64

from flask import request


def wanted_status():
    return request.args.get("status", "new").strip()


def page_number():
    return max(1, int(request.args.get("page", "1")))


def report_month():
    body = request.get_json(silent=True) or {}
    return body.get("month", "2024-01")


def cart_cookie():
    raw = request.cookies.get("cart", "")
    return base64.urlsafe_b64decode(raw)
