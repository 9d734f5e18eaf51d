"""Drives pgqueuer: python pgqueuer_driver.py COUNT, with PG… in the environment."""

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver, AsyncpgPoolDriver
from pgqueuer.queries import Queries

from common import dsn, main


class Driver:
    def share(self, count: int) -> int:
        return count

    async def setup(self) -> None:
        connection = await asyncpg.connect(dsn())
        await Queries(AsyncpgDriver(connection)).install()
        await connection.close()

    async def open(self) -> None:
        self.pool = await asyncpg.create_pool(dsn(), min_size=2, max_size=8)
        self.queries = Queries(AsyncpgPoolDriver(self.pool))

    async def bulk(self, n: int) -> None:
        await self.queries.enqueue(["note"] * n, [b'{"minorUnits":"1"}'] * n, [0] * n)

    async def single(self) -> None:
        await self.queries.enqueue("note", b'{"minorUnits":"1"}')

    async def ping(self, key: int) -> None:
        await self.queries.enqueue("ping", str(key).encode())

    async def work(self, note, ping) -> None:
        pgq = PgQueuer(AsyncpgDriver(await asyncpg.connect(dsn())))

        @pgq.entrypoint("note")
        async def do_note(job) -> None:
            note()

        @pgq.entrypoint("ping")
        async def do_ping(job) -> None:
            ping(int(job.payload))

        await pgq.run(batch_size=500)


if __name__ == "__main__":
    main(Driver(), __file__)
