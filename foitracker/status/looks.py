"""What the ground floor itself has to say of how it runs: queues, workers, outbox, scheduled jobs."""

from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from foitracker.accounts.permission_names import Permission
from foitracker.mail.queries import bounce_reading, undelivered, waiting
from foitracker.pages.words import counted, moment_in_words
from foitracker.queues import LANES, Queue
from foitracker.status.models import BEAT, LastRun
from foitracker.status.queries import jobs_waiting, last_runs, last_seen, next_due
from foitracker.status.readings import Reading
from foitracker.status.tasks import show_life

#: Each queue is sent a sign of life every minute; whoever has not shown any for so long is taken to be away.
LONGEST_SILENCE = timedelta(minutes=3)
#: A scheduled job may end so long after it was due.
GRACE = timedelta(minutes=15)


def look_at_queues(at: datetime) -> list[Reading]:
    """Return whether Redis answers, and how many jobs wait in each queue. That many wait is no trouble by itself."""
    jobs = jobs_waiting()
    away = jobs is None
    redis = Reading(
        "redis",
        "Redis",
        "Does not answer" if away else "Answers",
        not away,
        away,
        "Start Redis, or correct REDIS_URL. Until then no job starts and no e-mail is sent; none is lost.",
    )
    depths = [
        Reading(
            f"queue_{queue}",
            f"Jobs waiting: {_within(queue.label)}",
            "Not known: Redis does not answer" if jobs is None else f"{jobs[queue]:,}",
            None if jobs is None else jobs[queue],
        )
        for queue in Queue
    ]
    return [redis, *depths]


def look_at_workers(at: datetime) -> list[Reading]:
    """Return when the worker of each queue, and beat, last showed themselves."""
    seen = last_seen(last_runs())
    workers = [
        _sign_of_life(f"worker_{queue}", f"Worker: {_within(queue.label)}", seen.get(queue), at)
        for queue in Queue
    ]
    return [*workers, _sign_of_life("beat", "Scheduler (beat)", seen.get(BEAT), at)]


def _sign_of_life(code: str, label: str, seen: datetime | None, at: datetime) -> Reading:
    return Reading(
        code,
        label,
        f"Last active on {_moment(seen)}" if seen else "Not active yet",
        seen.isoformat() if seen else None,
        seen is None or at - seen > LONGEST_SILENCE,
        "Check that it is running, and read its log.",
    )


def look_at_outbox(at: datetime) -> list[Reading]:
    """Return what has waited longest in each lane, and how many messages did not arrive and were not sent again."""
    queued = waiting()
    longest = timedelta(minutes=settings.LONGEST_UNSENT_MINUTES)
    unsent = []
    for lane in LANES:
        count, since = queued.get(lane, (0, None))
        unsent.append(
            Reading(
                f"unsent_{lane}",
                f"Unsent: {_within(lane.label)}",
                f"{count:,} waiting, the oldest since {_moment(since)}" if since else "None waiting",
                {"waiting": count, "oldest": since.isoformat() if since else None},
                since is not None and at - since > longest,
                "Check the mail server and the worker of this queue. The outbox says why each e-mail was not sent.",
                f"{reverse('outbox:outbox')}?state=queued" if since else "",
                Permission.SEE_OUTBOX,
            )
        )
    count = undelivered().count()
    return [
        *unsent,
        Reading(
            "undelivered",
            "Not delivered",
            f"{counted(count, 'e-mail')} refused or returned, and not sent again" if count else "None",
            count,
            page=f"{reverse('outbox:outbox')}?state=undelivered" if count else "",
            page_for=Permission.SEE_OUTBOX,
        ),
        *_bounces(),
    ]


def _bounces() -> list[Reading]:
    """When the mailbox of bounces was last read; nothing where there is none."""
    if not settings.BOUNCE_MAILBOX_URL:
        return []
    found = bounce_reading()
    words = f"Last read {_moment(found.read_at)}" if found.read_at else "Not read yet"
    return [
        Reading(
            "bounces",
            "Mailbox of bounces",
            f"{words}. {found.problem}".rstrip(". ") if found.problem else words,
            {"read_at": found.read_at.isoformat() if found.read_at else None, "flagged": len(found.flagged)},
            bool(found.problem),
            "Check the mailbox and BOUNCE_MAILBOX_URL. Until it is read, record bounces by hand.",
        )
    ]


def look_at_scheduled_jobs(at: datetime) -> list[Reading]:
    """Return how each job that runs by itself last ended; one that has not run yet may not have been due."""
    runs = {(run.task, run.queue): run for run in last_runs()}
    readings = []
    for name, entry in current_app.conf.beat_schedule.items():
        if entry["task"] != show_life.name:  # those are read as the workers' signs of life
            queue = entry.get("options", {}).get("queue", settings.CELERY_TASK_DEFAULT_QUEUE)
            readings.append(_scheduled(name, entry, queue, runs.get((entry["task"], queue)), at))
    return readings


def _scheduled(name: str, entry: Any, queue: str, run: LastRun | None, at: datetime) -> Reading:
    is_late = run is not None and at > next_due(entry["schedule"], run.ended_at) + GRACE
    task = entry["task"].rpartition(".")[2]
    return Reading(
        f"job_{task}" if queue == settings.CELERY_TASK_DEFAULT_QUEUE else f"job_{task}_{queue}",
        name[:1].upper() + name[1:],
        _ended(run, is_late=is_late),
        {"ended": run.ended_at.isoformat(), "failed": run.has_failed} if run else None,
        run is not None and (run.has_failed or is_late),
        "The log of the worker says why. It is tried again at its next time.",
    )


def _ended(run: LastRun | None, *, is_late: bool) -> str:
    if run is None:
        return "Has not run yet"
    ended = f"{'Failed' if run.has_failed else 'Last run'} on {_moment(run.ended_at)}"
    return f"{ended}, and not since" if is_late else ended


def _moment(moment: datetime) -> str:
    return moment_in_words(moment.astimezone(get_current_timezone()))


def _within(label: str) -> str:
    """The label inside a line."""
    return label[:1].lower() + label[1:]
