"""Django's settings. Five environment variables decide, each with a sensible default:

``DUTYROOM_HOME`` the folder with all state · ``DUTYROOM_DATABASE`` empty for SQLite, or a
PostgreSQL address · ``DUTYROOM_HOSTS`` host names to answer to, separated by commas ·
``DUTYROOM_HTTPS`` ``1`` behind TLS: cookies then travel over TLS only · ``DUTYROOM_KEYRATE`` how
many requests a minute an API key of a partner may send. `to_read` sets a sixth, for commands that
write nothing.

A practice room is known by the file in its folder: it has SQLite there, whatever the environment
says. Cookies carry the room's id in their names, for a browser sends those of a host to all its
ports.
"""

import os
from pathlib import Path

from django.utils.csp import CSP

from dutyroom.machine.home import home
from dutyroom.site.database import database
from dutyroom.site.keyrate import requests_per_min
from dutyroom.site.secret import room_id, site_secret
from dutyroom.site.to_read import is_to_read, sealed

_TO_READ = is_to_read()
HOME = home().taken(to_read=_TO_READ)
PRACTICE = HOME.practice_file.is_file()
SECRET_KEY = site_secret(HOME.secret, to_read=_TO_READ and HOME.is_sealed)
ROOM_ID = room_id(SECRET_KEY)
DEBUG = False
ALLOWED_HOSTS = [
    host
    for host in os.environ.get("DUTYROOM_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host
]
PRACTICE_ROOM = "dutyroom.site.practice_room"  # the process that a trainer starts
ROOT_URLCONF = "dutyroom.site.urls"
APPEND_SLASH = False
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "dutyroom.journal",
    "dutyroom.projections",
    "dutyroom.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",  # also on the files of the console
    "dutyroom.site.middleware.ApiAnswers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",  # Content-Length: the answer goes in one piece
    "dutyroom.site.middleware.StrictCsrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dutyroom.site.middleware.BearerTokens",
    "dutyroom.site.middleware.AsWhoItSays",
]
TEMPLATES: list[dict[str, object]] = []
_ADDRESS = "" if PRACTICE else os.environ.get("DUTYROOM_DATABASE", "")
DATABASES = {
    "default": sealed(HOME.database)
    if _TO_READ and HOME.is_sealed and not _ADDRESS
    else database(_ADDRESS, HOME.database)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "site.Member"
AUTHENTICATION_BACKENDS = ["dutyroom.site.signing_in.MemberBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "dutyroom.site.sessions"
SESSION_COOKIE_AGE = 14 * 3600
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_NAME = f"dutyroom-{ROOM_ID}"
CSRF_COOKIE_NAME = f"csrf-{ROOM_ID}"
CSRF_FAILURE_VIEW = "dutyroom.site.views.csrf_failure"

HTTPS = os.environ.get("DUTYROOM_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "worker-src": [CSP.SELF, "blob:"],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],  # MapLibre and Svelte set style attributes
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

KEY_REQUESTS_PER_MIN = requests_per_min(os.environ.get("DUTYROOM_KEYRATE", ""))

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # texts come in pairs from packs and from the console's own catalogue
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

CONSOLE = Path(__file__).parent / "console"
STATIC_URL = "/static/console/"
STATIC_ROOT = CONSOLE
WHITENOISE_IMMUTABLE_FILE_TEST = r"/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
