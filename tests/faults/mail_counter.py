"""`python -m tests.faults.mail_counter PORT FILE`: a mail server that may be killed, and forgets nothing.

It writes each recipient down before it says that it took the mail: whatever the portal hears, the file knows.
"""

import asyncio
import os
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Counter:
    """Takes every mail, a little slowly, so that kills meet mails in hand."""

    def __init__(self, file: Path):
        self.file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def handle_DATA(self, server, session, envelope):
        for recipient in envelope.rcpt_tos:
            os.write(self.file, f"{recipient}\n".encode())
        await asyncio.sleep(0.002)
        return "250 OK"


async def serve(port: int, file: Path) -> None:
    counter = Counter(file)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(counter), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
