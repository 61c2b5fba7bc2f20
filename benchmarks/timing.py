"""Times of the same work done many times, and how a part of the benchmark gives them to the whole."""

import json
import math
import resource
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

Times = list[float]


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` took, in milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def percentile(times: Iterable[float], share: float) -> float:
    """Return the smallest time that `share` (0 to 1) of all do not exceed."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def summary(times: Times) -> dict[str, float]:
    """Return the median, the 95th percentile and the worst of some times."""
    return {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95), "worst": max(times)}


def peak_megabytes() -> float:
    """Return the most memory this process has held so far, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def give(measured: Any) -> None:
    """Hand what a part measured to the benchmark that started it: JSON on one line."""
    sys.stdout.write(json.dumps(measured) + "\n")


def ready() -> None:
    """Set Django up as `make run` has it, for the database of DATABASE_URL."""
    import django

    django.setup()
