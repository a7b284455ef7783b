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

    function ready() {
        for (const button of document.querySelectorAll("[data-vti-copy]")) {
            button.hidden = !navigator.clipboard;
            button.addEventListener("click", () => copy(button));
        }
        for (const form of document.querySelectorAll("form[data-vti-dependents]")) {
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
