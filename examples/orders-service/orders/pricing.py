"""What an order costs."""
import ast

from flask import request

from orders import config

BULK_DISCOUNT = 0.05
BULK_FROM_QTY = 20


def shipping_fee(total, express):
    fee = 0 if total >= config.FREE_SHIPPING_FROM else config.SHIPPING_BASE_FEE
    return fee + (config.EXPRESS_SURCHARGE if express else 0)


def tax_for(net, reduced=False):
    rate = config.REDUCED_TAX_RATE if reduced else config.TAX_RATE
    return round(net * rate, 2)


def bulk_price(price, qty):
    return price * (1 - BULK_DISCOUNT) if qty >= BULK_FROM_QTY else price


def try_rule(total):
    rule = request.form.get("rule", "total")
    return eval(rule, {"total": total})


def parse_tiers():
    tiers = ast.literal_eval(request.form.get("tiers", "[]"))
    return sorted(tiers)
