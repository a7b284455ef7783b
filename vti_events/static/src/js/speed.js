/** @odoo-module ignore */
/* The plan of a speed-date: counts down, marks the talk of now, signals a new round, notices a new plan. */
(function () {
    "use strict";
    const SECONDS_BETWEEN_LOOKS = 30;
    const HALF_A_DAY = 12 * 3600 * 1000;

    function format(seconds) {
        const minutes = Math.floor(seconds / 60);
        const hours = Math.floor(minutes / 60);
        const two = (number) => String(number).padStart(2, "0");
        return hours ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    }

    function signal() {
        if (navigator.vibrate) navigator.vibrate([200, 100, 200]);
        const Sound = window.AudioContext || window.webkitAudioContext;
        if (!Sound) return;
        const sound = new Sound();
        const tone = sound.createOscillator();
        tone.connect(sound.destination);
        tone.frequency.value = 880;
        tone.start();
        tone.stop(sound.currentTime + 0.4);
        tone.onended = () => sound.close();
    }

    function ready() {
        const root = document.querySelector("[data-vti-speed]");
        if (!root) return;
        const rounds = [...root.querySelectorAll("[data-vti-from]")].map((node) => ({
            node,
            from: Date.parse(node.dataset.vtiFrom),
            to: Date.parse(node.dataset.vtiTo),
        }));
        const clock = document.querySelector("[data-vti-clock]");
        const loud = document.querySelector("[data-vti-loud]");
        let signals = root.hasAttribute("data-vti-signals");
        let last = null;
        if (loud) {
            loud.hidden = false;
            loud.addEventListener("click", () => {
                signals = true;
                loud.textContent = loud.dataset.vtiLoud;
                loud.disabled = true;
                signal();
            });
        }

        function tick() {
            const now = Date.now();
            const running = rounds.find((turn) => turn.from <= now && now < turn.to);
            const coming = rounds.find((turn) => turn.from > now);
            for (const turn of rounds) {
                turn.node.classList.toggle("is-current", turn === running);
                turn.node.classList.toggle("is-done", turn.to <= now);
            }
            if (clock) {
                const until = running ? running.to : coming && coming.from;
                clock.hidden = !until || until - now > HALF_A_DAY;
                if (!clock.hidden) {
                    const label = running ? clock.dataset.vtiClock : clock.dataset.vtiNext;
                    const round = (running || coming).node.dataset.vtiRound;
                    clock.textContent = label
                        .replace("{round}", round)
                        .replace("{time}", format(Math.max(0, Math.round((until - now) / 1000))));
                }
            }
            const state = running ? `r${running.from}` : coming ? `c${coming.from}` : "over";
            if (last !== null && state !== last) {
                if (signals) signal();
                if (root.hasAttribute("data-vti-reload")) location.reload();
            }
            last = state;
        }

        async function look() {
            try {
                const answer = await fetch(root.dataset.vtiVersionUrl, {cache: "no-store"});
                const text = (await answer.text()).trim();
                const busy = document.activeElement && document.activeElement.matches("textarea, input, select");
                if (answer.ok && !busy && /^\d+$/.test(text) && text !== root.dataset.vtiSpeed) location.reload();
                root.dataset.vtiOffline = "";
            } catch {
                root.dataset.vtiOffline = "yes"; // no reception: the plan that is there stays
            }
        }

        tick();
        setInterval(tick, 1000);
        if (root.dataset.vtiVersionUrl) setInterval(look, SECONDS_BETWEEN_LOOKS * 1000);
        if ("serviceWorker" in navigator && root.dataset.vtiWorker) {
            navigator.serviceWorker.register(root.dataset.vtiWorker).catch(() => {});
        }
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
