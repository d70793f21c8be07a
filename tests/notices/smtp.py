"""A real mail server, run as a program: `python -m tests.notices.smtp PORT FILE`. It writes one line of JSON per mail
that it accepts. How it behaves is said by the name in the address: `refused-…`, `later-…`, `stalls-…`, `dies-…` (after
it has accepted the mail, before it says so), `once-…` (a temporary refusal of the first attempt), `slow-…`."""

import asyncio
import json
import os
import sys
import time
from email import message_from_bytes
from typing import Any

from aiosmtpd.smtp import SMTP

STALLS_FOR = 120
SLOW = 0.05


class Post:
    def __init__(self, path: str):
        self.path = path
        self.seen: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        way = address.partition("-")[0]
        if way == "refused":
            return "550 5.1.1 No such user here"
        if way == "later" or (way == "once" and address not in self.seen):
            self.seen.add(address)
            return "451 4.7.1 Greylisted, please try again"
        if way == "stalls":
            await asyncio.sleep(STALLS_FOR)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content)
        line = {"to": envelope.rcpt_tos, "headers": dict(message.items()), "peer": session.peer[1], "at": time.time()}
        with open(self.path, "a") as file:
            file.write(json.dumps(line) + "\n")
        if envelope.rcpt_tos[0].startswith("dies-"):
            os._exit(1)
        if envelope.rcpt_tos[0].startswith("slow-"):
            await asyncio.sleep(SLOW)
        return "250 OK"


async def main(port: int, path: str) -> None:
    post = Post(path)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(post), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
