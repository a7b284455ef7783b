/* Keeps the last plan of a speed-date on the phone: the hall may have no reception. */
const KEEP = "vti-speed-dates";
const PLAN = /\/my\/speed-dates\/\d+$/;
const HOURS = 18;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function fresh(request, isPlan) {
    const answer = await fetch(request);
    // a page that leads elsewhere (to log in, say) isn't a plan
    if (answer.ok && !answer.redirected && (isPlan || request.url.includes("/web/assets/"))) {
        const cache = await caches.open(KEEP);
        await cache.put(request, answer.clone());
    } else if (isPlan) {
        await caches.delete(KEEP);
    }
    return answer;
}

async function kept(request) {
    const cache = await caches.open(KEEP);
    const answer = await cache.match(request);
    if (!answer) return Response.error();
    const age = Date.now() - new Date(answer.headers.get("Date") || Date.now()).getTime();
    if (age > HOURS * 3600 * 1000) {
        await caches.delete(KEEP);
        return Response.error();
    }
    return answer;
}

self.addEventListener("fetch", (event) => {
    const {request} = event;
    if (request.method !== "GET") return;
    const isPlan = PLAN.test(new URL(request.url).pathname);
    if (isPlan || request.url.includes("/web/assets/")) {
        event.respondWith(fresh(request, isPlan).catch(() => kept(request)));
    }
});
