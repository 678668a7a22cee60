// What every page shares. Each piece makes something that works without it a little smoother.
// Other scripts find csrf, vernieuw and meld on `binnenplein`: modules that import each other would be
// loaded twice once their files carry a hash.

const grond = document.body;

// --- CSRF -----------------------------------------------------------------------------------------

// The token changes at login, also in another tab: so we read the cookie at the moment that something is
// sent, and do not trust the field that the page came with.
function csrf() {
  const cookie = document.cookie.split("; ").find((deel) => deel.startsWith("csrftoken="));
  return cookie ? decodeURIComponent(cookie.slice("csrftoken=".length)) : (document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
}

// Puts the token of now into the hidden field of `form`: an open form survives a login in another tab.
function vernieuw(form) {
  const veld = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (veld) veld.value = csrf();
}

document.addEventListener("submit", (gebeurtenis) => vernieuw(gebeurtenis.target), { capture: true });

// --- clicks --------------------------------------------------------------------------------------

document.addEventListener("click", (gebeurtenis) => {
  const vind = (merk) => gebeurtenis.target.closest(`[${merk}]`);
  vind("data-sluit")?.closest(".bp-toast, .bp-meldvak, dialog")?.[vind("data-sluit").closest("dialog") ? "close" : "remove"]();

  const dialoog = vind("data-dialoog");
  if (dialoog) {
    const venster = document.getElementById(dialoog.dataset.dialoog);
    if (venster?.showModal) {
      gebeurtenis.preventDefault();
      venster.showModal();
    }
  }

  const toon = vind("data-toon");
  if (toon) {
    const veld = document.getElementById(toon.dataset.toon), open = veld.type === "password";
    veld.type = open ? "text" : "password";
    toon.setAttribute("aria-pressed", open);
  }

  const kopieer = vind("data-kopieer");
  if (kopieer) navigator.clipboard?.writeText(new URL(kopieer.dataset.kopieer, location.href)).then(() => meld(kopieer.dataset.gelukt ?? "✓"));

  // Browsers without popover: the menu stands at the foot of the page, go there.
  const paneel = vind("popovertarget");
  if (paneel && !("popover" in HTMLElement.prototype)) document.getElementById(paneel.getAttribute("popovertarget"))?.scrollIntoView();

  // A menu that folds out closes when you click elsewhere.
  for (const uitklap of document.querySelectorAll("details.bp-uitklap[open]")) if (!uitklap.contains(gebeurtenis.target)) uitklap.open = false;
});

document.addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.key !== "Escape") return;
  const uitklap = gebeurtenis.target.closest("details.bp-uitklap[open]");
  if (uitklap) {
    uitklap.open = false;
    uitklap.querySelector("summary").focus();
  }
});

// A list of choices that filters the page: no need for a button.
document.addEventListener("change", (gebeurtenis) => {
  const form = gebeurtenis.target.closest("form[data-verzend]");
  if (!form) return;
  sessionStorage.setItem("gekozen", JSON.stringify([gebeurtenis.target.name, gebeurtenis.target.value, gebeurtenis.target.matches(":focus-visible")]));
  form.requestSubmit();
});

// On the page that comes, the reader is where they were: at the next of the choices, not at the top. Where the
// choices stand folded in above the results, at what folds them out.
const gekozen = JSON.parse(sessionStorage.getItem("gekozen") ?? "null");
if (gekozen) {
  sessionStorage.removeItem("gekozen");
  const [naam, waarde, metToetsen] = gekozen;
  const keuze = [...document.querySelectorAll("form[data-verzend] [name]")].find((veld) => veld.name === naam && (veld.value === waarde || veld.tagName === "SELECT"));
  (keuze?.checkVisibility?.({ contentVisibilityAuto: true, visibilityProperty: true }) === false ? keuze.closest("details")?.querySelector("summary") : keuze)?.focus({ preventScroll: !metToetsen });
}

// After a refused form the reader is at the summary of what is wrong, or at the first field that is.
(document.querySelector("[data-fouten]") ?? document.querySelector("main [aria-invalid=true], .bp-zijkant [aria-invalid=true]"))?.focus();

// --- rows of tabs --------------------------------------------------------------------------------

// On a phone they scroll: the one that is on stays in sight.
for (const hier of document.querySelectorAll(":is(.bp-keuze, .bp-soorten) [aria-current]")) {
  const rij = hier.closest(".bp-keuze, .bp-soorten");
  if (rij.scrollWidth > rij.clientWidth) rij.scrollLeft = hier.offsetLeft - (rij.clientWidth - hier.offsetWidth) / 2;
}

// --- wide tables ---------------------------------------------------------------------------------

// What scrolls sideways must be reached by keyboard too; Safari does not do that by itself.
function bereikbaar() {
  for (const vak of document.querySelectorAll(".bp-tekst :is(table, pre):not(.ProseMirror *)")) {
    if (vak.scrollWidth > vak.clientWidth) vak.tabIndex = 0;
    else vak.removeAttribute("tabindex");
  }
}

