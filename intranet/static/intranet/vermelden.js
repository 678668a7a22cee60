// Naming somebody: "@ja" offers people, groups and topics at the caret, in the editor and in a bare textarea.
//
// The box stays what it is, a text field of more lines: it says what it controls (aria-controls), which option is
// meant (aria-activedescendant), and a live region counts. A combobox has one line, so it is not called that.
// The server sends the options ready made (templates/meldingen/_kiezen.html), with faces and marks as everywhere,
// and says below the box whom the names in it reach (templates/meldingen/_bereik.html).
//
// A bare textarea shows names alone; what a name stands for goes along when the form is sent or its draft is kept
// ("@Jan" becomes "@[Jan](gebruiker:12)", as the server reads it and people without JavaScript write it).
//
// form[data-vermelden] holds the address to ask, with the thread; a form that chooses its Groep adds that.
const UITSTEL = 60, UITSTEL_BEREIK = 300, RAND = 8;
const WOORDEN = 4; // a longer name nobody types; what follows is a sentence
const GETYPT = /(?:^|[\s(\ufffc"'“‘])@((?:[^\s@[\]()\ufffc][^@\n[\]\ufffc]{0,39})?)$/u;
const GENOEMD = /data-mention="([a-z]+:\d+)"|\]\(((?:gebruiker|groep|afdeling|onderwerp):\d+)\)/g;

const VOLUIT = /@\[([^[\]\n]{1,200})\]\(((?:gebruiker|groep|afdeling|onderwerp):\d+)\)/g;

const woord = (naam) => document.querySelector("template[data-editor-delen]")?.content.querySelector(`[data-woord="${naam}"]`)?.textContent ?? "";
const genoemd = (tekst) => [...new Set([...tekst.matchAll(GENOEMD)].map(([, html, kaal]) => html ?? kaal))];

// What is typed after an @, up to the caret; null when that is no name.
function getypt(ervoor) {
  const tekst = GETYPT.exec(ervoor)?.[1];
  if (tekst === undefined || /\s\s$/.test(tekst) || tekst.trim().split(/\s+/).length > WOORDEN) return null;
  return { tekst, lengte: tekst.length + 1 };
}

function adresVan(form, pad = "") {
  const adres = new URL(form.dataset.vermelden, location.href);
  adres.pathname += pad;
  if (!adres.searchParams.has("thread")) {
    const velden = new FormData(form), gekozen = velden.get("groep"), groep = gekozen === "anders" ? velden.get("anders") : gekozen;
    if (groep) adres.searchParams.set("groep", groep);
  }
  return adres;
}

// --- where people write ----------------------------------------------------------------------------

// Both kinds give: el, bij() (what is typed at the caret), plek(lengte) (where that begins) and zet(doel, naam, lengte).

class Tekstvak {
  constructor(bron) {
    this.el = bron;
    this.form = bron.form;
    // "@Jan" -> "gebruiker:12". A box that becomes an editor shows what is stored until then.
    this.namen = bron.matches("[data-editor] textarea, textarea[data-editor]") ? null : new Map();
    if (!this.namen) return;
    this.lees();
    // Somebody else (a draft that came back) put text there.
    bron.addEventListener("input", () => this.lees());
    bron.form.addEventListener("formdata", ({ formData }) => {
      if (bron.isConnected && !bron.disabled && formData.has(bron.name)) formData.set(bron.name, this.vol());
    });
  }

  // Takes what names stand for out of the text, where it says so.
  lees() {
    const { el } = this;
    if (!el.value.includes("@[")) return;
    const kort = el.value.replace(VOLUIT, (voluit, naam, doel) => (this.onthoud(naam, doel) ? `@${naam}` : voluit));
    if (kort === el.value) return;
    const vanaf = el.value.length - el.selectionEnd;
    el.value = kort;
    if (document.activeElement === el) el.setSelectionRange(kort.length - vanaf, kort.length - vanaf);
  }

  // Of two people of one name the second keeps what tells them apart.
  onthoud(naam, doel) {
    const al = this.namen?.get(naam);
    if (!this.namen || (al && al !== doel)) return false;
    this.namen.set(naam, doel);
    return true;
  }

  // The text with what each name stands for.
  vol() {
    const { value } = this.el;
    if (!this.namen?.size) return value;
    const namen = [...this.namen.keys()].sort((a, b) => b.length - a.length).map((naam) => naam.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return value.replace(new RegExp(`@(${namen.join("|")})(?![\\p{L}\\p{N}])`, "gu"), (_, naam) => `@[${naam}](${this.namen.get(naam)})`);
  }

  bij() {
    const { selectionStart: begin, selectionEnd: eind, value } = this.el;
    return begin === eind ? getypt(value.slice(Math.max(0, begin - 60), begin)) : null;
  }

  // A copy of the box as plain text tells where a character stands.
  plek(lengte) {
    const { el } = this, stijl = getComputedStyle(el), kopie = document.createElement("div"), hier = document.createElement("span");
    for (const naam of ["boxSizing", "width", "font", "lineHeight", "letterSpacing", "wordSpacing", "textIndent", "tabSize", "padding", "borderStyle", "borderWidth"]) kopie.style[naam] = stijl[naam];
    Object.assign(kopie.style, { position: "absolute", insetBlockStart: "0", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
    kopie.append(el.value.slice(0, el.selectionStart - lengte), hier);
    hier.textContent = el.value.slice(el.selectionStart - lengte) || ".";
    document.body.append(kopie);
    const vak = el.getBoundingClientRect(), top = vak.top + hier.offsetTop - el.scrollTop, left = vak.left + hier.offsetLeft;
    kopie.remove();
    return { top, left, bottom: top + (parseFloat(stijl.lineHeight) || 24) };
  }

  zet(doel, naam, lengte) {
    const { el } = this, plek = el.selectionStart, schoon = naam.replace(/[[\]<>]/g, ""), tekst = this.onthoud(schoon, doel) ? `@${schoon} ` : `@[${schoon}](${doel}) `;
    el.setSelectionRange(plek - lengte, plek);
    // So that undo takes it away again.
    if (!document.execCommand("insertText", false, tekst)) {
      el.setRangeText(tekst, plek - lengte, plek, "end");
      el.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

class Editor {
  constructor(editor, bron) {
    this.editor = editor;
    this.el = editor.view.dom;
    this.form = bron.form;
  }

  bij() {
    const { empty, $from } = this.editor.state.selection;
    if (!empty || $from.parent.type.spec.code || this.editor.isActive("code")) return null;
    const los = (knoop) => (knoop.type.name === "hardBreak" ? "\n" : "\ufffc");
    return getypt($from.parent.textBetween(Math.max(0, $from.parentOffset - 60), $from.parentOffset, null, los));
  }

  plek(lengte) {
    return this.editor.view.coordsAtPos(this.editor.state.selection.from - lengte);
  }

  zet(doel, naam, lengte) {
    const { from } = this.editor.state.selection, inhoud = [{ type: "vermelding", attrs: { wie: doel, naam: `@${naam}` } }, { type: "text", text: " " }];
    this.editor.chain().focus().insertContentAt({ from: from - lengte, to: from }, inhoud).run();
  }
}

// --- the list --------------------------------------------------------------------------------------

let nummer = 0;
const kiezers = new Set();

for (const soort of ["scroll", "resize"]) {
  addEventListener(soort, () => {
    for (const kiezer of kiezers) if (!kiezer.lijst.hidden) kiezer.plaats();
  }, { passive: true, capture: true });
}

// Of boxes that a newer piece of page replaced.
function ruimOp() {
  for (const kiezer of kiezers) {
    if (kiezer.el.isConnected) continue;
    kiezer.sluit();
    kiezer.lijst.remove();
    kiezer.stem.remove();
    kiezers.delete(kiezer);
  }
}

class Kiezer {
  constructor(veld) {
    this.veld = veld;
    this.el = veld.el;
    this.actief = -1;
    this.lijst = Object.assign(document.createElement("div"), { id: `noem-${++nummer}`, className: "bp-aanvul bp-aanvul--zwevend", hidden: true, tabIndex: 0 });
    this.lijst.setAttribute("role", "listbox");
    this.lijst.setAttribute("aria-label", woord("noem_lijst"));
    this.stem = Object.assign(document.createElement("span"), { className: "bp-onzichtbaar" });
    this.stem.setAttribute("role", "status");
    (this.el.closest("dialog, main") ?? document.body).append(this.lijst, this.stem);
    for (const [naam, waarde] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", this.lijst.id]]) this.el.setAttribute(naam, waarde);

    // Before the editor sees the key.
    this.el.parentElement.addEventListener("keydown", (gebeurtenis) => gebeurtenis.target === this.el && this.toets(gebeurtenis), { capture: true });
    this.el.addEventListener("blur", () => this.sluit());
    // Before blur: the list must still be there when the finger comes up.
    for (const soort of ["pointerdown", "mousedown"]) this.lijst.addEventListener(soort, (gebeurtenis) => gebeurtenis.preventDefault());
    this.lijst.addEventListener("click", ({ target }) => {
      const optie = target.closest("[role=option]");
      if (optie) this.kies(optie);
    });
    kiezers.add(this);
  }

  get opties() {
    return [...this.lijst.querySelectorAll("[role=option]")];
  }

  // Something was typed.
  kijk() {
    const nu = this.veld.bij();
    clearTimeout(this.klok);
    if (!nu || document.activeElement !== this.el) {
      this.niets = null;
      this.weg = false;
      this.sluit();
    } else if (!this.weg) {
      // More letters find nobody where fewer did not.
      if (this.niets !== null && nu.tekst.startsWith(this.niets)) this.sluit();
      else this.klok = setTimeout(() => this.zoek(nu.tekst), UITSTEL);
    }
  }

  // The caret went elsewhere.
  volg() {
    if (!this.lijst.hidden && !this.veld.bij()) this.sluit();
  }

  async zoek(tekst) {
    this.vorige?.abort();
    const deze = (this.vorige = new AbortController());
    const adres = adresVan(this.veld.form);
    adres.searchParams.set("q", tekst);
    try {
      const antwoord = await fetch(adres, { signal: deze.signal });
      // Logged out or out of order: typing goes on.
      if (!antwoord.ok || antwoord.redirected) return this.sluit();
      const html = await antwoord.text();
      if (!deze.signal.aborted && this.veld.bij()?.tekst === tekst) this.toon(html, tekst);
    } catch (fout) {
      if (fout.name !== "AbortError") this.sluit();
    }
  }

  toon(html, tekst) {
    this.lijst.innerHTML = html;
    const { opties } = this, aantal = opties.length;
    this.niets = aantal ? null : tekst;
    if (!aantal || document.activeElement !== this.el) return this.sluit();
    opties.forEach((optie, i) => { optie.id = `${this.lijst.id}-${i}`; });
    this.getoond = tekst;
    if (this.kiesMeteen) return this.kies(opties[0]);
    this.lijst.hidden = false;
    this.lijst.scrollTop = 0;
    this.plaats();
    this.wijs(0);
    this.stem.textContent = aantal === 1 ? woord("noem_een") : woord("noem_meer").replace("{}", aantal);
  }

  sluit() {
    clearTimeout(this.klok);
    this.vorige?.abort();
    this.kiesMeteen = false;
    if (this.lijst.hidden && !this.lijst.firstChild) return;
    this.lijst.hidden = true;
    this.lijst.replaceChildren();
    this.stem.textContent = "";
    this.wijs(-1);
  }

  // Below the line that is written on, or above it where there is more room.
  plaats() {
    const nu = this.veld.bij();
    if (!nu) return this.sluit();
    const plek = this.veld.plek(nu.lengte), hoog = visualViewport?.height ?? innerHeight, { style } = this.lijst;
    const onder = hoog - plek.bottom - RAND, boven = plek.top - RAND, past = onder >= Math.min(this.lijst.scrollHeight, 240) || onder >= boven;
    style.maxBlockSize = `${Math.max(120, Math.min(416, past ? onder : boven))}px`;
    style.insetBlockStart = past ? `${plek.bottom + 4}px` : "auto";
    style.insetBlockEnd = past ? "auto" : `${innerHeight - plek.top + 4}px`;
    style.insetInlineStart = `${Math.max(RAND, Math.min(plek.left, document.documentElement.clientWidth - this.lijst.offsetWidth - RAND))}px`;
  }

  wijs(plek) {
    this.actief = plek;
    const { opties } = this;
    opties.forEach((optie, i) => optie.setAttribute("aria-selected", String(i === plek)));
    if (opties[plek]) {
      this.el.setAttribute("aria-activedescendant", opties[plek].id);
      opties[plek].scrollIntoView({ block: "nearest" });
    } else this.el.removeAttribute("aria-activedescendant");
  }

  kies(optie) {
    const nu = this.veld.bij(), { doel, naam } = optie.dataset;
    this.sluit();
    if (nu) this.veld.zet(doel, naam, nu.lengte);
  }

  toets(gebeurtenis) {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = gebeurtenis;
    if (this.lijst.hidden || ctrlKey || metaKey || altKey || gebeurtenis.isComposing) return;
    const aantal = this.opties.length;
    if (key === "ArrowDown") this.wijs((this.actief + 1) % aantal);
    else if (key === "ArrowUp") this.wijs((this.actief + aantal - 1) % aantal);
    else if (key === "Escape") {
      this.weg = true;
      this.sluit();
    } else if (key === "Enter" || (key === "Tab" && !shiftKey)) {
      // Typed on since: what was meant is what comes next.
      if (this.getoond !== this.veld.bij()?.tekst) this.kiesMeteen = true;
      else this.kies(this.opties[this.actief]);
    } else return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopPropagation();
  }
}

// --- whom it reaches -------------------------------------------------------------------------------

class Bereik {
  constructor(bron, tekstvak) {
    this.bron = bron;
    this.tekst = () => tekstvak.vol();
    this.eerder = new Set((bron.form.dataset.genoemd ?? "").split(" "));
    const veld = bron.closest(".bp-schrijfveld, .bp-reageer__vak");
    this.vak = veld.querySelector("[data-bereik]");
    if (!this.vak) {
      this.vak = Object.assign(document.createElement("div"), { className: "bp-bereik" });
      this.vak.setAttribute("aria-live", "polite");
      veld.querySelector(".bp-schrijfvak__kader").after(this.vak);
    }
    bron.addEventListener("input", () => this.kijk());
    bron.form.addEventListener("change", ({ target }) => ["groep", "anders"].includes(target.name) && this.kijk());
    // What the server said of a refused form stays until the names change.
    if (this.vak.firstElementChild) this.gevraagd = this.adres().href;
    else this.kijk();
  }

  adres() {
    const adres = adresVan(this.bron.form, "bereik/");
    for (const doel of genoemd(this.tekst())) if (!this.eerder.has(doel)) adres.searchParams.append("doel", doel);
    return adres;
  }

  kijk() {
    clearTimeout(this.klok);
    this.klok = setTimeout(() => this.haal(), UITSTEL_BEREIK);
  }

  async haal() {
    if (!this.bron.isConnected) return;
    const adres = this.adres();
    if (adres.href === this.gevraagd || (!this.gevraagd && !adres.searchParams.has("doel"))) return;
    this.gevraagd = adres.href;
    try {
      const antwoord = adres.searchParams.has("doel") ? await fetch(adres) : null;
      if (this.gevraagd !== adres.href || (antwoord && (!antwoord.ok || antwoord.redirected))) return;
      this.vak.innerHTML = (await antwoord?.text()) ?? "";
    } catch {
      this.gevraagd = undefined; // the server judges what is sent
      return;
    }
    for (const vinkje of this.vak.querySelectorAll("input")) {
      vinkje.name = this.bron.name.replace("inhoud", "bevestigd");
      if (this.bron.hasAttribute("form")) vinkje.setAttribute("form", this.bron.getAttribute("form"));
    }
  }
}

// --- begin -----------------------------------------------------------------------------------------

const bekend = new WeakSet();

// Every textarea where one may name others; one that becomes an editor works meanwhile.
export function bijTekstvakken() {
  ruimOp();
  for (const bron of document.querySelectorAll("textarea[name^=inhoud]")) {
    if (bekend.has(bron) || !bron.form?.dataset.vermelden) continue;
    bekend.add(bron);
    const tekstvak = new Tekstvak(bron), kiezer = new Kiezer(tekstvak);
    bron.addEventListener("input", () => kiezer.kijk());
    for (const soort of ["keyup", "click"]) bron.addEventListener(soort, () => kiezer.volg());
    new Bereik(bron, tekstvak);
  }
}

// A box that came in later, with a new answer.
document.addEventListener("focusin", ({ target }) => target.matches("textarea[name^=inhoud]") && bijTekstvakken());

export function bijEditor(editor, bron) {
  if (!bron.form?.dataset.vermelden) return;
  const kiezer = new Kiezer(new Editor(editor, bron));
  editor.on("update", () => kiezer.kijk());
  editor.on("selectionUpdate", () => kiezer.volg());
}
