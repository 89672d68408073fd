"""One settings module. What may differ between machines stands in env.py, nothing else."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from sp2k.base.faults.whole_files import write_whole
from sp2k.config.env import is_off, is_on, setting, whole_number
from sp2k.config.private_files import keep_new_files_private

keep_new_files_private()  # before the first file: the secret key below, then the database
SOURCE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(setting("SP2K_DATA_DIR")).expanduser().resolve()
DEBUG = is_on("SP2K_DEBUG")
DEMONSTRATION = is_on("SP2K_DEMONSTRATION")
SERVES_REAL = is_off("SP2K_DEMONSTRATION")  # said by the server itself: no row makes its time another
PORT = setting("PORT")
PROXIES = whole_number("SP2K_PROXIES")


def _secret_key() -> str:
    """Return the key from the environment, else the one kept in the data folder, made once with mode 600."""
    if given := setting("SP2K_SECRET_KEY"):
        return given
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        try:
            write_whole(kept, secrets.token_urlsafe(50).encode(), may_replace=False)
        except FileExistsError:
            pass
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [host.strip() for host in setting("SP2K_HOSTS").split(",") if host.strip()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "sp2k.base",
    "sp2k.journal",
    "sp2k.regions",
    "sp2k.accounts",
    "sp2k.instruments",
    "sp2k.editions",
    "sp2k.entries",
    "sp2k.judging",
    "sp2k.results",
    "sp2k.publication",
    "sp2k.desk",
    "sp2k.demo",
]

MIDDLEWARE = [
    "sp2k.base.middleware.faults_have_a_code",
    # Outermost but that, so that also a static file, a redirect and a refused host name bear these headers.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sp2k.base.pages.oversize.TooLargeIsCutOff",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sp2k.accounts.middleware.sessions_end",
    "sp2k.accounts.middleware.language_of_the_reader",
    "sp2k.accounts.middleware.names_of_faults_are_told_to_few",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sp2k.accounts.middleware.SignInFirst",
    "sp2k.accounts.middleware.SecondFactorFirst",
    "sp2k.base.middleware.private_pages_are_not_stored",
    "sp2k.base.middleware.RefusalsBecomePages",
    "sp2k.results.middleware.pages_are_held",
]

ROOT_URLCONF = "sp2k.config.urls"
WSGI_APPLICATION = "sp2k.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sp2k.desk.context.page_frame",
                "sp2k.demo.facts.context.sample_facts",
            ],
            "builtins": ["sp2k.base.templatetags.icons", "sp2k.base.templatetags.wording"],
        },
    }
]

FORM_RENDERER = "sp2k.base.pages.renderer.HouseRenderer"

DATABASES = {
    "default": {
        "ENGINE": "sp2k.base.sqlite",
        "NAME": DATA_DIR / "sp2k.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": whole_number("SP2K_BUSY_SECONDS"),
            # FULL: a commit is on the disk before anyone is told of it (ADR 0006).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "publication:home"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LOCALE_PATHS = [SOURCE_DIR / "sp2k" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
BLOB_DIR = DATA_DIR / "berkas"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
LARGEST_REQUEST = 64 * 10**6  # three of the largest files at once
# What is uploaded is held in memory until it is stored: no folder of temporary files can be full, none is left behind.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_REQUEST
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
_HTTPS = is_on("SP2K_HTTPS")
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-sesi" if _HTTPS else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # from signing in, however busy
SESSION_IDLE_AGE = 4 * 3600  # without a step; what was typed is carried over the next sign-in
SESSION_ENGINE = "sp2k.accounts.sessions"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"sp2k.faults": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
