"""Starts both counters of the post office: SMTP for the portal, a web page for people."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path

from launch.mailbox.page import Inbox
from launch.mailbox.sink import serve


def main() -> int:
    """Run until a signal ends the process."""
    smtp_port, web_port, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    with Inbox(web_port, folder) as inbox:
        threading.Thread(target=inbox.serve_forever, daemon=True).start()
        asyncio.run(serve(smtp_port, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
