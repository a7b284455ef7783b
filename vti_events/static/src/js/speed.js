/** @odoo-module ignore */
/* The plan of a speed-date, on a phone and on the screen in the hall: counts down, shows the round of now, signals a
   new one, and takes in a new plan without being opened again (sound needs the tap that was given on this page). */
(function () {
    "use strict";
    const SECONDS_BETWEEN_LOOKS = 30;
    const SECONDS_NEW = 10;
    const HALF_A_DAY = 12 * 3600 * 1000;

    function format(seconds) {
        const minutes = Math.floor(seconds / 60);
        const hours = Math.floor(minutes / 60);
        const two = (number) => String(number).padStart(2, "0");
        return hours ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    }

    /** Sound and shake, off until somebody asks for them. */
    function makeSignal(root) {
        const button = root.querySelector("[data-vti-loud]");
        const Sound = window.AudioContext || window.webkitAudioContext;
        const words = button && {off: button.textContent, on: button.dataset.vtiLoud};
        let sound = null;
        let isOn = false;

        function signal() {
            if (!isOn) return;
            if (navigator.vibrate) navigator.vibrate([200, 100, 200]);
            if (!sound) return;
            sound.resume();
            const tone = sound.createOscillator();
            tone.connect(sound.destination);
            tone.frequency.value = 880;
            tone.start();
            tone.stop(sound.currentTime + 0.6);
        }
        if (button && (Sound || navigator.vibrate)) {
            button.hidden = false;
            button.addEventListener("click", () => {
                isOn = !isOn;
                if (isOn && Sound && !sound) sound = new Sound();
                button.textContent = isOn ? words.on : words.off;
                button.dataset.vtiOn = isOn ? "yes" : "";
                signal();
            });
        }
        return signal;
    }

    function readRounds(root) {
        return [...root.querySelectorAll("[data-vti-from]")].map((node) => ({
            node,
            from: Date.parse(node.dataset.vtiFrom),
            to: Date.parse(node.dataset.vtiTo),
        }));
    }

    /** What is there for one round only: its place on the screen, and the answers once it has begun. */
    function showRound(turn, now, running, shown) {
        turn.node.classList.toggle("is-current", turn === running);
        turn.node.classList.toggle("is-done", turn.to <= now);
        if (turn === running) turn.node.setAttribute("aria-current", "step");
        else turn.node.removeAttribute("aria-current");
        if (turn.node.hasAttribute("data-vti-shown")) turn.node.hidden = turn !== shown;
        if (turn.from <= now) {
            for (const form of turn.node.querySelectorAll("[data-vti-answer]")) form.hidden = false;
        }
    }

    function start(root) {
        const clock = root.querySelector("[data-vti-clock]");
        const status = root.querySelector("[data-vti-began]");
        const signal = makeSignal(root);
        let rounds = readRounds(root);
        let last = null;

        function tick() {
            const now = Date.now();
            const running = rounds.find((turn) => turn.from <= now && now < turn.to);
            const coming = rounds.find((turn) => turn.from > now);
            const shown = coming || running;
            for (const turn of rounds) showRound(turn, now, running, shown);
            const over = root.querySelector("[data-vti-over]");
            if (over) over.hidden = Boolean(shown);
            if (clock) count(running, coming, now);
            const state = running ? `r${running.from}` : coming ? `c${coming.from}` : "over";
            if (last !== null && state !== last) change(running);
            last = state;
        }

        function count(running, coming, now) {
            const until = running ? running.to : coming && coming.from;
            clock.hidden = !until || until - now > HALF_A_DAY;
            if (clock.hidden) return;
            const label = running ? clock.dataset.vtiClock : clock.dataset.vtiNext;
            clock.textContent = label
                .replace("{round}", (running || coming).node.dataset.vtiRound)
                .replace("{time}", format(Math.max(0, Math.round((until - now) / 1000))));
        }

        /** A round has begun or ended: to be heard, seen, and read aloud. */
        function change(running) {
            signal();
            root.classList.add("is-new");
            setTimeout(() => root.classList.remove("is-new"), SECONDS_NEW * 1000);
            if (status && running) {
                status.textContent = status.dataset.vtiBegan.replace("{round}", running.node.dataset.vtiRound);
            }
        }

        /** Put the newest plan in the place of the old one; `text` is a page that is there already. */
        async function refresh(text) {
            if (!text) {
                const answer = await fetch(location.href, {cache: "no-store"});
                if (!answer.ok || answer.redirected) return location.reload();
                text = await answer.text();
            }
            const fresh = new DOMParser().parseFromString(text, "text/html");
            const other = fresh.querySelector("[data-vti-speed]");
            if (!other) return location.reload();
            const focus = document.activeElement;
            const box = focus && focus.closest("[id^=talk_]");
            for (const part of root.querySelectorAll("[data-vti-part]")) {
                const found = fresh.querySelector(`[data-vti-part="${part.dataset.vtiPart}"]`);
                if (found) part.replaceWith(document.adoptNode(found));
            }
            root.dataset.vtiSpeed = other.dataset.vtiSpeed;
            rounds = readRounds(root);
            tick();
            const again = box && document.getElementById(box.id);
            const same = again && focus.value && again.querySelector(`button[value="${focus.value}"]`);
            if (same) same.focus();
            document.dispatchEvent(new CustomEvent("vti-speed-fresh"));
        }

        function tellOffline(isOffline) {
            const message = root.querySelector("[data-vti-offline]");
            if (message) message.hidden = !isOffline;
            root.classList.toggle("is-offline", isOffline);
        }

        async function look() {
            try {
                const answer = await fetch(root.dataset.vtiVersionUrl, {cache: "no-store"});
                const text = (await answer.text()).trim();
                tellOffline(!answer.ok);
                if (!answer.ok) return;
                document.dispatchEvent(new CustomEvent("vti-speed-online"));
                const busy = document.activeElement && document.activeElement.matches("textarea, input, select");
                if (!busy && /^\d+$/.test(text) && text !== root.dataset.vtiSpeed) await refresh();
            } catch {
                tellOffline(true); // no reception: the plan that is there stays
            }
        }

        tick();
        setInterval(tick, 1000);
        if (root.dataset.vtiVersionUrl) {
            look();
            setInterval(look, SECONDS_BETWEEN_LOOKS * 1000);
            window.addEventListener("online", look);
            window.addEventListener("offline", () => tellOffline(true));
        }
        document.addEventListener("vti-speed-refresh", (event) => refresh(event.detail).catch(() => tellOffline(true)));
    }

    /** Let the phone keep this page and what it looks like, from the first time that it is opened. */
    async function keep(root) {
        if (!("serviceWorker" in navigator) || !root.dataset.vtiWorker) return;
        const scope = location.pathname.replace(/[^/]*$/, "");
        const worker = await navigator.serviceWorker.register(root.dataset.vtiWorker, {scope});
        if (worker.waiting || worker.installing) await navigator.serviceWorker.ready;
        const files = performance.getEntriesByType("resource").map((entry) => entry.name);
        const active = worker.active || (await navigator.serviceWorker.ready).active;
        active.postMessage({page: location.href, files});
    }

    function ready() {
        const root = document.querySelector("[data-vti-speed]");
        if (!root) return;
        start(root);
        window.addEventListener("load", () => keep(root).catch(() => {}));
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", ready);
    } else {
        ready();
    }
})();
