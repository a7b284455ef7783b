#!/usr/bin/env python3
"""Databases made from cached layers - run with any python3 >= 3.11, standard library only.

    dev/database.py make [NAME]      NAME (default: test): all of this repository's modules installed
    dev/database.py drop NAME
    dev/database.py base             only the layer below: the stock modules that ours depend on

base  the stock modules in Dutch and English, nothing of ours. It depends on the Odoo tree and on
      the list of modules alone, and is kept as a dump with its filestore in the cache.
NAME  a copy of base (createdb -T, filestore hard-linked) with our modules installed and the asset
      bundles that pages load generated and committed: a bundle made inside a test is rolled back
      with it and made again by the next one.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from paths import CACHE, CONF, DEV, HOME, MODULE, MODULES, PYTHON, digest, exclusive, module_path, say
from pg import Cluster

FORMAT = 2
FILESTORE, LOGS = HOME / "data/filestore", HOME / "log"
BUNDLES = {
    "js": ("web.assets_web", "web.assets_frontend_minimal", "web.assets_frontend_lazy", "web.assets_tests",
           "web.__assets_tests_call__", "survey.survey_assets", "vti_bpv.assets_public"),
    "css": ("web.assets_web", "web.assets_web_print", "web.assets_frontend", "web.assets_tests",
            "survey.survey_assets", "vti_bpv.assets_public"),
}  # fmt: skip


def base_modules() -> list[str]:
    manifests = [ast.literal_eval((module_path(name) / "__manifest__.py").read_text()) for name in MODULES]
    return sorted({dep for manifest in manifests for dep in manifest.get("depends", [])} - set(MODULES))


def install(
    cluster: Cluster, db: str, modules: list[str], *, bundles: dict | None = None, netherlands: bool = False
) -> None:
    """Install or update the modules; what Odoo warns of goes to the database's install log."""
    job = {"conf": str(CONF), "db": db, "modules": modules, "bundles": bundles or {}, "netherlands": netherlands}
    env = {**os.environ, "PGHOST": str(cluster.run_dir), "PGUSER": cluster.env["PGUSER"]}
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"install-{db}.log"
    with log.open("w") as out:
        done = subprocess.run(
            [PYTHON, DEV / "install.py", json.dumps(job)], env=env, cwd=HOME, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    if done.returncode:
        sys.exit(f"{log.read_text()[-8000:]}\n{db}: the installation failed, see above")


def exists(cluster: Cluster, db: str) -> bool:
    return bool(cluster.query(f"select 1 from pg_database where datname = '{db}'"))


def drop(cluster: Cluster, db: str) -> None:
    cluster.tool("dropdb", "--if-exists", "--force", db, check=True, stderr=subprocess.DEVNULL)
    shutil.rmtree(FILESTORE / db, ignore_errors=True)


def base(cluster: Cluster) -> str:
    """Name of the cluster's base database, restored or built if it isn't there."""
    modules = base_modules()
    setup = [(DEV / name).read_text() for name in ("netherlands.py", "install.py")]
    key = digest(modules, os.readlink(HOME / "root"), cluster.major, setup, FORMAT)[:12]
    db, kept = f"base_{key}", CACHE / "templates" / key
    if exists(cluster, db):
        return db
    with exclusive(f"template-{key}"):
        building = f"{db}_new"
        drop(cluster, building)
        if not (kept.is_dir() and restore(cluster, building, kept)):
            build(cluster, building, kept, modules)
        shutil.rmtree(FILESTORE / db, ignore_errors=True)
        shutil.copytree(kept / "filestore", FILESTORE / db)
        cluster.query(f'alter database "{building}" rename to "{db}"')
    return db


def restore(cluster: Cluster, db: str, kept: Path) -> bool:
    say(f"base layer: restoring {kept.name}")
    cluster.tool("createdb", "-T", "template0", db, check=True)
    # as Odoo does it: indexes on unaccent() need it immutable, which no dump records
    cluster.query("create extension pg_trgm; create extension unaccent; alter function unaccent(text) immutable", db=db)
    if not cluster.tool("pg_restore", "-j2", "--no-owner", "--exit-on-error", "-d", db, kept / "db").returncode:
        return True
    say("base layer: the cached dump does not restore, building anew")
    shutil.rmtree(kept)
    drop(cluster, db)
    return False


def build(cluster: Cluster, db: str, kept: Path, modules: list[str]) -> None:
    say(f"base layer: installing {', '.join(modules)} (a minute or two, kept for next time)")
    install(cluster, db, modules, netherlands=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=kept.parent, prefix=".new-"))
    try:
        cluster.tool("pg_dump", "-Fd", "-j2", "-Z1", "-f", new / "db", db, check=True)
        (FILESTORE / db).rename(new / "filestore")
        new.chmod(0o755)
        new.rename(kept)  # complete or absent
    finally:
        shutil.rmtree(new, ignore_errors=True)


def make(cluster: Cluster, db: str, bundles: dict = BUNDLES) -> None:
    template = base(cluster)
    drop(cluster, db)
    say(f"{db}: installing {MODULE}")
    fast = ["-S", "file_copy"] if cluster.major >= 15 else []
    cluster.tool("createdb", *fast, "-T", template, db, check=True)
    # hard links: the filestore's entries are named by content and written once
    shutil.copytree(FILESTORE / template, FILESTORE / db, copy_function=os.link)
    install(cluster, db, [MODULE], bundles=bundles)
    say(f"{db}: ready")


def main() -> None:
    command, *names = sys.argv[1:] or ["make"]
    if command not in ("base", "make", "drop"):
        sys.exit(__doc__)
    cluster = Cluster()
    cluster.start()
    if command == "base":
        say(base(cluster))
    else:
        {"make": make, "drop": drop}[command](cluster, *(names or ["test"]))


if __name__ == "__main__":
    main()
