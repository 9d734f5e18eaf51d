"""What the drivers share: the address of the database, and what is measured of each package.

A driver is a class with `setup`, `bulk`, `single`, `ping` and `work`; `main(Driver)` measures it. Each figure is printed as
`key | value`; the benchmark writes the table. Run with --worker it is a worker in a process of its own.
"""

import asyncio
import os
import subprocess
import sys
import time

now = time.monotonic


def dsn() -> str:
    env = os.environ
    password = ":" + env["PGPASSWORD"] if env.get("PGPASSWORD") else ""
    user = env.get("PGUSER", "postgres") + password
    host, port, database = env["PGHOST"], env["PGPORT"], env["PGDATABASE"]
    if host.startswith("/"):
        return f"postgresql://{user}@/{database}?host={host}&port={port}"
    return f"postgresql://{user}@{host}:{port}/{database}"


def report(key: str, value: float) -> None:
    print(f"{key} | {value:.6f}", flush=True)


def report_times(key: str, times: list[float]) -> None:
    times = sorted(t * 1000 for t in times)
    for share in (50, 95, 99):
        report(f"{key}_p{share}", times[min(len(times) - 1, len(times) * share // 100)])


async def worker(driver) -> None:
    """Works until standard input ends; says how many jobs it has done, and when."""
    done = 0
    said = 0

    def note() -> None:
        nonlocal done
        done += 1

    def say() -> None:
        nonlocal said
        if done != said:
            said = done
            print(f"{now()} {done}", flush=True)

    async def talk() -> None:
        while True:
            say()
            await asyncio.sleep(0.005)

    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), lambda: os._exit(0))
    talking = asyncio.create_task(talk())
    await driver.work(note, lambda key: None)
    await talking


def drain(script: str, count: int, processes: int) -> float:
    """Jobs per second that worker processes do, from the first job done to the last."""
    children = [
        subprocess.Popen([sys.executable, script, "--worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(processes)
    ]
    for child in children:
        os.set_blocking(child.stdout.fileno(), False)
    done = [0] * processes
    said = [b""] * processes
    first = None
    last = now()
    give_up = now() + 120
    while sum(done) < count:
        if now() > give_up:
            raise SystemExit(f"only {sum(done)} of {count} jobs were done")
        for index, child in enumerate(children):
            try:
                said[index] += os.read(child.stdout.fileno(), 65536)
            except BlockingIOError:
                continue
            # The last piece may be half a line.
            *lines, said[index] = said[index].split(b"\n")
            for line in lines:
                moment, number = line.split()
                first = float(moment) if first is None else min(first, float(moment))
                last = max(last, float(moment))
                done[index] = int(number)
        time.sleep(0.002)
    for child in children:
        child.stdin.close()
        child.wait()
    return count / (last - first)


async def latency(driver) -> None:
    """Times from before a durable enqueue to the handler's start: unloaded, at half and at 80 % of what it can do."""
    loop = asyncio.get_running_loop()
    started: dict[int, asyncio.Future] = {}
    number = 0

    def begin(key: int) -> None:
        moment = now()
        loop.call_soon_threadsafe(lambda: started.pop(key).set_result(moment) if key in started else None)

    async def call(due: float) -> float:
        nonlocal number
        number += 1
        key = number
        started[key] = future = loop.create_future()
        await driver.ping(key)
        return await future - due

    working = asyncio.create_task(driver.work(lambda: None, begin))
    await asyncio.wait_for(call(now()), 30)
    times = []
    for _ in range(200):
        times.append(await call(now()))
        await asyncio.sleep(0.003)
    report_times("idle", times)

    end = now() + 3
    finished = 0

    async def caller() -> None:
        nonlocal finished
        while now() < end:
            await call(now())
            finished += 1

    await asyncio.gather(*(caller() for _ in range(64)))
    most = finished / 3
    report("unary", most)
    for key, share in (("half", 0.5), ("eighty", 0.8)):
        rate = most * share
        begun = now()
        calls = []
        for n in range(int(rate * 5)):
            due = begun + n / rate
            if due > now():
                await asyncio.sleep(due - now())
            calls.append(asyncio.create_task(call(due)))
        report_times(key, await asyncio.gather(*calls))
    working.cancel()


async def measure(driver, script: str, count: int) -> None:
    await driver.setup()
    await driver.open()
    end = now() + 2
    singles = 0
    while now() < end:
        await driver.single()
        singles += 1
    report("enqueue", singles / 2)
    begun = now()
    for start in range(0, count, 1000):
        await driver.bulk(min(1000, count - start))
    report("bulk", count / (now() - begun))
    report("drain1", drain(script, count + singles, 1))
    for start in range(0, count, 1000):
        await driver.bulk(min(1000, count - start))
    report("drain2", drain(script, count, 2))
    await latency(driver)


async def run(driver, script: str) -> None:
    if sys.argv[1] == "--worker":
        await driver.open()
        await worker(driver)
    else:
        await measure(driver, script, driver.share(int(sys.argv[1])))
    os._exit(0)


def main(driver, script: str) -> None:
    asyncio.run(run(driver, script))
