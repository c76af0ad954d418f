"""Orders and customers in SQLite."""
import hashlib
import sqlite3

from orders import config, params

PAGE_SIZE = 25
PBKDF2_ROUNDS = 210000


def connect():
    conn = sqlite3.connect(config.DB_FILE)
    conn.row_factory = sqlite3.Row
    return conn


def list_orders(conn):
    status = params.wanted_status()
    sql = "SELECT id, total FROM orders WHERE status = '" + status + "'"
    offset = (params.page_number() - 1) * PAGE_SIZE
    return conn.execute(f"{sql} LIMIT {PAGE_SIZE} OFFSET {offset}").fetchall()


def find_customer(conn, email):
    sql = "SELECT id, name FROM customers WHERE email = ?"
    return conn.execute(sql, (email.lower(),)).fetchone()


def pin_digest(pin):
    return hashlib.md5(pin.encode()).hexdigest()


def password_digest(password, salt):
    data = password.encode()
    return hashlib.pbkdf2_hmac("sha256", data, salt, PBKDF2_ROUNDS)
