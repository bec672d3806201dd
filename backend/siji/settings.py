"""Every setting, typed, in one file: the only reader of the environment.

Production (``SIJI_ENV=production``) refuses to start with a missing or default secret, without allowed hosts, or where no browser
could sign in. What only the database knows (demo accounts, how many connections it admits) is checked when each process starts:
see ``embedded/starting.py``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from siji.production import DEVELOPMENT_SECRET, refusals
from siji.variables import (
    LEVELS,
    Unusable,
    address,
    database_options,
    flag,
    names,
    networks,
    one_of,
    origins,
    seconds,
    secret_file,
    urls,
    whole,
)

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
    """Who calls us on behalf of a browser: their X-Forwarded-For, -Host and -Proto are believed, nobody else's."""
    metrics_from: tuple[str, ...]
    """Who may read the figures for Prometheus; by default this machine."""
    secure_cookies: bool
    hsts_seconds: int
    """How long a browser that has seen HTTPS here insists on it; 0: not told."""
    demo: bool
    pool: bool
    sync_answers: bool
    """The saving of an answer waits for a synchronous standby; nothing else does."""
    pool_min: int
    pool_max: int
    pool_timeout: float
    at_once: int
    """Requests that one API process works on at once, the saving of answers aside: one interpreter gains nothing by more."""
    pool_reserved: int
    """Connections of each pool that only the saving of answers may use; 0: no gate."""
    pool_waiting: int
    """How many requests of a process may wait for one of the others; each takes a thread."""
    processes_with_pool: int
    processes_without_pool: int
    speech_url: str
    speech_key: str
    speech_model: str
    speech_voices: tuple[str, ...]
    model_endpoints: tuple[str, ...]
    """Where a model may be asked, up to and including /v1 where there is one: an administrator chooses among these alone."""
    model_key_secret: str
    """What MODEL_KEY_FILE holds; "" where SECRET_KEY stands in for it."""
    model_processes: int
    """Processes that may ask a model: what each may do without Redis is its share."""
    ai_batch: int
    ai_tasks_at_once: int
    ai_task_seconds: int
    """Of a run with a model: askings in a batch, at once in one worker, and how long one may take."""
    keep_notices_days: int
    keep_replies_days: int
    """What a model has said, kept so that the same question is not paid twice."""
    keep_jobs_days: int
    keep_traces_days: int
    """When a student of an exam was there and left the page, after its end."""
    rate_per_user: int
    """Requests a minute of one person, the saving of answers aside; 0: no limit."""
    rate_per_address: int
    """Requests a minute from one address by nobody who is signed in; 0: no limit."""
    hashes_at_once: int
    hashes_waiting: int
    log_level: str
    heartbeat: str
    """The file in SIJI_HOME/run by which a worker shows that it lives."""
    alerts_escalate_minutes: int
    """After so long an alert that nobody has acknowledged goes to those who are told of such alone."""
    host: str
    """Where the front door listens; loopback unless somebody decides otherwise."""
    port: int | None
    """The front door's; None: 8000, or the next free one."""
    backups: Path | None
    """Where backups and the archived log of the embedded database go; None: only what ``siji backup --to`` names."""
    given: frozenset[str]
    """Names of the variables that are set; what is not given, ``siji up`` provides itself."""

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Environment:
        """Raises Unusable, which names the first value that cannot be used and says what to write instead."""
        mode: Mode = one_of(env, "SIJI_ENV", "development", ("development", "test", "production"))  # type: ignore[assignment]
        here = Path(__file__).resolve().parent
        is_production = mode == "production"
        return cls(
            mode=mode,
            home=Path(env.get("SIJI_HOME") or here.parents[1] / "var").resolve(),
            content=Path(env.get("SIJI_CONTENT") or here.parents[1] / "content").resolve(),
            secret_key=env.get("SECRET_KEY") or ("" if is_production else DEVELOPMENT_SECRET),
            **_servers(env),
            replica_urls=_replicas(env),
            replica_seconds=seconds(env, "REPLICA_SECONDS", 2),
            allowed_hosts=names(env, "ALLOWED_HOSTS", "" if is_production else "*"),
            trusted_origins=origins(env, "TRUSTED_ORIGINS"),
            trusted_proxies=networks(env, "TRUSTED_PROXIES"),
            metrics_from=networks(env, "METRICS_FROM") or ("127.0.0.0/8", "::1"),
            secure_cookies=flag(env, "SECURE_COOKIES", default=is_production),
            hsts_seconds=whole(env, "HSTS_SECONDS", 0, most=63_072_000),
            demo=flag(env, "SIJI_DEMO", default=False),
            sync_answers=flag(env, "SYNC_ANSWERS", default=False),
            pool=flag(env, "DB_POOL", default=False),
            pool_min=whole(env, "DB_POOL_MIN", 5, most=1000),
            pool_max=whole(env, "DB_POOL_MAX", 20, least=1, most=1000),
            pool_timeout=seconds(env, "DB_POOL_TIMEOUT", 4),
            at_once=whole(env, "API_AT_ONCE", 8, least=1, most=1000),
            pool_reserved=whole(env, "DB_POOL_RESERVED", whole(env, "DB_POOL_MAX", 20) // 5, most=1000),
            pool_waiting=whole(env, "DB_POOL_WAITING", 48, most=10_000),
            processes_with_pool=whole(env, "DB_POOL_PROCESSES", 2),
            processes_without_pool=whole(env, "DB_PLAIN_PROCESSES", 8),
            speech_key=env.get("SPEECH_KEY", ""),
            speech_model=env.get("SPEECH_MODEL", ""),
            speech_voices=names(env, "SPEECH_VOICES", "nova,onyx,alloy"),
            model_endpoints=urls(env, "MODEL_ENDPOINTS", "https://api.deepseek.com"),
            model_key_secret=secret_file(env, "MODEL_KEY_FILE"),
            model_processes=whole(env, "MODEL_PROCESSES", 2, least=1, most=1000),
            ai_batch=whole(env, "AI_BATCH", 5, least=1, most=50),
            ai_tasks_at_once=whole(env, "AI_TASKS_AT_ONCE", 10, least=1, most=50),
            ai_task_seconds=whole(env, "AI_TASK_SECONDS", 300, least=10, most=3600),
            keep_notices_days=_days(env, "KEEP_NOTICES_DAYS", 180),
            keep_replies_days=_days(env, "KEEP_REPLIES_DAYS", 90),
            keep_jobs_days=_days(env, "KEEP_JOBS_DAYS", 180),
            keep_traces_days=_days(env, "KEEP_TRACES_DAYS", 365),
            rate_per_user=whole(env, "RATE_PER_USER", 1200),
            rate_per_address=whole(env, "RATE_PER_ADDRESS", 12_000),
            hashes_at_once=whole(env, "HASHES_AT_ONCE", 1, least=1, most=1000),
            hashes_waiting=whole(env, "HASHES_WAITING", 4, most=10_000),
            log_level=one_of({name: value.upper() for name, value in env.items()}, "LOG_LEVEL", "INFO", LEVELS),
            heartbeat=env.get("SIJI_HEARTBEAT") or "worker-heartbeat",
            alerts_escalate_minutes=whole(env, "ALERTS_ESCALATE_MINUTES", 15, least=1, most=24 * 60),
            host=env.get("HOST") or "127.0.0.1",
            port=whole(env, "PORT", 0, most=65_535) or None,
            backups=Path(env["SIJI_BACKUPS"]).resolve() if env.get("SIJI_BACKUPS") else None,
            given=frozenset(name for name, value in env.items() if value),
        ).checked()

    def checked(self) -> Environment:
        """Values that do not go together, and what must never run in production."""
        if self.pool_min > self.pool_max:
            raise Unusable(
                f"DB_POOL_MIN（{self.pool_min}）大于 DB_POOL_MAX（{self.pool_max}），请改小前者或改大后者。",
                f"DB_POOL_MIN ({self.pool_min}) is above DB_POOL_MAX ({self.pool_max}): lower the one or raise the other.",
            )
        if self.pool_reserved >= self.pool_max:
            raise Unusable(
                f"DB_POOL_RESERVED（{self.pool_reserved}）必须小于 DB_POOL_MAX（{self.pool_max}），否则只能保存答案。",
                f"DB_POOL_RESERVED ({self.pool_reserved}) must be below DB_POOL_MAX ({self.pool_max}): "
                "else nothing but saving answers could be done.",
            )
        if self.speech_url and not (self.speech_model and len(self.speech_voices) == 3):
            raise Unusable(
                "设了 SPEECH_URL，还需要 SPEECH_MODEL 和三个 SPEECH_VOICES（女声、男声、播音），例如 nova,onyx,alloy。",
                "SPEECH_URL needs SPEECH_MODEL and three SPEECH_VOICES (woman, man, announcer), for example nova,onyx,alloy.",
            )
        if self.hsts_seconds and not self.trusted_proxies:
            raise Unusable(
                "设了 HSTS_SECONDS，还需要 TRUSTED_PROXIES：终止 HTTPS 的代理的地址，例如 127.0.0.1。",
                "HSTS_SECONDS needs TRUSTED_PROXIES: the address of the proxy that speaks HTTPS, for example 127.0.0.1.",
            )
        wrong = refusals(self) if self.mode == "production" else []
        if wrong:
            raise Unusable(
                "生产环境拒绝启动：" + "".join(zh for zh, _ in wrong),
                "Production refuses to start: " + " ".join(en for _, en in wrong),
            )
        return self

    @property
    def connections_needed(self) -> int:
        """The most database connections that all processes may hold at once."""
        return self.processes_with_pool * self.pool_max + self.processes_without_pool


def _days(env: Mapping[str, str], name: str, default: int) -> int:
    return whole(env, name, default, least=1, most=36_500)


def _servers(env: Mapping[str, str]) -> dict[str, str]:
    redis = "redis://:PASSWORD@cache.example.edu.cn:6379/0"
    own = "postgresql://siji@127.0.0.1:5432/siji"
    return {
        "database_url": _database_address(env, "DATABASE_URL", own, host="db"),
        "cache_url": address(env, "CACHE_URL", "redis://127.0.0.1:6379/0", example=redis, path="number"),
        "broker_url": address(env, "BROKER_URL", "redis://127.0.0.1:6380/0", example=redis, path="number"),
        "speech_url": address(env, "SPEECH_URL", "", example="https://speech.example.edu.cn/v1"),
    }


def _replicas(env: Mapping[str, str]) -> tuple[str, ...]:
    """Each checked as DATABASE_URL is. A comma within one is written %2C."""
    urls = names(env, "REPLICA_URLS")
    return tuple(_database_address({"REPLICA_URLS": url}, "REPLICA_URLS", "", host="replica") for url in urls)


def _database_address(env: Mapping[str, str], name: str, default: str, *, host: str) -> str:
    url = address(env, name, default, example=f"postgresql://siji:PASSWORD@{host}.example.edu.cn:5432/siji", path="name")
    database_options(name, url)
    return url


def database(
    name: str, url: str, *, pool: dict[str, Any] | bool, connect_timeout: int = 5, alone: bool = False
) -> dict[str, Any]:
    """Django's description of a postgresql:// URL, which ``name`` holds. What its options say goes before what we would say.

    A pool and persistent connections exclude each other, so the age is 0.
    ``alone``: a commit does not wait for a standby unless its transaction says so.
    """
    parts, said = urlsplit(url), database_options(name, url)
    # A word that stands in very many rows is answered from a part of them: nobody reads the hundred-thousandth hit.
    own = "-c gin_fuzzy_search_limit=20000" + (" -c synchronous_commit=local" if alone else "")
    of_sessions = f"{own} {said.pop('options', '')}".strip()
    options: dict[str, Any] = {
        "connect_timeout": connect_timeout,
        "application_name": "siji",
        "prepare_threshold": 5,  # of storage/prepared.py alone: every other cursor sends its values inside the text
        **said,
        "options": of_sessions,
    }
    if pool:
        options["pool"] = pool
    return {
        "ENGINE": "siji.storage.postgres",
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
SIJI_BACKUPS = ENV.backups
SIJI_CONTENT = ENV.content
SIJI_DEMO = ENV.demo
CONNECTIONS_NEEDED = ENV.connections_needed
SPEECH_URL = ENV.speech_url
SPEECH_KEY = ENV.speech_key
SPEECH_MODEL = ENV.speech_model
SPEECH_VOICES = ENV.speech_voices
SYNC_ANSWERS = ENV.sync_answers
HEARTBEAT = ENV.heartbeat
ALERTS_ESCALATE_MINUTES = ENV.alerts_escalate_minutes
MODEL_ENDPOINTS = ENV.model_endpoints
MODEL_KEY_SECRET = ENV.model_key_secret
MODEL_PROCESSES = ENV.model_processes
AI_BATCH = ENV.ai_batch
AI_TASKS_AT_ONCE = ENV.ai_tasks_at_once
AI_TASK_SECONDS = ENV.ai_task_seconds
KEEP_NOTICES_DAYS = ENV.keep_notices_days
KEEP_REPLIES_DAYS = ENV.keep_replies_days
KEEP_JOBS_DAYS = ENV.keep_jobs_days
KEEP_TRACES_DAYS = ENV.keep_traces_days
RATE_PER_USER = ENV.rate_per_user
RATE_PER_ADDRESS = ENV.rate_per_address
HASHES_AT_ONCE = ENV.hashes_at_once
HASHES_WAITING = ENV.hashes_waiting
TRUSTED_PROXIES = ENV.trusted_proxies
METRICS_FROM = ENV.metrics_from
CONNECTIONS_FOR = f"{ENV.processes_with_pool} × {ENV.pool_max} + {ENV.processes_without_pool}"
SERVERS_NAMED = ENV.given.issuperset(("DATABASE_URL", "CACHE_URL", "BROKER_URL"))

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)
USE_X_FORWARDED_HOST = True
# The header of somebody who is no trusted proxy is taken away before it is read (siji.middleware).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = ENV.hsts_seconds
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
    "siji.ai",
    "siji.accounts",
    "siji.uploads",
    "siji.bank",
    "siji.courses",
    "siji.practice",
    "siji.teaching",
    "siji.monitoring",
]
if ENV.mode == "test":
    INSTALLED_APPS.append("zeal")  # finds N+1 queries inside zeal_context()

