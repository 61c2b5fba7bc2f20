from collections.abc import Callable
from datetime import date

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

Warnings = Callable[[date], list[str]]

_warnings: list[Warnings] = []


def warn_about(look: Warnings) -> None:
    """Have the health page say what `look` gives for a day: what keeps running and yet wants seeing to."""
    if look not in _warnings:
        _warnings.append(look)


def warnings(today: date) -> list[str]:
    """Return what the apps warn about on a day."""
    return [warning for look in _warnings for warning in look(today)]


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Return whether the database and Redis answer: 200 when both do, 503 when one does not. Names no reason.

    `warnings` says what keeps running and yet wants seeing to: a calendar that does not reach far enough.
    """
    answers = {"database": database_answers(), "redis": redis_answers()}
    found = warnings(timezone.localdate()) if answers["database"] else []
    return JsonResponse({**answers, "warnings": found}, status=200 if all(answers.values()) else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_answers() -> bool:
    once = Retry(NoBackoff(), retries=0)
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3, retry=once
        ) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
