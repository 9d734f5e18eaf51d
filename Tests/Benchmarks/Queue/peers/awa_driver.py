"""Drives awa-pg: python awa_driver.py COUNT, with PG… in the environment."""

import asyncio
from dataclasses import dataclass

import awa

from common import dsn, main


@dataclass
class Note:
    minor_units: int


@dataclass
class Ping:
    n: int


class Driver:
    def share(self, count: int) -> int:
        return count

    async def setup(self) -> None:
        await awa.migrate(dsn())
        await awa.AsyncClient(dsn()).install_queue_storage()

    async def open(self) -> None:
        self.client = awa.AsyncClient(dsn())

    async def bulk(self, n: int) -> None:
        await self.client.enqueue_many_copy([Note(1)] * n, queue="bench")

    async def single(self) -> None:
        await self.client.insert(Note(1), queue="bench")

    async def ping(self, key: int) -> None:
        await self.client.insert(Ping(key), queue="bench")

    async def work(self, note, ping) -> None:
        @self.client.task(Note, queue="bench")
        async def do_note(job) -> None:
            note()

        @self.client.task(Ping, queue="bench")
        async def do_ping(job) -> None:
            ping(job.args.n)

        await self.client.start([("bench", 200)])
        await asyncio.Event().wait()


if __name__ == "__main__":
    main(Driver(), __file__)
