"""Drives awa-pg: python awa_driver.py COUNT, with PG… in the environment."""

import asyncio
import sys
from dataclasses import dataclass

import awa

from common import dsn, now, report_drain, report_latency


@dataclass
class Note:
    minor_units: int


@dataclass
class Ping:
    n: int


async def main(count: int) -> None:
    await awa.migrate(dsn())
    client = awa.AsyncClient(dsn())
    await client.install_queue_storage()
    done = asyncio.Event()
    seen = 0
    started: dict[int, asyncio.Future] = {}
    loop = asyncio.get_running_loop()

    @client.task(Note, queue="bench")
    async def note(job) -> None:
        nonlocal seen
        seen += 1
        if seen == count:
            loop.call_soon_threadsafe(done.set)

    @client.task(Ping, queue="bench")
    async def ping(job) -> None:
        moment = now()
        loop.call_soon_threadsafe(started[job.args.n].set_result, moment)

    for start in range(0, count, 1000):
        await client.enqueue_many_copy([Note(1)] * min(1000, count - start), queue="bench")
    began = now()
    await client.start([("bench", 200)])
    await done.wait()
    report_drain(count, now() - began)
    times = []
    for n in range(200):
        started[n] = loop.create_future()
        sent = now()
        await client.insert(Ping(n), queue="bench")
        times.append(await started[n] - sent)
        await asyncio.sleep(0.005)
    report_latency(times)
    await client.shutdown()


asyncio.run(main(int(sys.argv[1])))
