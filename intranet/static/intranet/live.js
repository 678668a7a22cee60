// Hears that something changed while a page is open, and fetches it: the bell, new answers, new questions.
// Over the line come only keys ("t:12"), never content. No line is no trouble: the page is as it was, and
// catches up when the line is back. A page that nobody looks at has none.

const EERSTE = 1000, LANGSTE = 60_000; // before trying again
const PING = 40_000, PONG = 10_000;
const UIT_BEELD = 30_000; // hidden this long: hang up
const TUSSEN = 1000; // between two looks at the same thing
const UITGELOGD = 4401, TE_VEEL = 4429;
const grond = document.body;

// Key -> what to do when it changed. Our own bell comes without asking.
const volg = new Map();
// Since when we know things, by the clock of the server.
let sinds = Number(grond.dataset.live);
let lijn = null, wacht = EERSTE, opnieuw, ping, pong, uitBeeld;

// --- The line ------------------------------------------------------------------------------------

function verbind() {
  clearTimeout(opnieuw);
  if (lijn || document.hidden) return;
  const nu = (lijn = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws/`));
  nu.addEventListener("open", () => {
    nu.send(JSON.stringify({ soort: "volg", sleutels: [...volg.keys()], sinds }));
    ping = setInterval(klop, PING);
  });
  nu.addEventListener("message", ({ data }) => { if (nu === lijn) hoor(JSON.parse(data)); });
  nu.addEventListener("close", ({ code }) => { if (nu === lijn) weg(code); });
}

function hoor(bericht) {
  clearTimeout(pong);
  sinds = bericht.op ?? sinds;
  if (bericht.soort === "volgt") wacht = EERSTE;
  else if (bericht.soort === "nieuw") meldt(bericht.sleutel, bericht.spreid);
  else if (bericht.soort === "kijk") for (const sleutel of ["u:", ...volg.keys()]) meldt(sleutel, bericht.spreid);
}

function klop() {
  lijn.send('{"soort":"ping"}');
  pong = setTimeout(() => verbreek() || weg(), PONG);
}

function verbreek() {
  const oud = lijn;
  lijn = null;
  clearInterval(ping);
  clearTimeout(pong);
  oud?.close(1000);
}

// Not everybody at once, and less often the longer it lasts.
function weg(code) {
  verbreek();
  if (code === UITGELOGD) return; // until somebody looks again
  if (code === TE_VEEL) wacht = LANGSTE;
  opnieuw = setTimeout(verbind, wacht * (0.5 + Math.random()));
  wacht = Math.min(wacht * 2, LANGSTE);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(uitBeeld);
  if (document.hidden) uitBeeld = setTimeout(verbreek, UIT_BEELD);
  else verbind();
});
addEventListener("online", () => verbind());
addEventListener("pagehide", verbreek);
addEventListener("pageshow", ({ persisted }) => { if (persisted) verbind(); });

// --- What to do ----------------------------------------------------------------------------------

// Runs `doe` soon after each nudge, once for many; `spreid` seconds apart when many pages were told at once.
function rustig(doe) {
  let straks = null, laatst = 0;
  return (spreid = 0) => {
    straks ??= setTimeout(async () => {
      laatst = Date.now();
      straks = null;
      await doe().catch(() => {}); // no answer now: the next nudge brings us back
    }, Math.max(Math.random() * spreid * 1000, laatst + TUSSEN - Date.now(), 0));
  };
}

const bel = rustig(async () => {
  const oud = document.querySelector("[data-bel]"), html = oud && (await haal(oud.dataset.bel));
  const nieuw = html && deel(html).querySelector("[data-bel]");
  if (!nieuw || nieuw.isEqualNode(oud)) return;
  const stond = oud.contains(document.activeElement);
  oud.replaceWith(nieuw);
  binnenplein.stip();
  htmx.process(nieuw);
  if (stond) (nieuw.matches("a, button") ? nieuw : nieuw.querySelector("a, button"))?.focus();
});

function meldt(sleutel, spreid) {
  if (sleutel.startsWith("u:")) bel(spreid);
  volg.get(sleutel)?.forEach((doe) => doe(spreid));
  document.dispatchEvent(new CustomEvent("binnenplein:nieuw", { detail: sleutel }));
}

// The text at an address of ours. Throws when it is not there (any more), or not for us.
async function haal(adres) {
  const antwoord = await fetch(adres, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(20_000) });
  if (antwoord.ok) return antwoord.text();
  throw new Error(antwoord.status);
}

function deel(html) {
  const blad = document.createElement("template");
  blad.innerHTML = html;
  return blad.content;
}

// A bar above what is read: how many there are, and a button that brings them in.
function balk(vak, bijKlik) {
  const knop = vak.querySelector("button"), woorden = knop.querySelector("span");
  knop.addEventListener("click", bijKlik);
  return (aantal) => {
    const zin = aantal === 1 ? vak.dataset.een : vak.dataset.meer.replace("{}", aantal);
    if (aantal && woorden.textContent !== zin) woorden.textContent = zin;
    knop.hidden = !aantal;
  };
}

// Above a list of questions: who wants to see the new ones gets the list of now, in the same place.
function lijst(vak) {
  let vanaf = sinds;
  const toon = balk(vak, async () => {
    const nu = sinds, html = await haal(location.href).catch(() => null);
    const rijen = document.getElementById("rijen"), nieuw = html && new DOMParser().parseFromString(html, "text/html").getElementById("rijen");
    if (!rijen || !nieuw) return location.reload();
    rijen.replaceChildren(...nieuw.children);
    document.getElementById("rijen-meer")?.replaceChildren(...(nieuw.ownerDocument.getElementById("rijen-meer")?.childNodes ?? []));
    htmx.process(rijen.parentElement);
    vanaf = nu;
    toon(0);
    rijen.querySelector("a")?.focus();
  });
  return async () => toon(JSON.parse(await haal(`${vak.dataset.lijst}&sinds=${vanaf}`)).aantal);
}

for (const vak of document.querySelectorAll("[data-volg]")) {
  let maak = lijst;
  if (vak.dataset.gesprek) ({ gesprek: maak } = await import("./live-gesprek.js"));
  const doe = rustig(maak(vak, { haal, deel, balk, bel }));
  for (const sleutel of vak.dataset.volg.split(" ")) volg.set(sleutel, [...(volg.get(sleutel) ?? []), doe]);
}
verbind();
