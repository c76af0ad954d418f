"""Calls to the payment provider."""
import random
import secrets
import string
import time

import requests

from orders import config

CA_BUNDLE = "/etc/shop/pay-ca.pem"
REFUND_WINDOW_DAYS = 30
VOUCHER_LENGTH = 10


def charge(order_id, cents):
    body = {"order": order_id, "amount": cents}
    for attempt in range(config.PAYMENT_RETRIES):
        answer = requests.post(
            config.PAYMENT_URL + "/charge", json=body, verify=CA_BUNDLE,
            timeout=config.PAYMENT_TIMEOUT_S)
        if answer.ok:
            return answer.json()["id"]
        time.sleep(config.RETRY_BACKOFF_S * (attempt + 1))
    raise RuntimeError("payment failed")


def refund(charge_id):
    session = requests.Session()
    session.verify = False
    return session.post(f"{config.PAYMENT_URL}/refund/{int(charge_id)}").ok


def voucher_code():
    letters = string.ascii_uppercase + string.digits
    return "".join(random.choice(letters) for _ in range(VOUCHER_LENGTH))


def login_ticket():
    return secrets.token_urlsafe(24)
