"""How fast the workbench answers: p50 and p95 of its pages and main calls, with clients that ask all the time.

python bench/web.py DB [--clients 16] [--seconds 5] [--place ID] [--word WORD]

Each line also says how many times longer p95 is than that of `/ingest`, a page without rows: who asks is looked up, the
frame of every page is rendered, and nothing else. It is measured again at the end: that says how steady the machine is.
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

LISTS = ["/stories", "/stories?within={place}", "/claims", "/events", "/documents", "/actors", "/places", "/outlets",
         "/claims?words={word}", "/claims?within={place}", "/review", "/review?queue=events",
         "/review?queue=events&type=ASSAULT", "/review?queue=readers"]  # fmt: skip
OTHERS = ["{document}", "/places/{place}", "/api/v1/stories", "/api/v1/claims", "/api/v1/events?type=ASSAULT",
          "/api/v1/documents?words={word}", "/api/v1/actors", "/api/v1/places", "/api/v1/session"]  # fmt: skip
NOTHING = "/ingest"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--word", default="قال", help="a word that many documents hold")
    parser.add_argument("--place", help="a place's id; default: the first that is listed")
    options = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "khabar.cli", "serve", "--db", options.db, "--port", str(port)]
    server = subprocess.Popen(command)
    try:
        asyncio.run(measure(f"http://127.0.0.1:{port}", options))
    finally:
        server.terminate()
        server.wait()
    return 0


async def measure(home: str, options: argparse.Namespace) -> None:
    clients, seconds = options.clients, options.seconds
    limits = httpx.Limits(max_connections=clients, keepalive_expiry=1)  # sooner than the server's
    async with httpx.AsyncClient(base_url=home, timeout=120, limits=limits) as client:
        while True:
            try:
                rows = (await client.get("/api/v1/documents?limit=1")).json()["rows"]
                break
            except httpx.TransportError:
                await asyncio.sleep(0.2)
        place = options.place or (await client.get("/api/v1/places?limit=1")).json()["rows"][0]["id"]
        named = {"document": f"/documents/{rows[0]['document']}", "word": options.word, "place": place}
        base = 0.0
        for path in (NOTHING, *LISTS, *OTHERS, NOTHING):
            taken = await ask(client, path.format(**named), clients, seconds)
            base = base or p95(taken)
            times = f"p50 {statistics.median(taken) * 1000:7.1f} ms  p95 {p95(taken) * 1000:7.1f} ms"
            print(f"{path:34} {len(taken):6} requests  {times}  x{p95(taken) / base:.1f}", flush=True)


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


async def ask(client: httpx.AsyncClient, path: str, clients: int, seconds: float) -> list[float]:
    end = time.monotonic() + seconds
    taken: list[float] = []

    async def one() -> None:
        while time.monotonic() < end or len(taken) < 2 * clients:
            start = time.monotonic()
            try:
                answer = await client.get(path)
            except (
                httpx.RemoteProtocolError,
                httpx.ReadError,
            ):  # the server let an idle connection go as it was taken up again
                continue
            answer.raise_for_status()
            taken.append(time.monotonic() - start)

    await asyncio.gather(*(one() for _ in range(clients)))
    return taken


if __name__ == "__main__":
    sys.exit(main())
