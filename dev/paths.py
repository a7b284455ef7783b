"""Where things are, and the small tools that every script in dev/ uses - standard library only."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / "dev"
HOME = Path(os.environ.get("VTI_ODOO_HOME", ROOT / ".odoo"))
CACHE = Path(
    os.environ.get("VTI_CACHE", Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "vti-odoo")
).resolve()
LINKS, CONF, PYTHON = HOME / "addons", HOME / "odoo.conf", HOME / "venv/bin/python"
MODULE = "vti"  # technical name of the repo root's module
MODULES = ("vti_bpv", "vti_events", "vti_alumni", MODULE)  # in the order of their dependencies

T0 = time.monotonic()


def module_path(name: str) -> Path:
    return ROOT if name == MODULE else ROOT / name


def say(text: str) -> None:
    print(f"[{time.monotonic() - T0:6.1f}s] {text}", flush=True)


def die(text: str) -> None:
    sys.exit(f"{Path(sys.argv[0]).name}: {text}")


def sh(*cmd, **kw) -> str:
    try:
        done = subprocess.run([str(c) for c in cmd], check=True, text=True, **{"stdout": subprocess.PIPE, **kw})
    except FileNotFoundError:
        die(f"{cmd[0]} is missing")
    except subprocess.CalledProcessError as exc:
        die(f"{' '.join(map(str, cmd))} failed with status {exc.returncode}\n{exc.stdout or ''}")
    return done.stdout


def sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def digest(*parts) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@contextlib.contextmanager
def exclusive(name: str):
    """One builder of a cache entry at a time; the others wait and then find it done."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / f".{name}.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def point(link: Path, target: Path) -> None:
    if not (link.is_symlink() and os.readlink(link) == str(target)):
        if link.is_dir() and not link.is_symlink():
            shutil.rmtree(link)
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def axe_js() -> Path:
    """The axe-core script, for accessibility checks inside a browser."""
    (found,) = HOME.glob("venv/lib/python3*/site-packages/axe_playwright_python/axe.min.js")
    return found
