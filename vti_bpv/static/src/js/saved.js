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

    function ready() {
        const saved = readSaved();
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
