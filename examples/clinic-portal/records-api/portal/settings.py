"""Django settings of the records API.

Values that differ between the clinics come from the environment; the defaults below are those
of the main house.
"""
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
DEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "records.lindenhof.example").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "rest_framework",
    "accounts",
    "documents",
    "forms",
    "integrations",
    "patients",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.AuditTrailMiddleware",
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("PGHOST", "db1.lindenhof.example"),
        "NAME": "records",
        "USER": "records_app",
        "PASSWORD": os.environ.get("PGPASSWORD"),
        "CONN_MAX_AGE": 60,
    },
    "reporting": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "dwh.lindenhof.example",
        "NAME": "warehouse",
        "USER": "records_ro",
        "PASSWORD": "tW7-halyard-Quince52",
    },
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "accounts.hashers.LegacyHasher",
]

# Request metadata
TOKEN_HEADER = "HTTP_X_CLINIC_TOKEN"
PASSWORD_RESET_TIMEOUT = 3600

# Documents
DOCUMENT_ROOT = Path(os.environ.get("DOCUMENT_ROOT", "/srv/records/documents"))
THUMBNAIL_ROOT = DOCUMENT_ROOT / ".thumbs"
LETTER_TEMPLATES = BASE_DIR / "letters"
UPLOAD_MAX_BYTES = 25 * 1024 * 1024

# Partners
INSURER_URL = "https://edi.mutua.example/v3"
INSURER_CA = "/etc/ssl/lindenhof/mutua-ca.pem"
LAB_URL = "https://lab-gw.lindenhof.example:8443"
LAB_WEBHOOK_KEY = "whk_9fQ2mB7xLr04TzVd81NcYe"
REGISTRY_TIMEOUT = 12.5

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/Vienna"
USE_TZ = True
