"""Carts between two visits."""
import json
import pickle
import time

from orders.config import CART_TTL_S
from orders.params import cart_cookie

CART_FIELDS = ("sku", "qty", "note")


def restore_cart():
    blob = cart_cookie()
    if not blob:
        return []
    return pickle.loads(blob)


def merge_cart(text, cart):
    for row in json.loads(text):
        cart.append({key: row.get(key) for key in CART_FIELDS})
    return cart


def cart_expired(saved_at):
    return time.time() - saved_at > CART_TTL_S
