"""Drives pgqueuer: python pgqueuer_driver.py COUNT, with PG… in the environment."""

import asyncio
import sys

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from common import dsn, now, report_drain, report_latency


async def main(count: int) -> None:
    connection = await asyncpg.connect(dsn())
    producer = await asyncpg.connect(dsn())
    await Queries(AsyncpgDriver(connection)).install()
    queries = Queries(AsyncpgDriver(producer))
    for start in range(0, count, 1000):
        n = min(1000, count - start)
        await queries.enqueue(["note"] * n, [b'{"minorUnits":"1"}'] * n, [0] * n)
    pgq = PgQueuer(AsyncpgDriver(connection))
    done = asyncio.Event()
    seen = 0
    started: dict[bytes, asyncio.Future] = {}

    @pgq.entrypoint("note")
    async def note(job) -> None:
        nonlocal seen
        seen += 1
        if seen == count:
            done.set()

    @pgq.entrypoint("ping")
    async def ping(job) -> None:
        started[job.payload].set_result(now())

    began = now()
    worker = asyncio.create_task(pgq.run(batch_size=500))
    await done.wait()
    while await producer.fetchval("SELECT count(*) FROM pgqueuer") > 0:
        await asyncio.sleep(0.01)
    report_drain(count, now() - began)

    times = []
    for n in range(200):
        key = str(n).encode()
        started[key] = asyncio.get_running_loop().create_future()
        sent = now()
        await queries.enqueue("ping", key)
        times.append(await started[key] - sent)
        await asyncio.sleep(0.005)
    report_latency(times)
    pgq.shutdown.set()
    await worker


asyncio.run(main(int(sys.argv[1])))