MIDDLEWARE = [
    "siji.monitoring.measuring.Measured",
    "siji.middleware.BodiesToTheEnd",
    "siji.middleware.EveryErrorIsAProblem",
    "siji.middleware.OnlyTrustedProxies",
    "siji.middleware.NotTooMany",
    "siji.storage.gate.AnswersFirst",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "siji.storage.replicas.router.ReadYourWrites",
    "siji.middleware.PrivateByDefault",
]

POOL = {
    "min_size": ENV.pool_min,
    "max_size": ENV.pool_max,
    "timeout": ENV.pool_timeout,
    "max_lifetime": 600,
    # Given up soon and begun anew by the next request: with the default the tries grow as far apart as the outage is long, and
    # a database that is back stays unused for as long again.
    "reconnect_timeout": 5,
}


AT_ONCE = min(ENV.pool_max - ENV.pool_reserved, ENV.at_once)
DB_GATE = (AT_ONCE, ENV.pool_waiting, ENV.pool_timeout) if ENV.pool and ENV.pool_reserved else None


def replica(url: str) -> dict[str, Any]:
    """As the primary, but quick to give up: what a replica does not answer, the primary does."""
    pool = POOL | {"timeout": min(1.0, ENV.pool_timeout), "min_size": 1} if ENV.pool else False
    return database("REPLICA_URLS", url, pool=pool, connect_timeout=2) | {
        "ENGINE": "siji.storage.replicas",
        "CONN_HEALTH_CHECKS": False,  # a question to a frozen server that nobody watches; a failed query is asked of the primary
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a result comes whole or not at all
        "TEST": {"MIRROR": "default"},
    }


