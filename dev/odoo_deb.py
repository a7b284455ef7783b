"""Odoo as Debian packages it, unpacked into a folder of the cache - standard library only.

The packages and their hashes stand in dev/odoo.lock.json. The mirror is the one that this machine's
own apt is set up with; transport, proxies and credentials are apt's. Nothing is installed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from paths import CACHE, DEV, die, digest, exclusive, say, sh, sha256

LOCK = DEV / "odoo.lock.json"
PURELIB = "usr/lib/python3/dist-packages"
LANGS = ("nl", "fr", "de", "en")  # translations worth their disk space
ODOO_SERIES = "19.0"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PACKAGES = (
    "odoo-19",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
# Links that no deb of the suite fills and that Odoo does not read (legacy copies of its own
# src/libs/fontawesome, and the point of sale's receipt font). Any other dangling link is an error.
KNOWN_DANGLING = (
    re.compile(r"/web/static/lib/fontawesome/"),
    re.compile(r"/point_of_sale/static/src/fonts/Inconsolata\.otf$"),
)
# Left out of the package (no source form): mail lists it in web.assets_backend, and a bundle with a
# missing file logs a console.error, which fails every backend tour. Calls merely cannot blur the background.
STUBS = {
    "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js": "/* left out by Debian */\n",
}
PIP = "python3-pip-whl"  # Debian's python3 comes without pip and ensurepip
FORMAT = 7  # raise it when the unpacking below changes


# -- apt -----------------------------------------------------------------------------------------


def mirror() -> str:
    """The archive that apt already uses for this Debian release (without its own address here)."""
    codename = next(
        (
            line.split("=", 1)[1].strip().strip('"')
            for line in Path("/etc/os-release").read_text().splitlines()
            if line.startswith("VERSION_CODENAME=")
        ),
        "",
    )
    rows = [
        line.split("|")
        for line in sh(
            "apt-get", "indextargets", "--format", "$(RELEASE)|$(COMPONENT)|$(REPO_URI)", "Created-By: Packages"
        ).splitlines()
    ]
    for release, component, uri in rows:
        if release == codename and component == "main":
            return uri.rstrip("/")
    die(f"apt on this machine has no 'main' component of '{codename}' configured")


class Archive:
    """The lock's suite, seen through a private apt state: the system's own is not touched."""

    def __init__(self, suite: str):
        self.dir = Path(tempfile.mkdtemp(prefix="vti-apt-"))
        (self.dir / "lists/partial").mkdir(parents=True)
        (self.dir / "cache/archives/partial").mkdir(parents=True)
        signed = f"signed-by={KEYRING} " if KEYRING.is_file() else ""
        (self.dir / "suite.list").write_text(
            f"deb [{signed}arch={sh('dpkg', '--print-architecture').strip()}] {mirror()} {suite} main\n"
        )
        self.opts = [
            "-o",
            f"Dir::Etc::sourcelist={self.dir}/suite.list",
            "-o",
            "Dir::Etc::sourceparts=-",
            "-o",
            f"Dir::State::Lists={self.dir}/lists",
            "-o",
            f"Dir::Cache={self.dir}/cache",
            "-o",
            "Acquire::Languages=none",
            "-o",
            "APT::Get::List-Cleanup=0",
        ]
        if os.geteuid() == 0:  # the _apt user must be able to write there
            self.opts += ["-o", "APT::Sandbox::User=root"]

    def __enter__(self):
        sh("apt-get", "-qq", *self.opts, "update")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.dir, ignore_errors=True)

    def resolve(self, names) -> dict:
        """name -> version, size, sha256, path of each package's candidate, from the signed index."""
        found: dict = {}
        for block in sh("apt-cache", *self.opts, "show", "--no-all-versions", *names).split("\n\n"):
            field = dict(re.findall(r"^([A-Za-z0-9-]+): (.*)$", block, re.M))
            if field:
                if field["Architecture"] != "all":
                    die(f"{field['Package']} is not architecture independent")
                found[field["Package"]] = {
                    "version": field["Version"],
                    "size": int(field["Size"]),
                    "sha256": field["SHA256"],
                    "path": field["Filename"],
                }
        if missing := set(names) - set(found):
            die(f"the suite has no {', '.join(sorted(missing))}")
        if not re.search(rf"(^|:){re.escape(ODOO_SERIES)}[.+]", found["odoo-19"]["version"]):
            die(f"odoo-19 is now {found['odoo-19']['version']}, not {ODOO_SERIES}")
        return found


