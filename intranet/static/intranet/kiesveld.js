// A text field with suggestions (profielen/forms/kiezer.py). The input that the server sent stays the one
// that is posted; what people see in its place is a combobox, with chips when several may be chosen.
let nummer = 0;

const icoon = (naam) => {
  const sprite = document.querySelector("svg.bp-icoon use")?.getAttribute("href").split("#")[0] ?? "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "bp-icoon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#i-${naam}`);
  svg.append(use);
  return svg;
};
const maak = (soort, klasse, tekst = "") => Object.assign(document.createElement(soort), { className: klasse, textContent: tekst });
const namen = (tekst) => tekst.split(",").map((naam) => naam.trim()).filter(Boolean);
const zelfde = (a, b) => a.localeCompare(b, "nl", { sensitivity: "base" }) === 0;

class Kiesveld {
  constructor(vak) {
    this.vak = vak;
    this.woord = vak.dataset;
    this.meer = Boolean(vak.dataset.meer);
    this.bron = vak.querySelector("input");
    this.voorstellen = [];
    this.actief = -1;
    this.invoer = this.meer ? this.verberg(this.bron) : this.bron;
    this.lijst = Object.assign(maak("div", "bp-aanvul bp-aanvul--vast"), { id: `kies-${++nummer}`, hidden: true });
    this.lijst.setAttribute("role", "listbox");
    this.lijst.setAttribute("aria-label", document.querySelector(`label[for="${this.invoer.id}"]`)?.textContent.trim() ?? "");
    this.stem = maak("span", "bp-onzichtbaar");
    this.stem.setAttribute("role", "status");
    vak.append(this.lijst, this.stem);
    for (const [naam, waarde] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.lijst.id]]) this.invoer.setAttribute(naam, waarde);

    this.invoer.addEventListener("input", () => this.zoekStraks());
    this.invoer.addEventListener("keydown", (gebeurtenis) => this.toets(gebeurtenis));
    this.invoer.addEventListener("blur", () => this.vertrek());
    // Before blur: the list must still be there when the button comes up.
    this.lijst.addEventListener("pointerdown", (gebeurtenis) => gebeurtenis.preventDefault());
    this.lijst.addEventListener("click", (gebeurtenis) => {
      const optie = gebeurtenis.target.closest("[role=option]");
      if (optie) this.kies(this.voorstellen[[...this.lijst.children].indexOf(optie)]);
    });
    if (this.meer) {
      vak.addEventListener("click", (gebeurtenis) => {
        const knop = gebeurtenis.target.closest("button[data-naam]");
        if (knop) this.haalWeg(knop.dataset.naam);
        else if (gebeurtenis.target === vak) this.invoer.focus();
      });
      // A draft that was put back.
      this.bron.addEventListener("change", () => this.teken());
      // What was typed but not chosen goes along: the server says what is wrong with it.
      this.bron.form?.addEventListener("formdata", ({ formData }) => formData.set(this.bron.name, [...this.gekozen(), ...namen(this.invoer.value)].join(", ")));
      this.teken();
    }
  }

  // Hides the posted input and gives the visible one its id, so that label and description keep pointing right.
  verberg(bron) {
    const invoer = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off", id: bron.id });
    for (const naam of ["aria-describedby", "aria-invalid"]) if (bron.hasAttribute(naam)) invoer.setAttribute(naam, bron.getAttribute(naam));
    bron.type = "hidden";
    bron.removeAttribute("id");
    bron.after(invoer);
    return invoer;
  }

  gekozen() {
    return namen(this.bron.value);
  }

  zet(lijst) {
    this.bron.value = lijst.join(", ");
    this.bron.dispatchEvent(new Event("input", { bubbles: true }));
    this.teken();
  }

  teken() {
    for (const knop of this.vak.querySelectorAll("button[data-naam]")) knop.remove();
    for (const naam of this.gekozen()) {
      const knop = Object.assign(maak("button", "", naam), { type: "button" });
      knop.dataset.naam = naam;
      knop.append(icoon("x"), maak("span", "bp-onzichtbaar", ` ${this.woord.weghalen}`));
      this.invoer.before(knop);
    }
  }

  haalWeg(naam) {
    this.zet(this.gekozen().filter((ander) => ander !== naam));
    this.zeg(this.woord.weg.replace("{}", naam));
    this.invoer.focus();
  }

  kies(voorstel) {
    this.sluit();
    if (!voorstel) return;
    if (this.meer) {
      this.invoer.value = "";
      if (!this.gekozen().some((naam) => zelfde(naam, voorstel.naam))) this.zet([...this.gekozen(), voorstel.naam]);
      this.zeg(voorstel.naam);
    } else {
      this.invoer.value = voorstel.tekst;
      this.invoer.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  zeg(tekst) {
    this.stem.textContent = tekst;
  }

  zoekStraks() {
    clearTimeout(this.straks);
    this.straks = setTimeout(() => this.zoek(), 150);
  }

  async zoek() {
    const tekst = this.invoer.value.trim();
    this.vorige?.abort();
    if (tekst.length < 2) return this.sluit();
    if (this.meer && this.woord.max && this.gekozen().length >= Number(this.woord.max)) return this.zeg(this.woord.vol);
    this.vorige = new AbortController();
    try {
      const antwoord = await fetch(`${this.woord.kiesveld}?q=${encodeURIComponent(tekst)}`, { headers: { Accept: "application/json" }, signal: this.vorige.signal });
      // Logged out or out of order: typing goes on, the server judges what is sent.
      if (!antwoord.ok || antwoord.redirected) return this.sluit();
      this.toon((await antwoord.json()).voorstellen);
    } catch (fout) {
      if (fout.name !== "AbortError") this.sluit();
    }
  }

  toon(voorstellen) {
    const al = this.meer ? this.gekozen() : [];
    this.voorstellen = voorstellen.filter(({ naam }) => !al.some((ander) => zelfde(ander, naam)));
    this.lijst.replaceChildren(...this.voorstellen.map((voorstel, i) => {
      const optie = Object.assign(maak("div", ""), { id: `${this.lijst.id}-${i}` }), tekst = maak("span", "", voorstel.naam);
      const teken = maak("span", "bp-aanvul__teken");
      optie.setAttribute("role", "option");
      optie.setAttribute("aria-selected", "false");
      teken.append(icoon(this.meer || this.woord.kiesveld.includes("onderwerpen") ? "hash" : "user"));
      if (voorstel.uitleg) tekst.append(maak("small", "", voorstel.uitleg));
      optie.append(teken, tekst);
      return optie;
    }));
    const open = this.voorstellen.length > 0 && document.activeElement === this.invoer;
    this.lijst.hidden = !open;
    this.invoer.setAttribute("aria-expanded", String(open));
    this.wijs(-1);
    this.zeg(open ? this.woord.gevonden.replace("{}", this.voorstellen.length) : this.woord.niets);
  }

  sluit() {
    clearTimeout(this.straks);
    this.vorige?.abort();
    this.voorstellen = [];
    this.lijst.replaceChildren();
    this.lijst.hidden = true;
    this.invoer.setAttribute("aria-expanded", "false");
    this.wijs(-1);
  }

  wijs(plek) {
    this.actief = plek;
    [...this.lijst.children].forEach((optie, i) => optie.setAttribute("aria-selected", String(i === plek)));
    const optie = this.lijst.children[plek];
    if (optie) {
      this.invoer.setAttribute("aria-activedescendant", optie.id);
      optie.scrollIntoView({ block: "nearest" });
    } else this.invoer.removeAttribute("aria-activedescendant");
  }

  // The suggestion that is pointed at, or the one that is typed in full.
  bedoeld() {
    if (this.lijst.hidden) return undefined;
    return this.voorstellen[this.actief] ?? this.voorstellen.find(({ naam }) => zelfde(naam, this.invoer.value.trim().replace(/,$/, "")));
  }

  vertrek() {
    if (this.meer) this.kies(this.bedoeld());
    else this.sluit();
  }

  toets(gebeurtenis) {
    const { key } = gebeurtenis, aantal = this.voorstellen.length;
    if ((key === "ArrowDown" || key === "ArrowUp") && !this.lijst.hidden) {
      gebeurtenis.preventDefault();
      this.wijs(key === "ArrowDown" ? (this.actief + 1) % aantal : (this.actief + aantal + (this.actief < 0 ? 0 : -1)) % aantal);
    } else if (key === "ArrowDown") this.zoek();
    else if (key === "Escape" && !this.lijst.hidden) {
      gebeurtenis.preventDefault();
      this.sluit();
    } else if (key === "Enter" || (key === "," && this.meer)) {
      const voorstel = this.bedoeld();
      if (voorstel) {
        gebeurtenis.preventDefault();
        this.kies(voorstel);
      } else if (this.meer && this.invoer.value.trim()) {
        // Half a word must not send the form.
        gebeurtenis.preventDefault();
        this.zeg(this.woord.niets);
      }
    } else if (key === "Backspace" && this.meer && !this.invoer.value) {
      const laatste = this.gekozen().at(-1);
      if (laatste) this.haalWeg(laatste);
    }
  }
}

function begin(grond) {
  for (const vak of grond.querySelectorAll("[data-kiesveld]:not([data-kiest])")) {
    vak.dataset.kiest = "";
    new Kiesveld(vak);
  }
}

begin(document);
document.addEventListener("htmx:load", ({ target }) => begin(target));
