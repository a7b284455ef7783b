/* Keeps the last plan of a speed-date on the phone: the hall may have no reception. */
const KEEP = "vti-speed-dates-2";
const PLAN = /\/my\/speed-dates\/\d+$/;
const FILE = /^\/(web\/assets|vti_\w+\/static)\//;
const HOURS = 18;
const PATIENCE = 4000; // milliseconds that a bad line may take before the kept plan is shown

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("vti-speed-dates") && name !== KEEP);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
}

async function fetchPlan(request) {
    const answer = await fetch(request);
    const cache = await caches.open(KEEP);
    if (answer.ok && !answer.redirected) {
        await cache.put(request, answer.clone());
    } else if (answer.redirected || answer.status < 500) {
        await caches.delete(KEEP); // logged out, or no longer one's own; a server that fails changes nothing
    }
    return answer;
}

async function getKept(request) {
    const cache = await caches.open(KEEP);
    const answer = await cache.match(request, {ignoreSearch: true});
    const made = answer && new Date(answer.headers.get("Date") || 0).getTime();
    return answer && Date.now() - made < HOURS * 3600 * 1000 ? answer : null;
}

async function givePlan(request) {
    const fresh = fetchPlan(request).catch(() => null);
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    const first = await Promise.race([fresh, late]);
    if (first && first.status < 500) return first;
    return (await getKept(request)) || (await fresh) || Response.error();
}

/** Files have their version in their name: what is kept is as good as new. */
async function giveFile(request) {
    const cache = await caches.open(KEEP);
    const kept = await cache.match(request);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
}

self.addEventListener("fetch", (event) => {
    const {request} = event;
    const {pathname, origin} = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin) return;
    if (PLAN.test(pathname)) event.respondWith(givePlan(request));
    else if (FILE.test(pathname)) event.respondWith(giveFile(request));
});

/** A page tells what it is made of: on a first visit it was loaded before there was somebody to keep it. */
async function keep({page, files}) {
    const cache = await caches.open(KEEP);
    const urls = files.map((name) => new URL(name)).filter((url) => FILE.test(url.pathname));
    for (const request of await cache.keys()) {
        const isOld = FILE.test(new URL(request.url).pathname) && !urls.some((url) => url.href === request.url);
        if (isOld) await cache.delete(request);
    }
    await Promise.all(urls.map((url) => giveFile(new Request(url.href)).catch(() => {})));
    if (PLAN.test(new URL(page).pathname)) await fetchPlan(new Request(page, {credentials: "include"}));
}

self.addEventListener("message", (event) => {
    if (event.data && event.data.page) event.waitUntil(keep(event.data).catch(() => {}));
});
