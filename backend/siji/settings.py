"""Every setting, typed, in one file: the only reader of the environment.

Production (``SIJI_ENV=production``) refuses to start with a missing or default secret, with demo accounts, without allowed
hosts, or with connection pools that together exceed what the database admits (checked by ``siji doctor`` and at start).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_SECRET = "siji-development-only-secret-do-not-use-in-production"  # noqa: S105  # refused in production

Mode = Literal["development", "test", "production"]


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, parsed once. Field names are the variables in lower case, without ``SIJI_``."""

    mode: Mode
    home: Path
    content: Path
    secret_key: str
    database_url: str
    replica_urls: tuple[str, ...]
    replica_seconds: float
    cache_url: str
    broker_url: str
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    secure_cookies: bool
    demo: bool
    pool: bool
    pool_min: int
    pool_max: int
    pool_timeout: float
    processes_with_pool: int
    processes_without_pool: int
    speech_url: str
    speech_key: str
    speech_model: str
    speech_voices: tuple[str, ...]
    hashes_at_once: int
    hashes_waiting: int
    log_level: str
    host: str
    """Where the front door listens; loopback unless somebody decides otherwise."""
    port: int | None
    """The front door's; None: 8000, or the next free one."""
    given: frozenset[str]
    """Names of the variables that are set; what is not given, ``siji up`` provides itself."""

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Environment:
        """Raises ImproperlyConfigured with one sentence for each value that cannot be used."""
        mode = env.get("SIJI_ENV", "development")
        if mode not in ("development", "test", "production"):
            raise ImproperlyConfigured(f"SIJI_ENV is {mode!r}; it must be development, test or production.")
        here = Path(__file__).resolve().parent
        return cls(
            mode=mode,  # type: ignore[arg-type]  # narrowed by the check above
            home=Path(env.get("SIJI_HOME") or here.parents[1] / "var").resolve(),
            content=Path(env.get("SIJI_CONTENT") or here.parents[1] / "content").resolve(),
            secret_key=env.get("SECRET_KEY", "" if mode == "production" else DEVELOPMENT_SECRET),
            database_url=env.get("DATABASE_URL", "postgresql://siji@127.0.0.1:5432/siji"),
            replica_urls=_names(env.get("REPLICA_URLS", "")),
            replica_seconds=_seconds(env, "REPLICA_SECONDS", 2.0),
            cache_url=env.get("CACHE_URL", "redis://127.0.0.1:6379/0"),
            broker_url=env.get("BROKER_URL", "redis://127.0.0.1:6380/0"),
            allowed_hosts=_names(env.get("ALLOWED_HOSTS", "" if mode == "production" else "*")),
            trusted_origins=_names(env.get("TRUSTED_ORIGINS", "")),
            trusted_proxies=_networks(env, "TRUSTED_PROXIES"),
            secure_cookies=_flag(env, "SECURE_COOKIES", default=mode == "production"),
            demo=_flag(env, "SIJI_DEMO", default=False),
            pool=_flag(env, "DB_POOL", default=False),
            pool_min=_whole(env, "DB_POOL_MIN", 5),
            pool_max=_whole(env, "DB_POOL_MAX", 20),
            pool_timeout=_seconds(env, "DB_POOL_TIMEOUT", 4.0),
            processes_with_pool=_whole(env, "DB_POOL_PROCESSES", 2),
            processes_without_pool=_whole(env, "DB_PLAIN_PROCESSES", 8),
            speech_url=env.get("SPEECH_URL", ""),
            speech_key=env.get("SPEECH_KEY", ""),
            speech_model=env.get("SPEECH_MODEL", ""),
            speech_voices=_names(env.get("SPEECH_VOICES", "nova,onyx,alloy")),
            hashes_at_once=_whole(env, "HASHES_AT_ONCE", 1),
            hashes_waiting=_whole(env, "HASHES_WAITING", 4),
            log_level=env.get("LOG_LEVEL", "INFO").upper(),
            host=env.get("HOST") or "127.0.0.1",
            port=_whole(env, "PORT", 0) or None,
            given=frozenset(name for name, value in env.items() if value),
        ).checked()

    def checked(self) -> Environment:
        """Refuse what must never run in production."""
        if self.pool_min > self.pool_max:
            raise ImproperlyConfigured(f"DB_POOL_MIN ({self.pool_min}) is above DB_POOL_MAX ({self.pool_max}).")
        if self.speech_url and not (self.speech_model and len(self.speech_voices) == 3):
            raise ImproperlyConfigured(
                "SPEECH_URL needs SPEECH_MODEL and three SPEECH_VOICES (woman, man, announcer), for example nova,onyx,alloy."
            )
        if self.mode != "production":
            return self
        refusals = {
            "SECRET_KEY must be set to at least 40 random characters (siji secret prints one).": self.secret_key
            == DEVELOPMENT_SECRET
            or len(self.secret_key) < 40,
            "ALLOWED_HOSTS must name the hosts that serve Siji; * is refused.": not self.allowed_hosts
            or "*" in self.allowed_hosts,
            "SIJI_DEMO must be off: demo accounts have published passwords.": self.demo,
            "DEBUG must not be set: Siji has no debug mode that strangers may see.": "DEBUG" in self.given,
            "DATABASE_URL must hold a password.": not urlsplit(self.database_url).password,
        }
        if any(refusals.values()):
            wrong = [words for words, is_so in refusals.items() if is_so]
            raise ImproperlyConfigured("Production refuses to start: " + " ".join(wrong))
        return self

    @property
    def connections_needed(self) -> int:
        """The most database connections that all processes may hold at once."""
        return self.processes_with_pool * self.pool_max + self.processes_without_pool


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _networks(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Addresses and networks, ``10.0.0.5,192.168.0.0/16``."""
    given = _names(env.get(name, ""))
    for network in given:
        try:
            ip_network(network, strict=False)
        except ValueError:
            raise ImproperlyConfigured(f"{name}: {network!r} is no address and no network such as 10.0.0.0/8.") from None
    return given


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = env.get(name, "").strip().lower()
    if text in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if text == "" else text in ("1", "true", "yes", "on")
    raise ImproperlyConfigured(f"{name} is {text!r}; use 1 or 0.")


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(env.get(name) or default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {env[name]!r}.") from None


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name) or str(default)
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 3600:
        raise ImproperlyConfigured(f"{name} must be a number of seconds above 0, not {text!r}.")
    return seconds


def database(url: str, *, pool: dict[str, Any] | bool) -> dict[str, Any]:
    """Django's description of a postgresql:// URL. A pool and persistent connections exclude each other, so the age is 0."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://")
    # A word that stands in very many rows is answered from a part of them: nobody reads the hundred-thousandth hit.
    options: dict[str, Any] = {
        "connect_timeout": 10,
        "application_name": "siji",
        "options": "-c gin_fuzzy_search_limit=20000",
    }
    if pool:
        options["pool"] = pool
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or 5432,
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


ENV = Environment.read(os.environ)

BASE_DIR = Path(__file__).resolve().parents[1]
SIJI_MODE: Mode = ENV.mode
SIJI_HOME = ENV.home
SIJI_CONTENT = ENV.content
SIJI_DEMO = ENV.demo
CONNECTIONS_NEEDED = ENV.connections_needed
SPEECH_URL = ENV.speech_url
SPEECH_KEY = ENV.speech_key
SPEECH_MODEL = ENV.speech_model
SPEECH_VOICES = ENV.speech_voices
HASHES_AT_ONCE = ENV.hashes_at_once
HASHES_WAITING = ENV.hashes_waiting
TRUSTED_PROXIES = ENV.trusted_proxies

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)
USE_X_FORWARDED_HOST = True
ROOT_URLCONF = "siji.urls"
WSGI_APPLICATION = "siji.wsgi.application"
ASGI_APPLICATION = "siji.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "siji.jobs",
    "siji.accounts",
    "siji.bank",
    "siji.courses",
    "siji.practice",
]
if ENV.mode == "test":
    INSTALLED_APPS.append("zeal")  # finds N+1 queries inside zeal_context()

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "siji.storage.replicas.router.ReadYourWrites",
    "siji.middleware.PrivateByDefault",
]

