// Looks after the text of every form[data-concept]: saves it on the server while people type, and never
// sends it into a wall. Works with and without the editor; nothing is kept in the browser.

// plein.js knows the token of this moment, whatever the page came with.
const csrf = () => globalThis.binnenplein.csrf();
// Pieces of page and words that the server put ready, in the reader's language (templates/_schrijfvak.html).
const delen = () => document.querySelector("template[data-editor-delen]")?.content;
const deel = (naam) => delen()?.querySelector(`[data-deel="${naam}"]`)?.cloneNode(true);
const woord = (naam) => delen()?.querySelector(`[data-woord="${naam}"]`)?.textContent ?? "";

const STIL = 1000; // after the last key
const LANGSTE_WACHT = 60_000;
const KEEPALIVE = 60_000; // browsers send no more than 64 kB after the page is gone
const WOORDEN = { uitgelogd: 1, ander: 1, storing: 1 };

class Uitgelogd extends Error {}

// fetch that tells "logged out" (we are sent to the login page) from every other trouble.
async function vraag(adres, opties = {}) {
  const antwoord = await fetch(adres, { redirect: "manual", credentials: "same-origin", ...opties });
  if (antwoord.type === "opaqueredirect" || antwoord.status === 401) throw new Uitgelogd();
  return antwoord;
}

// Who is logged in now? Throws Uitgelogd, or another error when the server does not answer.
async function sessie() {
  const antwoord = await vraag("/concepten/csrf/", { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(10_000) });
  if (!antwoord.ok) throw new Error(antwoord.status);
  const { token, gebruiker } = await antwoord.json();
  for (const veld of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) veld.value = token;
  return String(gebruiker);
}

class Formulier {
  constructor(form) {
    this.form = form;
    this.adres = `/concepten/${form.dataset.concept}/`;
    this.van = form.querySelector("input[name=concept]")?.dataset.gebruiker ?? "";
    this.wacht = STIL;
    this.stand = form.querySelector("[data-bewaard]") ?? this.maakStand();
    this.vak = document.createElement("div");
    this.vak.className = "bp-conceptvak";
    this.vak.setAttribute("role", "alert");
    (form.querySelector(".bp-formulier__voet") ?? form.querySelector("[type=submit]"))?.before(this.vak);
    this.laatst = this.velden();
  }

  // The editor writes the same text differently when it begins: only what a person does counts.
  getypt(veld) {
    this.vuil = true;
    // A form whose fields stand elsewhere on the page (form="…"): say things where the person is writing.
    if (this.form.hidden) veld.parentElement.after(this.vak, this.stand);
    this.straks();
  }

  maakStand() {
    const stand = document.createElement("span");
    stand.className = "bp-bewaard";
    stand.setAttribute("role", "status");
    (this.form.querySelector(".bp-formulier__voet") ?? this.form).append(stand);
    return stand;
  }

  velden() {
    const velden = {};
    for (const [naam, waarde] of new FormData(this.form)) {
      if (typeof waarde !== "string" || (waarde === "" && this.form.hidden) || ["csrfmiddlewaretoken", "concept", "sleutel"].includes(naam)) continue;
      velden[naam] = naam in velden ? [velden[naam], waarde].flat() : waarde;
    }
    return JSON.stringify({ velden });
  }

  straks(wacht = STIL) {
    if (this.verzonden) return;
    clearTimeout(this.klok);
    this.klok = setTimeout(() => this.bewaar(), wacht);
  }

  // One save at a time: the last words must be the last to arrive.
  async bewaar() {
    clearTimeout(this.klok);
    if (this.bezig || this.verzonden) return (this.nogEens = true);
    const nu = this.velden();
    if (!this.vuil || nu === this.laatst) return;
    this.bezig = this.stuur(nu);
    await this.bezig;
    this.bezig = null;
    if (this.nogEens) {
      this.nogEens = false;
      this.straks();
    }
  }

  async stuur(nu, nieuweKans = true) {
    try {
      const antwoord = await vraag(this.adres, { method: "PUT", headers: this.hoofden(), body: nu, signal: AbortSignal.timeout(20_000) });
      if (antwoord.status === 403 && nieuweKans) {
        // The CSRF token changed: somebody logged in. In another tab, or in our place?
        if (this.isAnder(await sessie())) return this.toon("ander");
        return this.stuur(nu, false);
      }
      const inhoud = antwoord.headers.get("Content-Type")?.includes("json") ? await antwoord.json() : {};
      if (antwoord.ok) {
        this.laatst = nu;
        this.wacht = STIL;
        this.zeg(inhoud.melding ?? "");
        this.verberg();
      } else if (antwoord.status < 500) {
        this.zeg(inhoud.fout ?? woord("niet_bewaard"));
      } else throw new Error(antwoord.status);
    } catch (fout) {
      if (fout instanceof Uitgelogd) return this.toon("uitgelogd");
      this.zeg(woord("niet_bewaard"));
      this.wacht = Math.min(this.wacht * 2, LANGSTE_WACHT);
      this.straks(this.wacht);
    }
  }

