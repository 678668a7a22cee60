// The service worker: shows Meldingen, and a page of ours when there is no connection. `HUIS` stands before
// this (intranet/installeren.py). It keeps what everybody may have and never a page or an answer: a desk is
// shared, and what one person read is no business of the next.

const KAST = `binnenplein-${HUIS.versie}`;

self.addEventListener("install", (gebeurtenis) => gebeurtenis.waitUntil(leg()));
self.addEventListener("activate", (gebeurtenis) => gebeurtenis.waitUntil(ruimOp()));
self.addEventListener("fetch", (gebeurtenis) => {
  const { request } = gebeurtenis, adres = new URL(request.url);
  if (request.method !== "GET" || adres.origin !== location.origin) return;
  if (request.mode === "navigate") gebeurtenis.respondWith(blad(gebeurtenis));
  else if (HUIS.vast.includes(adres.pathname)) gebeurtenis.respondWith(vast(request));
});

async function leg() {
  const kast = await caches.open(KAST);
  // As a stranger: the page says nothing of who is logged in.
  await kast.addAll([HUIS.offline, ...HUIS.vast].map((adres) => new Request(adres, { credentials: "omit", cache: "reload" })));
  await self.skipWaiting();
}

async function ruimOp() {
  for (const naam of await caches.keys()) if (naam !== KAST) await caches.delete(naam);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// From the network, always; without one the page that says so.
async function blad(gebeurtenis) {
  try {
    return (await gebeurtenis.preloadResponse) ?? (await fetch(gebeurtenis.request));
  } catch {
    return (await caches.match(HUIS.offline)) ?? Response.error();
  }
}

// What the offline page is made of: from the network when there is one, so that a new version shows.
async function vast(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}

// --- Meldingen -------------------------------------------------------------------------------------

self.addEventListener("push", (gebeurtenis) => gebeurtenis.waitUntil(toon(gebeurtenis.data)));
self.addEventListener("notificationclick", (gebeurtenis) => {
  gebeurtenis.notification.close();
  gebeurtenis.waitUntil(open(gebeurtenis.notification.data.adres));
});
// The browser changed its address: the next page that opens tells us.
self.addEventListener("pushsubscriptionchange", (gebeurtenis) => {
  const wat = gebeurtenis.oldSubscription?.options;
  if (wat) gebeurtenis.waitUntil(self.registration.pushManager.subscribe(wat).catch(() => {}));
});

async function toon(data) {
  let wat = {};
  try {
    wat = data.json();
  } catch { /* a browser demands that something is shown */ }
  const stip = wat.nieuw ? self.navigator.setAppBadge?.(wat.nieuw) : self.navigator.clearAppBadge?.();
  await stip?.catch(() => {});
  // About the same thing: it takes the place of the one that is there.
  await self.registration.showNotification(wat.titel ?? HUIS.naam, {
    body: wat.tekst ?? "",
    tag: wat.merk ?? "alles",
    renotify: true,
    lang: HUIS.taal,
    icon: HUIS.beeld,
    badge: HUIS.stip,
    data: { adres: wat.adres ?? "/meldingen/" },
  });
}

async function open(pad) {
  const adres = new URL(pad, location.origin);
  if (adres.origin !== location.origin) return;
  const bladen = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const al = bladen.find((blad) => blad.url === adres.href);
  if (al) return al.focus();
  await self.clients.openWindow(adres.href);
}
