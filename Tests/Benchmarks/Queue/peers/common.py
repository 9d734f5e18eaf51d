"""What the drivers share: the address of the database, and how a figure is reported."""

import os
import statistics
import time


def dsn() -> str:
    env = os.environ
    password = ":" + env["PGPASSWORD"] if env.get("PGPASSWORD") else ""
    user = env.get("PGUSER", "postgres") + password
    host, port, database = env["PGHOST"], env["PGPORT"], env["PGDATABASE"]
    if host.startswith("/"):
        return f"postgresql://{user}@/{database}?host={host}&port={port}"
    return f"postgresql://{user}@{host}:{port}/{database}"


def report_drain(count: int, seconds: float) -> None:
    print(f"drain, 1 worker process | {count / seconds:,.0f} /s | {count:,} pre-enqueued jobs with an empty handler; "
          "worker start to last job done, the package's own durable bookkeeping", flush=True)


def report_latency(times: list[float]) -> None:
    times = sorted(t * 1000 for t in times)
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    print(f"enqueue to handler, unloaded, p50 / p95 / p99 | {at(.5):.2f} / {at(.95):.2f} / {at(.99):.2f} ms | "
          "durable enqueue to the handler's start in the same process; no reply is counted", flush=True)


now = time.perf_counter
