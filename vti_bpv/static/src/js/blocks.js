/** @odoo-module ignore */
/* Blocks of places on pages: a page may be an hour old, what they show is asked for when it opens. */
(function () {
    "use strict";

    async function fill(block) {
        const asked = new URLSearchParams(Object.entries(block.closest("[data-snippet]").dataset));
        const list = block.querySelector(".vti-block__plain a").pathname;
        const part = block.dataset.vtiBlock === "week" ? "/block/week" : "/block";
        const answer = await fetch(`${list}${part}?${asked}`).catch(() => null);
        if (answer && answer.ok) {
            block.querySelector(".vti-block__live").innerHTML = await answer.text();
            document.dispatchEvent(new CustomEvent("vti-cards"));
        }
    }

    function ready() {
        document.querySelectorAll("[data-vti-block]").forEach(fill);
    }
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
