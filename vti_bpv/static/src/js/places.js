/** @odoo-module ignore */
/* Pages of places: copy a text; fields of the form that depend on another one. All work without. */
(function () {
    "use strict";

    async function copy(button) {
        const field = document.getElementById(button.dataset.vtiCopy);
        field.select();
        await navigator.clipboard.writeText(field.value);
        button.textContent = button.dataset.vtiCopied;
    }

    // <div data-vti-shown-for="kind:mbo,hbo"> shows while the field `kind` has one of these values
    function showDependents(form) {
        for (const part of form.querySelectorAll("[data-vti-shown-for]")) {
            const [name, values] = part.dataset.vtiShownFor.split(":");
            part.hidden = !values.split(",").includes(form.elements[name].value);
        }
    }

    // what a form still lacks: <li data-vti-needs="field:length other:length"> is good once all are that long
    function showChecks(list, form) {
        for (const item of list.querySelectorAll("[data-vti-needs]")) {
            const isGood = item.dataset.vtiNeeds.split(" ").every((need) => {
                const [name, length] = need.split(":");
                const field = form.elements[name];
                return field && field.value.trim().length >= Number(length);
            });
            item.classList.toggle("is-good", isGood);
        }
        list.hidden = false;
    }

    // somebody looks: said at the first sign of a person, for scanners of mails open pages too
    function tellSeen(part) {
        const signs = ["pointermove", "touchstart", "scroll", "keydown"];
        function tell() {
            for (const sign of signs) {
                document.removeEventListener(sign, tell);
            }
            const token = document.querySelector("input[name=csrf_token]").value;
            fetch(location.pathname + part.dataset.vtiSeen, {
                method: "POST",
                body: new URLSearchParams({csrf_token: token}),
            }).catch(() => null);
        }
        for (const sign of signs) {
            document.addEventListener(sign, tell, {passive: true});
        }
    }

    function ready() {
        const seen = document.querySelector("[data-vti-seen]");
        if (seen) {
            tellSeen(seen);
        }
        for (const button of document.querySelectorAll("[data-vti-copy]")) {
            button.hidden = !navigator.clipboard;
            button.addEventListener("click", () => copy(button));
        }
        const checks = document.querySelector("[data-vti-checklist]");
        for (const form of document.querySelectorAll("form[data-vti-dependents]")) {
            if (checks) {
                showChecks(checks, form);
                form.addEventListener("input", () => showChecks(checks, form));
            }
            showDependents(form);
            form.addEventListener("change", () => showDependents(form));
        }
    }
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
