"""Settings. What an installation decides comes from the environment; see docs/deploying.md.

FOITRACKER_MODE is `production` (the default), `local` (`make run`, or `manage.py` on one's own machine) or
`test`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue as JobQueue
from redis.backoff import NoBackoff
from redis.retry import Retry

from foitracker.queues import Queue

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("FOITRACKER_DATA_DIR", default=str(BASE_DIR / ".data")))

FOITRACKER_MODE = env.str("FOITRACKER_MODE", default="production")
if FOITRACKER_MODE not in {"production", "local", "test"}:
    raise ImproperlyConfigured(
        f"FOITRACKER_MODE is {FOITRACKER_MODE!r}; it must be production, local or test."
    )
IN_PRODUCTION = FOITRACKER_MODE == "production"

DEMONSTRATION_SECRET_KEY = "a-public-key-for-trying-the-tracker-on-ones-own-machine"  # noqa: S105
DEMONSTRATION_PSEUDONYM_KEY = "a-public-key-that-marks-invented-applicants-only"
DEMONSTRATION_AUDIT_KEY = "a-public-key-that-seals-the-trail-of-a-demonstration"


def from_environment(name: str, *, elsewhere: str) -> str:
    """Return the variable `name`: required in production, `elsewhere` when unset in the other modes."""
    value = env.str(name, default="")
    if not value and IN_PRODUCTION:
        raise ImproperlyConfigured(f"{name} must be set in production. See docs/deploying.md.")
    return value or elsewhere


def keys_from_environment(name: str, *, elsewhere: str, shortest: int) -> list[str]:
    """Return the keys in the variable `name`, separated by commas, in their order; no error repeats one."""
    keys = [key.strip() for key in from_environment(name, elsewhere=elsewhere).split(",")]
    for number, key in enumerate(keys, start=1):
        if len(key) < shortest:
            raise ImproperlyConfigured(
                f"{name}: key {number} has {len(key)} characters; it needs at least {shortest}."
            )
        if key in keys[: number - 1]:
            raise ImproperlyConfigured(f"{name}: key {number} is the same as an earlier one.")
    if IN_PRODUCTION and elsewhere in keys:
        raise ImproperlyConfigured(f"{name} has the public demonstration key. Set one of your own.")
    return keys


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = from_environment("SECRET_KEY", elsewhere=DEMONSTRATION_SECRET_KEY)
if IN_PRODUCTION and SECRET_KEY == DEMONSTRATION_SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is the public demonstration key. Set one of your own.")
# What marks of applicants are made with (docs/decisions/0012-a-mark-instead-of-a-name.md). Every key ever used
# stays in the list; a new one is added at its end.
REFERRAL_PSEUDONYM_KEYS = keys_from_environment(
    "REFERRAL_PSEUDONYM_KEYS", elsewhere=DEMONSTRATION_PSEUDONYM_KEY, shortest=32
)
# What the keyed hashes of the trail are made with, the newest first; older ones stay, to check what they sealed.
AUDIT_KEYS = keys_from_environment("AUDIT_KEYS", elsewhere=DEMONSTRATION_AUDIT_KEY, shortest=32)
if {SECRET_KEY, *REFERRAL_PSEUDONYM_KEYS} & set(AUDIT_KEYS):
    raise ImproperlyConfigured("AUDIT_KEYS holds a key that has another use, too. Set keys of its own.")
# Where the head of the trail is noted down once a day, outside the database.
_anchor_file = env.str("AUDIT_ANCHOR_FILE", default="")
AUDIT_ANCHOR_FILE = Path(_anchor_file) if _anchor_file else None
# What back-ups are encrypted with; only the commands that make and restore them need it.
BACKUP_KEY = env.str("BACKUP_KEY", default="")
if IN_PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG shows personal data on error pages; it cannot be on in production.")

# The machine itself may always ask: health checks do.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] + [
    host for host in from_environment("ALLOWED_HOSTS", elsewhere="").split(",") if host
]
if not IN_PRODUCTION and env.str("HOST", default="") not in {"", "127.0.0.1", "localhost"}:
    ALLOWED_HOSTS.append("*")  # HOST was set by hand to be reached from other machines

INSTALLED_APPS = [
    "dashboard",
    "dashboard.returns",
    "referrals",
    "requests_app",
    "foitracker.charts",
    "foitracker.statistics",
    "foitracker.working_days",
    "foitracker.identity",
    "foitracker.trail",
    "foitracker.outbox",
    "foitracker.reminders",
    "foitracker.improvement",
    "foitracker.status",
    "foitracker.backup",
    "foitracker.casework",
    "foitracker.pages",
    "foitracker.mail",
    "foitracker.audit",
    "foitracker.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "django_htmx",
    "pgtrigger",
]
if not IN_PRODUCTION:
    INSTALLED_APPS.append("benchmarks")  # its command fills an empty database with made-up cases

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foitracker.trail.access_middleware.RecordAccesses",
    "foitracker.idle.KeepSessionAlive",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foitracker.casework.refusal_pages.RefusalMiddleware",
]

ROOT_URLCONF = "foitracker.urls"
WSGI_APPLICATION = "foitracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foitracker.accounts.context.demonstration_accounts",
                "dashboard.navigation.navigation",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
CRISPY_FAIL_SILENTLY = False
# Widgets the template pack gives no Design System class of its own.
CRISPY_CLASS_CONVERTERS = dict.fromkeys(
    ("dateinput", "numberinput", "searchinput", "telinput", "urlinput"), "govuk-input"
)

# --- Services -------------------------------------------------------------------------------------

# Where no URL is set the embedded services set both variables before this file is read
# (foitracker/embedded.py); commands that touch no service never connect to the addresses below.
DATABASE_URL = from_environment("DATABASE_URL", elsewhere="postgresql:///foitracker")
# Whom `migrate` and what else changes tables connects as; the role of DATABASE_URL then has lesser rights.
MIGRATION_DATABASE_URL = env.str("MIGRATION_DATABASE_URL", default="")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
# The web server keeps connections (serving.py says how many); a command or a task opens one and closes it.
POOL_SIZE = env.int("DATABASE_POOL_SIZE", default=0)
if POOL_SIZE:
    pool = {"min_size": 1, "max_size": POOL_SIZE, "timeout": 10}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = pool

# What ends a statement, a wait for a lock and a transaction left open; 0 for no limit, as commands have it. The web
# server sets it for itself (serving.py), and whoever starts the worker sets a longer one.
DATABASE_STATEMENT_SECONDS = env.int("DATABASE_STATEMENT_SECONDS", default=0)
if DATABASE_STATEMENT_SECONDS:
    limits = {
        "statement_timeout": DATABASE_STATEMENT_SECONDS,
        "lock_timeout": DATABASE_STATEMENT_SECONDS / 2,
        "idle_in_transaction_session_timeout": DATABASE_STATEMENT_SECONDS * 3,
    }
    options = DATABASES["default"].setdefault("OPTIONS", {})
    given = [options["options"]] if "options" in options else []
    options["options"] = " ".join(
        [*given, *(f"-c {name}={round(seconds * 1000)}" for name, seconds in limits.items())]
    )

REDIS_URL = from_environment("REDIS_URL", elsewhere="redis://localhost:6379/0")
REDIS_KEY_PREFIX = env.str("REDIS_KEY_PREFIX", default="foitracker-")  # for a Redis that others use, too
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"{REDIS_KEY_PREFIX}cache",
        # A page does not wait for a Redis that is away.
        "OPTIONS": {"socket_timeout": 3, "socket_connect_timeout": 3, "retry": Retry(NoBackoff(), retries=1)},
    }
}

# Celery knows sockets by another scheme than Redis's own client does.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # longer than any task may run, so that none is handed out twice while alive
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    # Who queues a task while Redis is away goes on at once: kombu alone would try for six seconds.
    "max_retries": 1,
    "interval_start": 0.1,
    "global_keyprefix": f"{REDIS_KEY_PREFIX}jobs-",
}
# What names no queue is a sweep; what is sent names the queue of its lane.
CELERY_TASK_DEFAULT_QUEUE = Queue.SWEEPS.value
CELERY_TASK_QUEUES = [JobQueue(queue.value, routing_key=queue.value) for queue in Queue]
CELERY_TASK_CREATE_MISSING_QUEUES = False  # a queue with a slip in its name would be worked off by nobody
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.2}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # keeps no file: the next run makes up for a missed one
# The hours of the schedule. In UK time beat would stand still for the hour that comes twice in October.
CELERY_TIMEZONE = "UTC"

# Mail goes out by SMTP: smtp+tls://user:password@host:587. Without it each message becomes a file.
EMAIL_URL = from_environment("EMAIL_URL", elsewhere="")
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
# Where people reach the tracker: what links in e-mails begin with.
PUBLIC_URL = from_environment("PUBLIC_URL", elsewhere=f"http://127.0.0.1:{env.str('PORT', default='8000')}")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="foi@example.org")

# The status page asks for attention when an e-mail has waited longer.
LONGEST_UNSENT_MINUTES = env.int("LONGEST_UNSENT_MINUTES", default=15)
# What monitoring names to read the status without signing in; without one it cannot.
MONITORING_TOKEN = env.str("MONITORING_TOKEN", default="")
if MONITORING_TOKEN and len(MONITORING_TOKEN) < 32:
    raise ImproperlyConfigured(
        f"MONITORING_TOKEN has {len(MONITORING_TOKEN)} characters; it needs at least 32."
    )


def mailbox_from_environment(name: str) -> str:
    """Return the address of a mailbox in the variable `name`, empty when unset; no error repeats it."""
    address: str = env.str(name, default="")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_whole = parts.port != 0 and parts.hostname and parts.username and parts.password
    except ValueError:
        parts, is_whole = urlsplit(""), False
    if parts.scheme not in {"imap+ssl", "imap+tls", "imap"} or not is_whole:
        raise ImproperlyConfigured(
            f"{name} must look like imap+ssl://user:password@host:993/INBOX. See docs/deploying.md."
        )
    if parts.scheme == "imap" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured(
            f"{name}: imap:// would send the password unencrypted to another machine. Use imap+ssl:// or imap+tls://."
        )
    return address


# Where e-mails that came back are read (imap+tls:// is STARTTLS); empty where people enter them.
BOUNCE_MAILBOX_URL = mailbox_from_environment("BOUNCE_MAILBOX_URL")
if FOITRACKER_MODE == "test":
    BOUNCE_MAILBOX_URL = ""  # tests name a server of their own

# The published bank holidays, read once a day; empty where the machine has no way out (then: --file).
BANK_HOLIDAYS_URL = env.str("BANK_HOLIDAYS_URL", default="https://www.gov.uk/bank-holidays.json")
if FOITRACKER_MODE == "test":
    BANK_HOLIDAYS_URL = ""  # tests name a server of their own

# --- People and sessions --------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if FOITRACKER_MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow hash protects nothing here
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "foitracker.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "foitracker.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_PREVENT_ENUMERATION = True
# Proxies in front whose X-Forwarded-* headers are trusted; rate limits count by the address behind them.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# Sessions live in the database so that pages keep working while Redis is away.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_MINUTES", default=30) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Headers --------------------------------------------------------------------------------------

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list is the domain's owner's decision
SECURE_REFERRER_POLICY = "same-origin"
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # the design systems draw small icons as data: images
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
# The longest text (200,000 characters, each of which can take several bytes) fits; uploads come with documents.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a request of 400 items is edited on one page

# --- Files, language, logs ------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static" if IN_PRODUCTION else None  # elsewhere served from where they lie
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IN_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IN_PRODUCTION

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# No user, address or query string is logged, and the formatter removes the values databases put into errors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "foitracker.logs.WithoutValues",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "flufl.bounce": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
