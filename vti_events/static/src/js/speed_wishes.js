/** @odoo-module ignore */
/* Wishes for a speed-date: a button on each card puts it in the first wish that is open. */
(function () {
    "use strict";

    function ready() {
        const wishes = [...document.querySelectorAll("[data-vti-wish]")];
        const status = document.querySelector("[data-vti-chosen]");
        const buttons = [...document.querySelectorAll("[data-vti-choose]")];
        if (!wishes.length || !buttons.length || !status) return;

        function show() {
            for (const button of buttons) {
                const wish = wishes.find((select) => select.value === button.dataset.vtiChoose);
                button.setAttribute("aria-pressed", String(Boolean(wish)));
                button.classList.toggle("vti-btn--primary", Boolean(wish));
                button.firstElementChild.textContent = wish ? tell(button, wish) : button.dataset.vtiLabel;
            }
        }

        function tell(button, wish) {
            return button.dataset.vtiChosenText
                .replace("{name}", button.dataset.vtiName)
                .replace("{rank}", wish.dataset.vtiWish);
        }

        for (const button of buttons) {
            button.dataset.vtiLabel = button.firstElementChild.textContent;
            button.hidden = false;
            button.addEventListener("click", () => {
                const mine = wishes.find((select) => select.value === button.dataset.vtiChoose);
                const open = wishes.find((select) => !select.value);
                if (mine) mine.value = "";
                else if (open) open.value = button.dataset.vtiChoose;
                show();
                const said = wishes.find((select) => select.value === button.dataset.vtiChoose);
                status.textContent = said ? tell(button, said) : mine ? "" : button.dataset.vtiFullText;
                if (!said && !mine) button.firstElementChild.textContent = button.dataset.vtiFullText;
            });
        }
        for (const select of wishes) select.addEventListener("change", show);
        show();
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
