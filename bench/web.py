"""How fast the workbench answers: p50 and p95 of its pages and main calls, with clients that ask all the time.

python bench/web.py DB [--clients 16] [--seconds 5]

Each line also says how many times longer p95 is than that of `/api/v1/session`, which reads nothing from the tables.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import statistics
import subprocess
import sys
import time

import httpx

PAGES = ["/stories", "/claims", "/documents", "/actors", "/review", "/review?queue=events",
         "/review?queue=events&type=ASSAULT", "/review?queue=readers", "{document}", "/api/v1/claims?limit=50",
         "/api/v1/events?type=ASSAULT", "/api/v1/documents?words=%D9%82%D8%A7%D9%84", "/api/v1/places"]  # fmt: skip
NOTHING = "/api/v1/session"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "khabar.cli", "serve", "--db", options.db, "--port", str(port)]
    server = subprocess.Popen(command)
    try:
        asyncio.run(measure(f"http://127.0.0.1:{port}", options.clients, options.seconds))
    finally:
        server.terminate()
        server.wait()
    return 0


async def measure(home: str, clients: int, seconds: float) -> None:
    async with httpx.AsyncClient(base_url=home, timeout=60, limits=httpx.Limits(max_connections=clients)) as client:
        while True:
            try:
                rows = (await client.get("/api/v1/documents?limit=1")).json()["rows"]
                break
            except httpx.TransportError:
                await asyncio.sleep(0.2)
        base = 0.0
        for path in (NOTHING, *PAGES):
            shown = path.format(document=f"/documents/{rows[0]['document']}" if rows else "/documents")
            taken = await ask(client, shown, clients, seconds)
            p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
            base = base or p95
            times = f"p50 {p50 * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms"
            print(f"{path:45} {len(taken):6} requests  {times}  x{p95 / base:.1f}")


async def ask(client: httpx.AsyncClient, path: str, clients: int, seconds: float) -> list[float]:
    end = time.monotonic() + seconds
    taken: list[float] = []

    async def one() -> None:
        while time.monotonic() < end or len(taken) < 2 * clients:
            start = time.monotonic()
            answer = await client.get(path)
            answer.raise_for_status()
            taken.append(time.monotonic() - start)

    await asyncio.gather(*(one() for _ in range(clients)))
    return taken


if __name__ == "__main__":
    sys.exit(main())
