"""Facts about how the tracker runs: what waits in Redis, and what workers and beat noted down."""

from datetime import datetime
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from foitracker.queues import Queue
from foitracker.status.models import BEAT, LastRun

#: Seconds after which a Redis that does not answer is taken to be away: the page waits no longer.
LONGEST_WAIT = 3


def jobs_waiting() -> dict[Queue, int] | None:
    """Return how many jobs wait in each queue, not counting those a worker has in hand; None when Redis is away."""
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    once = Retry(NoBackoff(), retries=0)
    waits = {"socket_timeout": LONGEST_WAIT, "socket_connect_timeout": LONGEST_WAIT}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, retry=once, **waits) as client:
            lengths = client.pipeline(transaction=False)
            for queue in Queue:
                lengths.llen(f"{prefix}{queue}")
            return dict(zip(Queue, lengths.execute(), strict=True))
    except redis.RedisError:
        return None


def last_runs() -> list[LastRun]:
    """Return what was noted of every task and of beat."""
    return list(LastRun.objects.all())


def last_seen(runs: list[LastRun]) -> dict[str, datetime]:
    """Return when the worker of each queue last ended something, and when beat (`BEAT`) last sent something."""
    seen: dict[str, datetime] = {}
    for run in runs:
        name = run.queue or BEAT
        seen[name] = max(run.ended_at, seen.get(name, run.ended_at))
    return seen


def next_due(schedule: Any, since: datetime) -> datetime:
    """Return when what Celery's `schedule` (a crontab) plans is due next after a moment."""
    local, step, _now = schedule.remaining_delta(since)
    due: datetime = local + step
    return due
