"""Drives procrastinate: python procrastinate_driver.py COUNT, with PG… in the environment."""

import asyncio
import sys

import procrastinate

from common import dsn, now, report_drain, report_latency

app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=dsn()))
state = {"seen": 0, "count": 0}
done = asyncio.Event()
started: dict[int, asyncio.Future] = {}


@app.task(name="note")
async def note(minor_units: int) -> None:
    state["seen"] += 1
    if state["seen"] == state["count"]:
        done.set()


@app.task(name="ping")
async def ping(n: int) -> None:
    started[n].set_result(now())


async def main(count: int) -> None:
    # It is an order of magnitude slower; a tenth of the jobs says as much.
    count = max(1000, count // 10)
    state["count"] = count
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for start in range(0, count, 1000):
            n = min(1000, count - start)
            await note.batch_defer_async(*[{"minor_units": 1}] * n)
        began = now()
        worker = asyncio.create_task(
            app.run_worker_async(concurrency=20, install_signal_handlers=False, wait=True))
        await done.wait()
        report_drain(count, now() - began)
        times = []
        for n in range(200):
            started[n] = asyncio.get_running_loop().create_future()
            sent = now()
            await ping.defer_async(n=n)
            times.append(await started[n] - sent)
            await asyncio.sleep(0.005)
        report_latency(times)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


asyncio.run(main(int(sys.argv[1])))
