/** @odoo-module ignore */
/* Small improvements of pages that work without them. */
(function () {
    "use strict";

    function ready() {
        // errors first: the summary is what a screen reader and the eye should meet
        const errors = document.querySelector(".vti-errors");
        if (errors) {
            errors.tabIndex = -1;
            errors.focus();
        }
        // filters are open on a desk
        if (window.matchMedia("(min-width: 900px)").matches) {
            for (const drawer of document.querySelectorAll("details.vti-facets")) {
                drawer.open = true;
            }
        }
        for (const button of document.querySelectorAll("[data-vti-copy]")) {
            button.hidden = !navigator.clipboard;
        }
        for (const button of document.querySelectorAll("[data-vti-share]")) {
            button.hidden = !(navigator.share || navigator.clipboard);
        }
        for (const field of document.querySelectorAll("input[type=password][data-vti-show]")) {
            addShowButton(field);
        }
    }

    function addShowButton(field) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "vti-btn vti-btn--quiet vti-btn--small";
        button.textContent = field.dataset.vtiShow;
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => {
            const shown = field.type === "text";
            field.type = shown ? "password" : "text";
            button.setAttribute("aria-pressed", String(!shown));
        });
        field.after(button);
    }

    async function share(button) {
        const url = button.dataset.vtiShare || location.href;
        if (navigator.share) {
            await navigator.share({title: document.title, url}).catch(() => {});
            return;
        }
        await navigator.clipboard.writeText(url);
        const [before, after] = button.children;
        before.hidden = true;
        after.hidden = false;
    }

    // to a wrong field, without a fragment in the address: that would come back with the form, and take
    // the focus from its summary
    document.addEventListener("click", (ev) => {
        const link = ev.target.closest(".vti-errors a[href^='#']");
        const field = link && document.getElementById(link.hash.slice(1));
        if (field) {
            ev.preventDefault();
            field.focus();
            (field.closest(".vti-field") || field).scrollIntoView({block: "center"});
        }
    });
    async function copy(button) {
        await navigator.clipboard.writeText(button.dataset.vtiCopy);
        button.textContent = button.dataset.vtiCopied || button.textContent;
    }

    document.addEventListener("click", (ev) => {
        const source = ev.target.closest("[data-vti-copy]");
        if (source) {
            ev.preventDefault();
            copy(source);
        }
        const button = ev.target.closest("[data-vti-share]");
        if (button) {
            ev.preventDefault();
            share(button);
        }
    });
    document.addEventListener("submit", (ev) => {
        const form = ev.target;
        const question = (ev.submitter || form).dataset.vtiConfirm;
        if (question && !window.confirm(question)) {
            ev.preventDefault();
            return;
        }
        // a form is sent once, however often one taps; again possible after going back
        if (form.method === "post" && ev.submitter?.formTarget !== "_blank") {
            if (form.dataset.vtiSent) {
                ev.preventDefault();
                return;
            }
            form.dataset.vtiSent = "1";
        }
    });
    window.addEventListener("pageshow", () => {
        for (const form of document.querySelectorAll("form[data-vti-sent]")) {
            delete form.dataset.vtiSent;
        }
    });
    document.addEventListener("change", (ev) => {
        // not while somebody types: the next field is lost when the page comes anew
        const chooses = ev.target.matches("select, [type=checkbox], [type=radio]");
        const form = ev.target.form;
        if (chooses && form && "vtiAutosubmit" in form.dataset) {
            form.requestSubmit();
        }
    });
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
