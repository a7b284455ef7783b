/** @odoo-module ignore */
/* Saved places: the buttons show what this browser saved, and save without leaving the page. */
(function () {
    "use strict";

    function readSaved() {
        const cookie = document.cookie.split("; ").find((part) => part.startsWith("vti_saved="));
        return cookie ? cookie.slice(10).split(".")[0].split("-") : [];
    }

    function show(form, isSaved) {
        form.action = form.action.replace(/\/\w+$/, isSaved ? "/remove" : "/save");
        form.querySelector("[data-vti-when=saved]").hidden = !isSaved;
        form.querySelector("[data-vti-when=unsaved]").hidden = isSaved;
    }

    async function change(form) {
        const willBeSaved = form.action.endsWith("/save");
        const body = new URLSearchParams({place: form.dataset.vtiSave, quiet: "1"});
        const answer = await fetch(form.action, {method: "POST", body}).catch(() => null);
        if (answer && answer.ok) {
            show(form, willBeSaved);
        } else {
            form.submit();
        }
    }

    // hearts on the cards of a list: the page is the same for all visitors, who is logged in asks for their own
    const HEART = "M12 21S5 16 2 12C0 8 2 4 6 4c2 0 5 1 6 3 1-2 4-3 6-3 4 0 6 4 4 8-3 4-10 9-10 9z";

    function showHeart(heart, words, isSaved) {
        const text = isSaved ? words.vtiHeartSaved : words.vtiHeartSave;
        heart.setAttribute("aria-label", text.replace("%s", heart.dataset.title));
        heart.setAttribute("aria-pressed", String(isSaved));
    }

    async function changeHeart(heart, words, link) {
        const willBeSaved = heart.getAttribute("aria-pressed") !== "true";
        showHeart(heart, words, willBeSaved);
        const body = new URLSearchParams({place: heart.dataset.place, quiet: "1"});
        const url = `/bewaard/${willBeSaved ? "save" : "remove"}`;
        const answer = await fetch(url, {method: "POST", body}).catch(() => null);
        if (!answer || !answer.ok) {
            showHeart(heart, words, !willBeSaved);
            location.assign(link.href);
        }
    }

    function makeHeart(link, number, words) {
        const heart = document.createElement("button");
        heart.type = "button";
        heart.className = "vti-heart";
        heart.dataset.place = number;
        heart.dataset.title = link.textContent.trim();
        heart.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${HEART}"/></svg>`;
        heart.addEventListener("click", () => changeHeart(heart, words, link));
        return heart;
    }

    async function addHearts(holder, cookie) {
        const words = holder.dataset;
        let saved = cookie;
        if (words.vtiHeartIds) {
            const answer = await fetch(words.vtiHeartIds).catch(() => null);
            saved = answer && answer.ok ? (await answer.json()).map(String) : [];
        }
        for (const link of document.querySelectorAll(".vti-card--link .vti-card__title a")) {
            const number = (link.pathname.match(/\/stages\/(?:.*-)?(\d+)$/) || [])[1];
            if (number && !link.closest(".vti-card").querySelector(".vti-heart")) {
                const heart = makeHeart(link, number, words);
                showHeart(heart, words, saved.includes(number));
                link.closest(".vti-card").append(heart);
            }
        }
    }

    function ready() {
        const saved = readSaved();
        const holder = document.querySelector("[data-vti-heart-save]");
        if (holder) {
            addHearts(holder, saved);
            // cards that came later (blocks.js)
            document.addEventListener("vti-cards", () => addHearts(holder, readSaved()));
        }
        for (const form of document.querySelectorAll("form[data-vti-save]")) {
            show(form, saved.includes(form.dataset.vtiSave) || form.dataset.vtiIsSaved === "1");
            form.addEventListener("submit", (ev) => {
                ev.preventDefault();
                // the page's own script lets a form be sent once: this one stays
                ev.stopPropagation();
                change(form);
            });
        }
    }
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
