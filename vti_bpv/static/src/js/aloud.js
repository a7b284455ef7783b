/** @odoo-module ignore */
/* Reads a part of the page aloud, where the browser can; an extra for who reads with difficulty. */
(function () {
    "use strict";

    function toggle(button, text) {
        const speech = window.speechSynthesis;
        const isReading = button.dataset.vtiReading === "1";
        speech.cancel();
        if (isReading) {
            return;
        }
        const words = new SpeechSynthesisUtterance(text);
        words.lang = document.documentElement.lang || "nl-NL";
        words.rate = 0.9;
        const label = button.textContent;
        words.onend = words.onerror = () => {
            button.dataset.vtiReading = "";
            button.textContent = label;
        };
        button.dataset.vtiReading = "1";
        button.textContent = button.dataset.vtiStop;
        speech.speak(words);
    }

    function ready() {
        if (!("speechSynthesis" in window)) {
            return;
        }
        for (const button of document.querySelectorAll("button[data-vti-aloud]")) {
            const part = document.getElementById(button.dataset.vtiAloud);
            if (part) {
                button.hidden = false;
                button.addEventListener("click", () => toggle(button, part.innerText));
            }
        }
        window.addEventListener("pagehide", () => window.speechSynthesis.cancel());
    }
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
