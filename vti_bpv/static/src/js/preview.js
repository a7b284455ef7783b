/** @odoo-module ignore */
/* A place as students will see it, beside its form, while one types. The server makes it of what the form holds. */
(function () {
    "use strict";

    const WAIT = 600; // milliseconds without typing
    const AROUND = "script, .vti-header, .vti-footer, .vti-breadcrumbs, .vti-flash, .vti-skip";

    function show(frame, text) {
        const page = new DOMParser().parseFromString(text, "text/html");
        for (const part of page.querySelectorAll(AROUND)) {
            part.remove();
        }
        for (const link of page.querySelectorAll("main a")) {
            link.removeAttribute("href");
        }
        const shown = frame.contentDocument && frame.contentDocument.querySelector(".vti-page");
        if (shown) {
            shown.replaceChildren(...page.querySelector(".vti-page").childNodes); // without losing one's place in it
        } else {
            frame.srcdoc = `<!DOCTYPE html>${page.documentElement.outerHTML}`;
        }
    }

    function follow(part, form) {
        const frame = part.querySelector("iframe");
        let asked = null;
        let timer = null;

        async function ask() {
            if (!part.clientWidth) {
                return; // no room for it
            }
            asked?.abort();
            asked = new AbortController();
            const body = new URLSearchParams(new FormData(form));
            const answer = await fetch(part.dataset.vtiPreview, {method: "POST", body, signal: asked.signal}).catch(
                () => null
            );
            if (answer && answer.ok && !answer.redirected) {
                show(frame, await answer.text());
            }
        }

        part.hidden = false;
        form.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(ask, WAIT);
        });
        ask();
    }

    function ready() {
        const part = document.querySelector("[data-vti-preview]");
        const form = document.querySelector("form[data-vti-dependents]");
        if (part && form) {
            follow(part, form);
        }
    }
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