def fetch(debs: dict) -> list[Path]:
    """Every deb of the lock into the cache, through apt's own transport, checked against its sha256."""
    store = CACHE / "debs"
    store.mkdir(parents=True, exist_ok=True)
    files = {name: store / f"{deb['sha256']}.deb" for name, deb in debs.items()}
    # a name carries its content's hash and is only given after a check, so size is enough here
    todo = [n for n, f in files.items() if not (f.is_file() and f.stat().st_size == debs[n]["size"])]
    if todo:
        base = mirror()
        say(f"fetching {len(todo)} debs, {sum(debs[n]['size'] for n in todo) / 1e6:.0f} MB")
        with tempfile.TemporaryDirectory(dir=store) as tmp:
            args = []
            for name in todo:
                args += [f"{base}/{debs[name]['path']}", f"{tmp}/{name}.deb", f"SHA256:{debs[name]['sha256']}"]
            opts = ["-o", "APT::Sandbox::User=root"] if os.geteuid() == 0 else []
            done = subprocess.run(
                ["/usr/lib/apt/apt-helper", *opts, "-o", "Acquire::Retries=3", "-qq", "download-file", *args],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for name in todo:
                part = Path(tmp, f"{name}.deb")
                if not part.is_file() or sha256(part) != debs[name]["sha256"]:
                    if not re.search(
                        r"\b404\b", done.stdout
                    ):  # a wrong hash or no network is no reason to take another
                        die(f"{name} {debs[name]['version']} cannot be fetched:\n{done.stdout.strip()[-1500:]}")
                    raise LookupError(f"{name} {debs[name]['version']}")
                part.replace(files[name])
    return list(files.values())


def locked() -> dict:
    return json.loads(LOCK.read_text())


def resolve(suite: str) -> dict:
    with Archive(suite) as archive:
        return {"suite": suite, "debs": archive.resolve((*PACKAGES, PIP))}


# -- unpack --------------------------------------------------------------------------------------


def excluded(deb: Path) -> list[str]:
    """Paths of a deb not worth unpacking: other languages, the duplicate python-only addons/, docs."""
    names = [line.split("  ", 1)[1] for line in sh("dpkg-deb", "-I", deb, "md5sums").splitlines()]
    keep = re.compile(rf"/i18n/({'|'.join(LANGS)})([_@].*)?\.po$")
    drop = re.compile(
        r"^usr/share/(doc|man|lintian)/|^usr/lib/python3/dist-packages/(addons|doc|setup)/|/i18n/.*\.pot$"
    )
    return ["./" + n for n in names if drop.search(n) or (n.endswith(".po") and "/i18n/" in n and not keep.search(n))]


def unpack(debs: list[Path], tree: Path) -> None:
    for deb in debs:
        with tempfile.NamedTemporaryFile("w", suffix=".exclude") as listing:
            listing.write("\n".join(excluded(deb)) + "\n")
            listing.flush()
            stream = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE)
            sh(
                "tar",
                "-x",
                "-C",
                tree,
                "--no-same-owner",
                "--no-same-permissions",
                "--no-wildcards",
                "--anchored",
                "-X",
                listing.name,
                stdin=stream.stdout,
            )
            if stream.wait():
                die(f"{deb} cannot be unpacked")
    shutil.rmtree(tree / "etc", ignore_errors=True)
    for left in ("addons", "doc", "setup"):  # folders whose files were left out
        shutil.rmtree(tree / PURELIB / left, ignore_errors=True)


