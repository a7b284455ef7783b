#!/usr/bin/env python3
"""The site on this machine: `make run`, `stop`, `update`, `shell` - standard library only.

    dev/server.py run|stop|update|shell|status

DB names the database (default vti), PORT the port (default: the first free one from 8069). Several
can run side by side. The server is Odoo with one cron thread and `--dev=replica`, under which a
route that claims to be read-only can't write. Mail is caught in .odoo/mail, none leaves the machine.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import database
from paths import CONF, DEV, HOME, MODULE, MODULES, PYTHON, ROOT, die, digest, module_path, say, sha256
from pg import Cluster

DB = os.environ.get("DB") or "vti"
RUN, LOGS, MAIL = HOME / "run", HOME / "log", HOME / "mail"
STATE, STAMPS, LOGINS = (RUN / f"{DB}.{kind}.json" for kind in ("state", "stamps", "logins"))
LOG = LOGS / f"{DB}.log"
NOT_THE_SITE = {"dev", "docs", "deploy", "tests", "node_modules", "__pycache__"}
START_SECONDS = 90
BUNDLES = {kind: [name for name in names if "tests" not in name] for kind, names in database.BUNDLES.items()}


def read(path: Path, default):
    return json.loads(path.read_text()) if path.is_file() else default


def stamps() -> dict[str, str]:
    """What each module is made of: a changed one needs an update of the database."""
    found = {}
    for name in MODULES:
        folder = module_path(name)
        rows = []
        for top, dirs, files in os.walk(folder):
            skip = NOT_THE_SITE | (set(MODULES) if top == str(ROOT) else set())
            dirs[:] = sorted(d for d in dirs if d not in skip and not d.startswith("."))
            inside = Path(top) != ROOT or name != MODULE
            rows += [(top, f, sha256(Path(top, f))) for f in sorted(files) if inside or f.startswith("__")]
        found[name] = digest(rows)
    return found


def alive(pid: int) -> bool:
    """Does that process run, and is it ours? Numbers are given out again."""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        return str(HOME).encode() in words and b"defunct" not in words
    return False


def free_port(start: int) -> int:
    for port in range(start, start + 200):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    die(f"no free port from {start} on")


def create(cluster: Cluster) -> None:
    """Make the database under another name first, so that what stops halfway leaves nothing."""
    new = f"{DB}_new"
    database.make(cluster, new, bundles=BUNDLES)
    cluster.query(f'alter database "{new}" rename to "{DB}"')
    shutil.rmtree(database.FILESTORE / DB, ignore_errors=True)
    (database.FILESTORE / new).rename(database.FILESTORE / DB)
    STAMPS.write_text(json.dumps(stamps()))


def load_season() -> None:
    say("loading the demo season")
    if subprocess.run([PYTHON, DEV / "demo.py", CONF, DB, LOGINS], cwd=HOME).returncode:
        die("the demo season was not loaded, see above; `make clean` starts afresh")


def refresh(cluster: Cluster) -> bool:
    """Make the database, or bring it up to the code; says whether anything was done."""
    before, now = read(STAMPS, {}), stamps()
    changed = [name for name in MODULES if before.get(name) != now[name]]
    if not database.exists(cluster, DB):
        create(cluster)
    elif changed:
        stop()
        say(f"{DB}: updating {', '.join(changed)}")
        database.install(cluster, DB, changed, bundles=BUNDLES)
        STAMPS.write_text(json.dumps(now))
    elif LOGINS.is_file():
        return False
    load_season()
    return True


def spawn(*cmd, log: Path) -> int:
    with log.open("a") as out:
        return subprocess.Popen(
            [str(c) for c in cmd], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, cwd=HOME
        ).pid


def start(cluster: Cluster) -> None:
    port = int(os.environ.get("PORT") or free_port(8069))
    smtp = free_port(port + 2000)
    address = f"http://127.0.0.1:{port}"
    cluster.query(
        "insert into ir_config_parameter (key, value) values ('web.base.url', '" + address + "')"
        " on conflict (key) do update set value = excluded.value", db=DB,
    )  # fmt: skip
    mail = spawn(PYTHON, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{smtp}", "-c", "aiosmtpd.handlers.Mailbox", MAIL,
                 log=LOGS / "mail.log")  # fmt: skip
    odoo = spawn(
        HOME / "venv/bin/odoo", "-c", CONF, "-d", DB, f"--db-filter=^{DB}$", f"--http-port={port}",
        # without a host of its own the "replica" is sought at libpq's default address
        "--max-cron-threads=1", "--dev=replica", f"--db_replica_host={cluster.run_dir}",
        "--smtp=127.0.0.1", f"--smtp-port={smtp}", log=LOG,
    )  # fmt: skip
    STATE.write_text(json.dumps({"odoo": odoo, "mail": mail, "port": port}))
    say(f"starting on {address}")
    for path in ("/web/health", "/"):
        wait(address + path, odoo)


def wait(url: str, pid: int) -> None:
    until = time.monotonic() + START_SECONDS
    problem = "no answer"
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=START_SECONDS):
                return
        except OSError as exc:
            problem = exc
            if hasattr(exc, "code") or not reap(pid):
                break
        time.sleep(0.2)
    tail = "\n".join(LOG.read_text().splitlines()[-25:])
    stop()
    die(f"{url}: {problem}\n{tail}\nthe whole log: {LOG}")


def reap(pid: int) -> bool:
    """Is our own child still there? One that ended stays a zombie until it is waited for."""
    return os.waitpid(pid, os.WNOHANG) == (0, 0)


def stop() -> None:
    state = read(STATE, {})
    pids = [state[name] for name in ("odoo", "mail") if name in state and alive(state[name])]
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for pid in filter(alive, pids):
            os.kill(pid, sign)
        until = time.monotonic() + 10
        while any(map(alive, pids)) and time.monotonic() < until:
            time.sleep(0.1)
    STATE.unlink(missing_ok=True)
    if pids:
        say(f"{DB}: stopped")


def show() -> None:
    port = read(STATE, {})["port"]
    print(f"\n  http://127.0.0.1:{port}/          log: {LOG.relative_to(ROOT)}   mail: {MAIL.relative_to(ROOT)}\n")
    for role, login, password in read(LOGINS, []):
        print(f"  {role:<12} {login:<36} {password}")
    print("\n  `make stop` stops it, `make update` applies changed code.", flush=True)


def running() -> bool:
    return alive(read(STATE, {}).get("odoo", 0))


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else "run"
    for folder in (RUN, LOGS):
        folder.mkdir(parents=True, exist_ok=True)
    if command == "stop":
        return stop()
    if command == "status":
        return show() if running() else print(f"{DB}: not running")
    cluster = Cluster()
    cluster.start()
    if command == "shell":
        args = [HOME / "venv/bin/odoo", "shell", "-c", CONF, "-d", DB, "--no-http"]
        os.execv(args[0], [str(a) for a in args])
    if command not in ("run", "update"):
        sys.exit(__doc__)
    refresh(cluster)
    if not running():
        stop()
        start(cluster)
    show()


if __name__ == "__main__":
    main()
