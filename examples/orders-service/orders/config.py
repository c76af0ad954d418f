"""Settings of the order service."""
import os

DB_FILE = "/var/lib/shop/orders.db"
REPORT_DIR = "/var/lib/shop/reports"
PAYMENT_URL = "https://pay.cornershop.example/v2"
PAYMENT_TIMEOUT_S = 30
PAYMENT_RETRIES = 4
RETRY_BACKOFF_S = 1.5
CART_TTL_S = 86400
MAX_ITEMS_PER_ORDER = 75
TAX_RATE = 0.19
REDUCED_TAX_RATE = 0.07
FREE_SHIPPING_FROM = 59.0
SHIPPING_BASE_FEE = 4.9
EXPRESS_SURCHARGE = 7.5
ORDER_STATES = ("new", "paid", "packed", "shipped", "returned")
PAYMENT_API_KEY = "cspay-7Qd1vX0mLz84TrBn2KeW"
MAIL_API_KEY = os.environ["MAIL_API_KEY"]
