"""Every setting, read from the environment.

Without any variable Binnenplein runs on SQLite with the worker in the same process. ``DATABASE_URL``,
``REDIS_URL`` and ``EMAIL_URL`` switch the real services on; ``docs/beheer.md`` lists all variables.
"""

import secrets
import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))

# --- Basics -----------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
TESTING = "pytest" in sys.modules

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or TESTING):
        raise ImproperlyConfigured("Zet SECRET_KEY in de omgeving (een lange, willekeurige tekst).")
    # A key of this machine's own, so that a restart does not log everyone out.
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    _geheim = DATA_DIR / "geheim"
    if not _geheim.exists():
        _geheim.touch(mode=0o600)
        _geheim.write_text(secrets.token_urlsafe(50))
    SECRET_KEY = _geheim.read_text()

SITE_NAAM = env.str("SITE_NAAM", default="Binnenplein")
SITE_ONDERTITEL = env.str("SITE_ONDERTITEL", default="gemeente Zandmeer")
# Whose Binnenplein this is, as the foot of every page says it.
SITE_VAN = env.str(
    "SITE_VAN",
    default="de gemeenten Zandmeer, Oosterwold en Lindenaar, van De Waterkant en van Sociaal Plein",
)
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
# The token file of a municipality: intranet/static/intranet/gebouwd/gemeente-<thema>.css
SITE_THEMA = env.str("SITE_THEMA", default="zandmeer")

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG or TESTING else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# A setting of our own: only communitymanagers start a Groep.
GROEP_STARTEN_ALLEEN_COMMUNITYMANAGERS = env.bool("GROEP_STARTEN_ALLEEN_COMMUNITYMANAGERS", default=False)
# Demo people log in with a known password; with DEBUG off only when asked for by this name.
DEMO_TOEGESTAAN = DEBUG or env.bool("DEMO_TOEGESTAAN", default=False)