POOL = {"min_size": ENV.pool_min, "max_size": ENV.pool_max, "timeout": ENV.pool_timeout, "max_lifetime": 600}


def replica(url: str) -> dict[str, Any]:
    """As the primary, but quick to give up: what a replica does not answer, the primary does."""
    described = database(url, pool=POOL | {"timeout": min(1.0, ENV.pool_timeout), "min_size": 1} if ENV.pool else False)
    described["OPTIONS"]["connect_timeout"] = 2
    return described | {
        "ENGINE": "siji.storage.replicas",
        "CONN_HEALTH_CHECKS": False,  # a question to a frozen server that nobody watches; a failed query is asked of the primary
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a result comes whole or not at all
        "TEST": {"MIRROR": "default"},
    }


REPLICAS = tuple(f"replica_{number}" for number, _ in enumerate(ENV.replica_urls, 1))
REPLICA_SECONDS = ENV.replica_seconds
REPLICAS_NEVER = ("/api/v1/attempts", "/api/v1/session", "/api/v1/health", "/api/v1/jobs")
"""Beginnings of paths that read from the primary only: what a person acts on this second."""
DATABASES = {
    "default": database(ENV.database_url, pool=POOL if ENV.pool else False),
    **{alias: replica(url) for alias, url in zip(REPLICAS, ENV.replica_urls, strict=True)},
}
DATABASE_ROUTERS = ["siji.storage.replicas.router.DatabaseRouter"] if REPLICAS else []

CACHE_URL = ENV.cache_url
# A cache that does not answer at once is passed by; in tests a busy machine is not a dead cache.
CACHE_SECONDS = 2.0 if ENV.mode == "test" else 0.2
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {
            "CLIENT_CLASS": "django_redis.client.DefaultClient",
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": CACHE_SECONDS,
            "SOCKET_TIMEOUT": CACHE_SECONDS,
        },
        "KEY_PREFIX": "siji",
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["siji.accounts.hashing.BoundedArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENV.secure_cookies
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENV.secure_cookies
CSRF_FAILURE_VIEW = "siji.problems.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
USE_I18N = False
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

CELERY_BROKER_URL = ENV.broker_url
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A dead broker must cost a request almost nothing: one try, since the sweeper wakes the job later.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_BEAT_SYNC_EVERY = 1  # its file shows that it is alive (siji doctor)
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "siji.jobs.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "forget-old-failures": {"task": "siji.accounts.tasks.forget_old_failures", "schedule": 3600.0},
    "forget-old-notices": {"task": "siji.accounts.tasks.forget_old_notices", "schedule": 24 * 3600.0},
    "tell-of-windows": {"task": "siji.courses.tasks.tell_of_windows", "schedule": 120.0, "options": {"expires": 120}},
    "forget-initial-passwords": {"task": "siji.courses.tasks.forget_initial_passwords", "schedule": 3600.0},
    "close-due-attempts": {"task": "siji.practice.tasks.close_due", "schedule": 5.0, "options": {"expires": 5}},
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["err"], "level": ENV.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django_redis": {"level": "CRITICAL" if ENV.mode == "test" else "WARNING"},
    },
}

# Usernames are unique without case, by a constraint on Lower(username); the check knows only unique=True.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]