bereikbaar();
addEventListener("resize", bereikbaar);
document.addEventListener("htmx:load", bereikbaar);

// Who opens a box to write in begins to type: a space would close it again.
document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches(".bp-reageer") || !target.contains(document.activeElement)) return;
  requestAnimationFrame(() => target.querySelector("[contenteditable=true], textarea")?.focus());
}, true);

// --- search ---------------------------------------------------------------------------------------

// Suggestions come at the first touch of the box. "/" goes there from anywhere, unless somebody switched that
// off: who dictates, or leans on a key, must be able to (WCAG 2.1.4).
const zoekvak = document.querySelector("[data-zoekvak]"), UIT = "sneltoets=uit";

if (zoekvak?.contains(document.activeElement)) import("./zoekvak.js");
else for (const soort of ["focusin", "pointerover"]) zoekvak?.addEventListener(soort, () => import("./zoekvak.js"), { once: true });
if (document.querySelector("[data-klik]")) import("./zoekklik.js");

document.addEventListener("keydown", (gebeurtenis) => {
  const { key, ctrlKey, metaKey, altKey, target } = gebeurtenis, vak = zoekvak?.querySelector("input[name=q]");
  if (key !== "/" || ctrlKey || metaKey || altKey || !vak || document.cookie.includes(UIT)) return;
  if (target.isContentEditable || target.closest("input, textarea, select, dialog")) return;
  gebeurtenis.preventDefault();
  if (vak.getClientRects().length) {
    vak.focus();
    vak.select();
  } else location.href = zoekvak.action;
});

for (const knop of document.querySelectorAll("[data-sneltoets]")) {
  const zeg = () => { knop.textContent = document.cookie.includes(UIT) ? knop.dataset.aan : knop.dataset.uit; };
  knop.addEventListener("click", () => {
    const leeftijd = document.cookie.includes(UIT) ? 0 : 31536000, veilig = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${UIT}; Path=/; Max-Age=${leeftijd}; SameSite=Lax${veilig}`;
    zeg();
  });
  zeg();
}

// --- toast ---------------------------------------------------------------------------------------

// A line at the foot of the page that stays until it is closed; rol "alert" for what went wrong.
function meld(tekst, rol = "status") {
  const toast = document.createElement("div"), zin = document.createElement("p"), sluit = document.createElement("button");
  toast.className = "bp-toast bp-toast--kaal";
  if (rol === "alert") toast.setAttribute("role", rol);
  zin.textContent = tekst;
  sluit.type = "button";
  sluit.dataset.sluit = "";
  sluit.textContent = grond.dataset.sluitWoord ?? "Sluit";
  toast.append(zin, sluit);
  document.getElementById("toasts").append(toast);
}

// --- htmx: parts of the page ----------------------------------------------------------------------

grond.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = csrf();
  detail.headers["X-CSRFToken"] = token;
  if (detail.parameters.has?.("csrfmiddlewaretoken")) detail.parameters.set("csrfmiddlewaretoken", token);
});

// Logged out meanwhile: the answer is the login page, which is no part of this one.
grond.addEventListener("htmx:beforeSwap", (gebeurtenis) => {
  const adres = new URL(gebeurtenis.detail.xhr.responseURL || location.href, location.href);
  if (grond.dataset.inloggen && adres.pathname === grond.dataset.inloggen) {
    gebeurtenis.detail.shouldSwap = false;
    location.href = `${grond.dataset.inloggen}?next=${encodeURIComponent(location.pathname + location.search)}`;
  }
});

for (const soort of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  grond.addEventListener(soort, () => meld(grond.dataset.storing, "alert"));
}

// --- phone ----------------------------------------------------------------------------------------

// The number on the icon of who installed us. live.js calls it too.
function stip() {
  const aantal = document.querySelector("[data-bel]")?.dataset.aantal;
  if (aantal !== undefined) (Number(aantal) ? navigator.setAppBadge?.(Number(aantal)) : navigator.clearAppBadge?.())?.catch(() => {});
}

stip();
if (grond.dataset.ik && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("/dienst.js").catch(() => {}); // private windows have none
  // Meldingen were on here for this very person: with a new login they are again.
  if (localStorage.apparaat === grond.dataset.ik && !sessionStorage.apparaat && globalThis.Notification?.permission === "granted" && !document.getElementById("apparaten-vak")) import("./telefoon.js");
}

// Fields with suggestions bring their own script, only where there is one.
if (document.querySelector("[data-kiesveld]")) import("./kiesveld.js");

globalThis.binnenplein = { csrf, vernieuw, meld, stip };

// What happens meanwhile. After the line above: it calls us.
if (grond.dataset.live) import("./live.js");