INSTALLED_APPS = [
    "intranet",
    "intranet.events",
    "intranet.concepten",
    "intranet.meldingen",
    "intranet.live",
    "intranet.zoeken",
    "profielen",
    "groepen",
    "kennisbank",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_prose_editor",
    "django_htmx",
    "csp",
    "servestatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "intranet.statisch.statisch",
    "csp.middleware.CSPMiddleware",
    "intranet.middleware.BeheerCspMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intranet.concepten.middleware.BewaarBijUitloggen",
    "intranet.middleware.InlogMiddleware",
    "intranet.middleware.TaalMiddleware",
    "intranet.middleware.KnopMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "intranet.urls"
WSGI_APPLICATION = "intranet.wsgi.application"
ASGI_APPLICATION = "intranet.asgi.application"

# Our own pages are Jinja2 (list of 25: 0.16 ms against 2.3 ms); what allauth, Wagtail and Django
# bring stays in Django's language, inside the same frame. See docs/adr/0003-jinja2.md.
TEMPLATES = [
    {
        "BACKEND": "intranet.jinja.Sjablonen",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "intranet.jinja.environment",
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
            "trim_blocks": True,
            "lstrip_blocks": True,
            "auto_reload": DEBUG,
            "context_processors": [],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["intranet.templatetags.raam"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Database, cache, files -------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'binnenplein.sqlite3'}")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
_db = DATABASES["default"]
if _db["ENGINE"].endswith("sqlite3"):
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    _db["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
else:
    _db["CONN_MAX_AGE"] = 0
    _db["OPTIONS"] = {
        "pool": {
            "min_size": env.int("DATABASE_POOL_MIN", default=2),
            "max_size": env.int("DATABASE_POOL_MAX", default=8),
            # Back within seconds of the server's return; by default the pool waits as long again.
            "timeout": 10,
            "reconnect_timeout": 5,
            # A day, not an hour: a new session costs a request its plans (intranet.prepared).
            "max_lifetime": 24 * 3600,
        },
        # PostgreSQL keeps the plans of the hot queries (intranet.prepared). Behind a PgBouncer in transaction
        # mode, which cannot keep them, set it to 0.
        "prepare_threshold": env.int("DATABASE_PREPARE", default=2) or None,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
_in_database = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
CACHES = {"default": _in_database}
if REDIS_URL:
    # A dead Redis falls back to the table: pages and login limits go on.
    CACHES = {
        "default": {"BACKEND": "intranet.cache.RedisMetTerugval", "LOCATION": REDIS_URL},
        "database": _in_database,
    }

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "static-verzameld")))
SERVESTATIC_USE_FINDERS = DEBUG or TESTING
SERVESTATIC_AUTOREFRESH = DEBUG or TESTING
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
MEDIA_URL = "/bestanden-niet-openbaar/"  # no view serves this path: files go out through the rule
# Set to the internal location of nginx to let it send the bytes (X-Accel-Redirect).
X_ACCEL_PAD = env.str("X_ACCEL_PAD", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
# Large bodies must reach the form, which answers in words; see intranet.middleware and docs/beheer.md.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Whether pages open a socket, to hear of what is new. Off where no server listens at /ws/, as in tests.
LIVE = env.bool("LIVE", default=not TESTING)

# --- Events: what hears that something happened ------------------------------------------------

# name -> dotted path of handle(event); see intranet/events/models.py
OUTLETS = {
    "meldingen": "intranet.meldingen.outlet.handle",
    "live": "intranet.live.outlet.handle",
    "zoeken": "intranet.zoeken.outlet.handle",
}

# Searching: empty for the engine in the own database, else the address of an Elasticsearch (8 or 9).
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
# What the names of its indexes begin with: another one for every site that shares a server.
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", default="binnenplein")

# Naming a Groep, Afdeling or Onderwerp: above so many people ask first, above so many only who looks after
# the Groep where it is written, or a communitymanager.
VERMELD_VRAAG_BOVEN = env.int("VERMELD_VRAAG_BOVEN", default=25)
VERMELD_RECHT_BOVEN = env.int("VERMELD_RECHT_BOVEN", default=100)

# Web push: by default the key follows from SECRET_KEY. Keeps the devices when that one changes.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")

# What the worker does by the clock: dotted path -> at most once in so many seconds, over all workers.
KLUSSEN = {
    "groepen.klussen.geef_stille_vragen_vrij": 300,
    "groepen.klussen.meld_verlopen_lidmaatschappen": 60,
    "groepen.klussen.bewaak_normen": 300,
    "intranet.zoeken.onderhoud.herbouw_zo_nodig": 60,
    "intranet.nachtwerk.alles": 24 * 3600,
    # Last, because others may take their time.
    "intranet.meldingen.telefoon.duwen.verwerk": 5,
    "intranet.meldingen.zendingen.verwerk": 15,
    "intranet.meldingen.overzicht.verwerk": 60,
}

if ELASTICSEARCH_URL:
    # An outlet of its own: when Elasticsearch is away the index in our own tables, behind it, goes on.
    OUTLETS["zoeken_elastic"] = "intranet.zoeken.terugval.handle"
    KLUSSEN["intranet.zoeken.terugval.herstel"] = 60

# --- Who: accounts ----------------------------------------------------------------------------

AUTH_USER_MODEL = "profielen.Gebruiker"
AUTHENTICATION_BACKENDS = ["intranet.accounts.InlogBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "intranet.wachtwoord.MinstensLang",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "intranet.wachtwoord.LijktNiet"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = reverse_lazy("account_login")
ACCOUNT_ADAPTER = "intranet.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "intranet.accounts.AanmeldForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"
# Per account tight, per address wide: a town hall with hundreds of colleagues sits behind one address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "200/m/ip,10/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "intranet.accounts.SleutelAdapter"
MFA_FORMS = {"add_webauthn": "intranet.accounts.SleutelForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or TESTING
MFA_TOTP_ISSUER = SITE_NAAM

SESSION_ENGINE = "intranet.sessie"
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=14 * 24 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "intranet.views.csrf_mislukt"
_https = SITE_URL.startswith("https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if _https else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=_https)
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=_https):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# Strict on every page of ours; /cms/ and /beheer/ get their own in intranet.middleware.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/cms/", "/beheer/"),
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    },
}

# --- Mail -------------------------------------------------------------------------------------

_mail = env.email_url("EMAIL_URL", default="filemail://" if not (DEBUG or TESTING) else "consolemail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH") or str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Binnenplein <binnenplein@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "intranet" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True

# --- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAAM
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "kennisbank.Beeld"
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_MODERATION_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Logging ----------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # At INFO these two tell of every page by name, also of those that few may see.
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        # A line for each request; what fails is told by intranet.zoeken itself.
        "elastic_transport": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
