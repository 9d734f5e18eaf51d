"""Drives procrastinate: python procrastinate_driver.py COUNT, with PG… in the environment."""

import procrastinate

from common import dsn, main

app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=dsn()))
hooks = {}


@app.task(name="note")
async def note(minor_units: int) -> None:
    hooks["note"]()


@app.task(name="ping")
async def ping(n: int) -> None:
    hooks["ping"](n)


class Driver:
    def share(self, count: int) -> int:
        # It is an order of magnitude slower; a tenth of the jobs says as much.
        return max(1000, count // 10)

    async def setup(self) -> None:
        await app.open_async()
        await app.schema_manager.apply_schema_async()
        await app.close_async()

    async def open(self) -> None:
        await app.open_async()

    async def bulk(self, n: int) -> None:
        await note.batch_defer_async(*[{"minor_units": 1}] * n)

    async def single(self) -> None:
        await note.defer_async(minor_units=1)

    async def ping(self, key: int) -> None:
        await ping.defer_async(n=key)

    async def work(self, do_note, do_ping) -> None:
        hooks["note"] = do_note
        hooks["ping"] = do_ping
        await app.run_worker_async(concurrency=20, install_signal_handlers=False, wait=True)


if __name__ == "__main__":
    main(Driver(), __file__)
