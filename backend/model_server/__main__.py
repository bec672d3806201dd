"""``python -m model_server --port 0 --first-token 0.8 --rate 60``: prints its address, then serves until SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from model_server.server import ModelServer, Pace


async def serve(chosen: argparse.Namespace) -> None:
    pace = Pace(chosen.first_token, chosen.rate, chosen.jitter)
    server = ModelServer(key=chosen.key, pace=pace, seed=chosen.seed)
    await server.start(chosen.port)
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()
    await server.close()


parser = argparse.ArgumentParser(prog="model_server")
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--key", default="")
parser.add_argument("--first-token", type=float, default=0.8, help="seconds")
parser.add_argument("--rate", type=float, default=60.0, help="tokens a second")
parser.add_argument("--jitter", type=float, default=0.2, help="of the first token's delay")
parser.add_argument("--seed", type=int, default=1)
asyncio.run(serve(parser.parse_args()))