  hoofden() {
    return { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() };
  }

  isAnder(gebruiker) {
    return Boolean(this.van) && gebruiker !== this.van;
  }

  // The page goes: what was not saved yet leaves with it.
  vertrek() {
    const nu = this.velden();
    if (this.verzonden || !this.vuil || nu === this.laatst) return;
    clearTimeout(this.klok);
    fetch(this.adres, { method: "POST", headers: this.hoofden(), body: nu, keepalive: nu.length < KEEPALIVE, credentials: "same-origin" }).then(
      (antwoord) => { if (antwoord.ok) this.laatst = nu; },
      () => {},
    );
  }

  // First pass of a submit: hold it, ask who we are, wait for what still runs, then send for real.
  async verzend(knop) {
    if (this.houdt) return;
    this.houdt = true;
    this.form.setAttribute("aria-busy", "true");
    clearTimeout(this.klok);
    try {
      await Promise.all([this.bezig, ...(this.form.uploads ?? [])]);
      // What was typed in the last second is a draft first: a server that fails on the post must not take it.
      await this.bewaar();
      const gebruiker = await sessie();
      if (this.isAnder(gebruiker)) return this.toon("ander");
      this.verberg();
      this.verzonden = true;
      this.form.requestSubmit(knop);
    } catch (fout) {
      this.toon(fout instanceof Uitgelogd ? "uitgelogd" : "storing");
      if (this.soort === "storing") this.straks(this.wacht); // what was not saved yet still must be
    } finally {
      this.houdt = false;
      this.form.removeAttribute("aria-busy");
    }
  }

  // Second pass: one click is one post. After the browser took the data, for a disabled button sends no name.
  verzonden_nu() {
    setTimeout(() => this.knoppen((knop) => (knop.disabled = true)));
  }

  terug() {
    this.verzonden = false;
    this.knoppen((knop) => (knop.disabled = false));
  }

  knoppen(doe) {
    for (const knop of this.form.elements) if (knop.type === "submit") doe(knop);
  }

  zeg(tekst) {
    if (this.stand.textContent !== tekst) this.stand.textContent = tekst;
  }

  toon(naam) {
    this.soort = naam;
    this.zeg("");
    this.vak.replaceChildren(deel(naam) ?? "");
  }

  verberg() {
    this.soort = null;
    this.vak.replaceChildren();
  }

  // Back in this tab: perhaps from logging in elsewhere.
  async kijk() {
    if (!(this.soort in WOORDEN) || this.houdt) return;
    try {
      if (this.isAnder(await sessie())) return this.toon("ander");
      this.verberg();
      this.bewaar();
    } catch {
      // Still logged out, or no connection: the notice stays.
    }
  }
}

const bekend = new WeakMap();
const formulier = (form) => {
  if (!bekend.has(form)) bekend.set(form, new Formulier(form));
  return bekend.get(form);
};
const alle = () => [...document.querySelectorAll("form[data-concept]")].map(formulier);

for (const soort of ["input", "change"]) {
  document.addEventListener(soort, ({ target: veld }) => {
    const form = veld.form ?? veld.closest?.("form");
    if (form?.matches("form[data-concept]")) formulier(form).getypt(veld);
  });
}

document.addEventListener("submit", (gebeurtenis) => {
  const form = gebeurtenis.target;
  if (!form.matches?.("form[data-concept]")) return;
  const f = formulier(form);
  if (f.verzonden) return f.verzonden_nu();
  gebeurtenis.preventDefault();
  gebeurtenis.stopImmediatePropagation(); // htmx must wait too
  f.verzend(gebeurtenis.submitter);
}, { capture: true });

addEventListener("pagehide", () => alle().forEach((f) => f.vertrek()));
addEventListener("pageshow", (gebeurtenis) => { if (gebeurtenis.persisted) alle().forEach((f) => f.terug()); });
addEventListener("online", () => alle().forEach((f) => f.kijk()));
addEventListener("focus", () => alle().forEach((f) => f.kijk()));
document.addEventListener("visibilitychange", () => alle().forEach((f) => (document.hidden ? f.vertrek() : f.kijk())));
// A post by htmx that failed may be sent again; one that worked brings a new form.
document.addEventListener("htmx:afterRequest", ({ detail }) => { if (!detail.successful) alle().forEach((f) => f.terug()); });
document.addEventListener("htmx:load", alle);
alle();