def woff_to_ttf(source: bytes) -> bytes:
    """Unwraps a WOFF 1 font into the TrueType font it holds (each table is zlib packed)."""
    sig, flavor, _len, count = struct.unpack(">4s4sIH", source[:14])
    assert sig == b"wOFF"
    tables = []
    for i in range(count):
        tag, offset, packed, size, check = struct.unpack(">4sIIII", source[44 + 20 * i : 64 + 20 * i])
        data = source[offset : offset + packed]
        tables.append((tag, check, zlib.decompress(data) if packed < size else data))
    power = 1 << (count.bit_length() - 1)
    head = flavor + struct.pack(">HHHH", count, power * 16, power.bit_length() - 1, (count - power) * 16)
    body, records, at = b"", b"", 12 + 16 * count
    for tag, check, data in tables:
        records += tag + struct.pack(">III", check, at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + records + body


def fix_links(tree: Path) -> None:
    """fonts-font-awesome 7 has no fontawesome-webfont.*: only the .ttf is read (font to png in
    mail/html_editor), and the .woff that Odoo ships beside it holds the same font."""
    fonts = tree / PURELIB / "odoo/addons/web/static/src/libs/fontawesome/fonts"
    ttf = fonts / "fontawesome-webfont.ttf"
    if not ttf.exists():
        ttf.unlink(missing_ok=True)
        ttf.write_bytes(woff_to_ttf((fonts / "fontawesome-webfont.woff").read_bytes()))
    for folder, dirs, files in os.walk(tree / PURELIB):
        for name in dirs + files:
            path = os.path.join(folder, name)
            if os.path.islink(path) and not os.path.exists(path):
                if not any(known.search(path) for known in KNOWN_DANGLING):
                    die(f"{path} -> {os.readlink(path)} points nowhere")
                os.unlink(path)
    for name, text in STUBS.items():
        stub = tree / PURELIB / name
        if not stub.exists():
            stub.parent.mkdir(parents=True, exist_ok=True)
            stub.write_text(text)


def make_tree(debs: list[Path], tree: Path) -> None:
    with exclusive("tree"):
        if tree.is_dir():
            return
        say("unpacking")
        tree.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=tree.parent, prefix=".new-"))
        try:
            unpack(debs, new)
            fix_links(new)
            new.chmod(0o755)
            new.rename(tree)  # complete or absent
        finally:
            shutil.rmtree(new, ignore_errors=True)


def odoo_tree() -> Path:
    """The unpacked tree of the lock's packages, made if it isn't in the cache."""
    spec = locked()
    while True:
        debs = {name: spec["debs"][name] for name in PACKAGES}
        tree = CACHE / "trees" / digest(debs, LANGS, FORMAT)[:16]
        if tree.is_dir():
            return tree
        try:
            make_tree(fetch(debs), tree)
        except LookupError as exc:
            # the suite moves on and drops old versions: take its current, signature-checked ones
            say(
                f"{exc} is not served any more: taking the suite's current one (run 'dev/bootstrap.py lock' and commit)"
            )
            fresh = resolve(spec["suite"])
            if fresh == spec:
                die("the archive's index and pool disagree: try again later")
            spec = fresh


def pip_wheel() -> Path:
    """pip as one file that Python can run, whatever this machine has."""
    spec = locked()
    if (kept := CACHE / f"pip-{spec['debs'][PIP]['sha256'][:16]}.whl").is_file():
        return kept
    with exclusive("pip"), tempfile.TemporaryDirectory(dir=CACHE) as tmp:
        try:
            (deb,) = fetch({PIP: spec["debs"][PIP]})
        except LookupError:
            (deb,) = fetch({PIP: resolve(spec["suite"])["debs"][PIP]})
        sh("dpkg-deb", "-x", deb, tmp)
        (wheel,) = Path(tmp).glob("usr/share/python-wheels/pip-*.whl")
        wheel.replace(kept)
    return kept


def lock() -> None:
    LOCK.write_text(json.dumps(resolve("sid"), indent=2) + "\n")
    say(f"locked odoo-19 {locked()['debs']['odoo-19']['version']}")
