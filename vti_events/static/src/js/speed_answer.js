/** @odoo-module ignore */
/* One tap after a talk. Where there is no reception, the answer waits on the phone and goes later. */
(function () {
    "use strict";
    const KEY = "vti-speed-answers";

    function read() {
        try {
            return JSON.parse(localStorage.getItem(KEY)) || {};
        } catch {
            return {};
        }
    }

    function write(waiting) {
        try {
            localStorage.setItem(KEY, JSON.stringify(waiting));
            return true;
        } catch {
            return false; // a browser that keeps nothing sends the form as it always did
        }
    }

    function press(form, value) {
        for (const button of form.querySelectorAll(".vti-speed-choice")) {
            button.setAttribute("aria-pressed", String(button.value === value));
        }
    }

    /** Show what still waits on this phone. */
    function show() {
        const waiting = read();
        for (const form of document.querySelectorAll("[data-vti-answer]")) {
            const mine = waiting[form.dataset.vtiAnswer];
            const message = form.querySelector("[data-vti-waiting]");
            if (message) message.hidden = !mine || mine.fresh;
            if (!mine) continue;
            const values = new URLSearchParams(mine.body);
            press(form, values.get("answer"));
            form.querySelector("textarea").value = values.get("note") || "";
        }
    }

    async function post({url, body}) {
        const answer = await fetch(url, {
            method: "POST",
            headers: {"Content-Type": "application/x-www-form-urlencoded"},
            body,
        });
        const isLogin = answer.redirected && new URL(answer.url).pathname.includes("/web/login");
        if (answer.status >= 500) throw new Error("later");
        return {gone: !isLogin, text: answer.ok && !isLogin ? await answer.text() : null};
    }

    let isSending = false;
    async function send() {
        if (isSending) return;
        isSending = true;
        let text = null;
        try {
            for (const [talk, one] of Object.entries(read())) {
                const sent = await post(one);
                const waiting = read();
                if (sent.gone && waiting[talk] && waiting[talk].body === one.body) delete waiting[talk];
                write(waiting);
                text = sent.text;
                if (!text) location.reload(); // logged out, or a page of an hour ago: the server tells
            }
        } catch {
            const waiting = read();
            for (const one of Object.values(waiting)) delete one.fresh;
            write(waiting);
        } finally {
            isSending = false;
        }
        const busy = document.activeElement && document.activeElement.matches("textarea");
        if (text && !busy) document.dispatchEvent(new CustomEvent("vti-speed-refresh", {detail: text}));
        show();
    }

    function ready() {
        if (!document.querySelector("[data-vti-speed]")) return;
        document.addEventListener("submit", (event) => {
            const form = event.target.closest("[data-vti-answer]");
            if (!form) return;
            const body = new URLSearchParams(new FormData(form, event.submitter)).toString();
            const waiting = read();
            waiting[form.dataset.vtiAnswer] = {url: form.getAttribute("action"), body, fresh: true};
            if (!write(waiting)) return;
            event.preventDefault();
            show();
            send();
        });
        document.addEventListener("vti-speed-online", () => Object.keys(read()).length && send());
        document.addEventListener("vti-speed-fresh", show);
        show();
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
