"""The measured figures as tables to read, each held against its bar (docs/performance.md)."""

from typing import Any

#: Pages: server time at the large register, against the small one, and queries.
MOST_MILLISECONDS, MOST_RATIO, MOST_QUERIES = 100.0, 1.5, 25
#: The pages of the Central Referral Unit, at 100,000 logs.
MOST_REFERRAL_MILLISECONDS = 300.0
MOST_DOWNLOAD_MB, MOST_TIMES_COPY = 150, 3.0
MOST_DUE_MICROSECONDS, MOST_MILLION_SECONDS = 5.0, 1.0
MOST_RETURN_SECONDS = 2.0
MOST_SWEEP_SECONDS, MOST_SWEEP_MB = 5.0, 200
#: Below this a difference between two small times says nothing: a ratio is only held against the bar above it.
RATIO_COUNTS_FROM_MS = 20.0


def missed(small: dict[str, float], large: dict[str, float]) -> list[str]:
    """Say which bars a page misses; empty when none.

    A page that lists much less of the small register, in which nothing is closed, is no measure of the other.
    """
    ratio = large["p95"] / small["p95"] if small["rows"] * 2 >= large["rows"] else 0
    return [
        text
        for text, fails in (
            (f"over {MOST_MILLISECONDS:.0f} ms", large["p95"] > MOST_MILLISECONDS),
            (f"over {MOST_RATIO} times", ratio > MOST_RATIO and large["p95"] > RATIO_COUNTS_FROM_MS),
            (f"over {MOST_QUERIES} queries", large["queries"] > MOST_QUERIES),
        )
        if fails
    ]


def text(measured: dict[str, Any]) -> str:
    """Set out everything measured in one run."""
    return "\n".join(
        [
            "",
            *_machine(measured),
            "",
            *_pages(measured),
            "",
            *_referrals(measured),
            "",
            *_others(measured),
            "",
            *_returns(measured),
            "",
            *_reminders(measured),
            "",
            *_letter(measured),
        ]
    )


def _machine(measured: dict[str, Any]) -> list[str]:
    return [f"{name}: {value}" for name, value in measured["machine"].items()]


def _pages(measured: dict[str, Any]) -> list[str]:
    sizes = list(measured["pages"])
    small, large = measured["pages"][sizes[0]], measured["pages"][sizes[-1]]
    heads = "".join(f"{int(size):>12,} p50   p95" for size in sizes)
    lines = [f"{'Server time in ms':<38}{heads}   ratio  queries  rows"]
    for name in large:
        times = "".join(f"{page['p50']:16.1f}{page['p95']:6.1f}" for page in (small[name], large[name]))
        ratio = large[name]["p95"] / small[name]["p95"]
        misses = ", ".join(missed(small[name], large[name]))
        rows = f"{small[name]['rows']:6.0f}{large[name]['rows']:4.0f}"
        lines.append(f"{name:<38}{times}{ratio:8.2f}{large[name]['queries']:9.0f}{rows}  {misses}".rstrip())
    peaks = " and ".join(f"{memory:.0f} MB" for memory in measured["pages_memory_mb"].values())
    return [*lines, f"Most memory of the process that asked for them: {peaks}"]


def _referrals(measured: dict[str, Any]) -> list[str]:
    lines = [
        f"{format(measured['logs'], ',') + ' logs, server time in ms':<52}   p50    p95  queries  processor"
    ]
    for name, page in measured["referrals"].items():
        misses = page["p95"] > MOST_REFERRAL_MILLISECONDS
        line = (
            f"{name:<52}{page['p50']:6.0f}{page['p95']:7.0f}{page['queries']:9.0f}{page['processor']:11.0f}"
        )
        lines.append(f"{line}  over {MOST_REFERRAL_MILLISECONDS:.0f} ms" if misses else line)
    return lines


def _returns(measured: dict[str, Any]) -> list[str]:
    found = measured["returns"]
    return [
        f"{'Return: ' + name:<52}{one['p95'] / 1000:8.2f} s   {_held(one['p95'] / 1000, MOST_RETURN_SECONDS)} (p95), "
        f"{one['queries']} queries"
        for name, one in found["kinds"].items()
    ] + [f"{'  most memory of the process':<52}{found['memory_peak_mb']:8.0f} MB"]


def _reminders(measured: dict[str, Any]) -> list[str]:
    found = measured["reminders"]
    return [
        f"{'Sweep of ' + format(found['open'], ',') + ' open requests, ' + turn:<52}{one['seconds']:8.2f} s   "
        f"{_held(one['seconds'], MOST_SWEEP_SECONDS)}, {one['queries']} queries, {one['made']:,} made, "
        f"{one['emails']} e-mails"
        for turn, one in found["sweeps"].items()
    ] + [
        f"{'  most memory of the process':<52}{found['memory_peak_mb']:8.0f} MB  "
        f"{_held(found['memory_peak_mb'], MOST_SWEEP_MB)}"
    ]


def _others(measured: dict[str, Any]) -> list[str]:
    clock, file, operations = measured["clock"], measured["download"], measured["operations"]
    return [
        f"{'Due date of one request':<38}{clock['one_microseconds']:10.2f} µs   "
        f"{_held(clock['one_microseconds'], MOST_DUE_MICROSECONDS)}",
        f"{'Due dates of a million, one by one':<38}{clock['million_seconds']:10.2f} s    "
        f"{_held(clock['million_seconds'], MOST_MILLION_SECONDS)}",
        f"{'CSV of ' + format(file['rows'], ',') + ' rows':<38}{file['seconds']:10.1f} s    first row after "
        f"{file['first_row_seconds']:.1f} s, {file['megabytes']:.0f} MB",
        f"{'  as many times as COPY takes':<38}{file['seconds'] / file['copy_seconds']:10.2f}      "
        f"{_held(file['seconds'] / file['copy_seconds'], MOST_TIMES_COPY)} (COPY: {file['copy_seconds']:.1f} s)",
        f"{'  most memory of the process':<38}{file['memory_peak_mb']:10.0f} MB   "
        f"{_held(file['memory_peak_mb'], MOST_DOWNLOAD_MB)} (before: {file['memory_before_mb']:.0f} MB)",
        *(
            f"{name:<38}{times['p50']:10.1f} ms   p95 {times['p95']:.1f} ms"
            for name, times in operations.items()
        ),
    ]


def _held(value: float, bar: float) -> str:
    return f"bar {bar:g}: {'held' if value <= bar else 'MISSED'}"


def _letter(measured: dict[str, Any]) -> list[str]:
    return [line for line in measured["letter"]["lines"] if line]
