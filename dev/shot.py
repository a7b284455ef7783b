#!/usr/bin/env python3
"""Screenshots and accessibility findings of pages of a running site.

    dev/shot.py --base http://127.0.0.1:8069 --login x --password y --out /tmp/shots /stages /my

Takes every path at 390 and 1280 wide, full page, in Dutch, as that user or (without --login) as a
visitor. Prints for each the status, what the browser's console complained of, whether it scrolls
sideways, and axe's violations. Ends with 1 if there is any of that.
"""

import argparse
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from paths import HOME, PYTHON, axe_js, die

WIDTHS = {390: 844, 1280: 900}
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--base", default="http://127.0.0.1:8069")
    parser.add_argument("--login")
    parser.add_argument("--password")
    parser.add_argument("--lang", default="nl-NL")
    parser.add_argument("--out", type=Path, default=HOME / "shots")
    return parser.parse_args()


def log_in(context, base: str, login: str, password: str | None) -> None:
    page = context.new_page()
    page.goto(f"{base}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password or login)
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_load_state("load")
    if page.locator("input[name=password]").count():
        die(f"{login} can't log in at {base}")
    page.close()


def findings(page) -> list[str]:
    page.evaluate(axe_js().read_text())
    rows = []
    for violation in page.evaluate("() => axe.run(document)")["violations"]:
        rows.append(f"axe {violation['impact']}: {violation['id']} - {violation['help']}")
        rows += [f"    {' '.join(node['html'].split())[:160]}" for node in violation["nodes"][:4]]
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return rows + ([f"scrolls sideways by {wide}px"] if wide > 0 else [])


def shoot(context, base: str, path: str, width: int, out: Path) -> list[str]:
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: message.type == "error" and complaints.append(
        f"console: {message.text} ({message.location['url']})"))  # fmt: skip
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    answer = page.goto(base + path)
    page.wait_for_load_state("load")
    page.wait_for_timeout(700)  # Odoo's scripts start after the page has loaded
    name = re.sub(r"\W+", "-", path).strip("-") or "home"
    target = out / f"{name}-{width}.png"
    page.screenshot(path=target, full_page=True)
    print(f"{answer.status} {path} at {width}: {target}")
    if answer.status >= 400:
        complaints.append(f"status {answer.status}")
    complaints += findings(page)
    page.close()
    return complaints


def main() -> None:
    if Path(sys.prefix).resolve() != (HOME / "venv").resolve():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only in the venv

    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    binary = next((path for path in CHROMIUM if Path(path).exists()), None) or die("apt-get install chromium")
    found = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=binary, chromium_sandbox=False)
        context = browser.new_context(locale=args.lang)
        if args.login:
            log_in(context, args.base, args.login, args.password)
        for path in args.paths:
            for width in WIDTHS:
                for row in dict.fromkeys(shoot(context, args.base, path, width, args.out)):
                    found += 1
                    print(f"  {row}")
        browser.close()
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