REPLICAS = tuple(f"replica_{number}" for number, _ in enumerate(ENV.replica_urls, 1))
REPLICA_SECONDS = ENV.replica_seconds
REPLICAS_NEVER = ("/api/v1/attempts", "/api/v1/session", "/api/v1/health", "/api/v1/jobs", "/api/v1/uploads")
"""Beginnings of paths that read from the primary only: what a person acts on this second."""
DATABASES = {
    "default": database("DATABASE_URL", ENV.database_url, pool=POOL if ENV.pool else False, alone=ENV.sync_answers),
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

AUTHENTICATION_BACKENDS = ["siji.accounts.backend.SessionBackend"]
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
CELERY_BEAT_SCHEDULER = "siji.jobs.beat:KeptSchedule"
CELERY_BEAT_SYNC_EVERY = 1  # its file shows that it is alive (siji doctor)
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "siji.jobs.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "forget-old-failures": {"task": "siji.accounts.tasks.forget_old_failures", "schedule": 3600.0},
    "forget-old-notices": {"task": "siji.accounts.tasks.forget_old_notices", "schedule": 24 * 3600.0},
    "seal-audit": {"task": "siji.accounts.tasks.seal_audit", "schedule": 10.0, "options": {"expires": 10}},
    "tell-of-windows": {"task": "siji.courses.tasks.tell_of_windows", "schedule": 120.0, "options": {"expires": 120}},
    "forget-initial-passwords": {"task": "siji.courses.tasks.forget_initial_passwords", "schedule": 3600.0},
    "look-for-drift": {"task": "siji.courses.tasks.look_for_drift", "schedule": 3600.0},
    "sweep-uploads": {"task": "siji.uploads.tasks.sweep", "schedule": 3600.0},
    "settle-lost-calls": {"task": "siji.ai.tasks.settle_lost_calls", "schedule": 60.0, "options": {"expires": 60}},
    "fold-figures": {"task": "siji.monitoring.tasks.fold", "schedule": 300.0, "options": {"expires": 300}},
    "forget-old": {"task": "siji.practice.tasks.forget_old", "schedule": 24 * 3600.0},
    "close-due-attempts": {"task": "siji.practice.tasks.close_due", "schedule": 5.0, "options": {"expires": 5}},
}

LINE = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "siji.storage.scrubbing.Scrubbing", "format": LINE}},
    "filters": {"request": {"()": "siji.storage.tracing.WithRequestId"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}},
    "root": {"handlers": ["err"], "level": ENV.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "httpx2": {"level": "WARNING"},  # a line for every call says nothing that the ledger does not say
        "django_redis": {"level": "CRITICAL" if ENV.mode == "test" else "WARNING"},
    },
}

# Usernames are unique without case, by a constraint on Lower(username); the check knows only unique=True.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]
