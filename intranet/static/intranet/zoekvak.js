// Suggestions below the search box, by the ARIA pattern of a combobox with a list. The server sends the options
// ready made (templates/zoeken/_voorstellen.html); Enter without a choice searches as always. Loaded by plein.js
// at the first touch of the box.
const UITSTEL = 120;

class Zoekvak {
  constructor(form) {
    this.form = form;
    this.woord = form.dataset;
    this.invoer = form.querySelector("input[name=q]");
    this.actief = -1;
    this.lijst = Object.assign(document.createElement("div"), { id: "zoek-voorstellen", className: "bp-aanvul bp-aanvul--vast", hidden: true });
    this.lijst.setAttribute("role", "listbox");
    this.lijst.setAttribute("aria-label", this.woord.voorstellen);
    this.stem = Object.assign(document.createElement("span"), { className: "bp-onzichtbaar" });
    this.stem.setAttribute("role", "status");
    form.append(this.lijst, this.stem);
    // A search field cannot be a combobox; everything else stays as it was.
    const { selectionStart, selectionEnd } = this.invoer;
    this.invoer.type = "text";
    this.invoer.enterKeyHint = "search";
    if (document.activeElement === this.invoer) this.invoer.setSelectionRange(selectionStart, selectionEnd);
    for (const [naam, waarde] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.lijst.id]]) this.invoer.setAttribute(naam, waarde);

    this.invoer.addEventListener("input", () => this.straks());
    this.invoer.addEventListener("keydown", (gebeurtenis) => this.toets(gebeurtenis));
    this.invoer.addEventListener("blur", () => this.sluit());
    // Before blur: the list must still be there when the button comes up.
    this.lijst.addEventListener("pointerdown", (gebeurtenis) => gebeurtenis.preventDefault());
    this.lijst.addEventListener("click", ({ target, ctrlKey, metaKey }) => {
      const optie = target.closest("[role=option]");
      if (optie) this.open(optie, ctrlKey || metaKey);
    });
    form.addEventListener("submit", () => this.sluit());
    if (document.activeElement === this.invoer && this.invoer.value !== this.invoer.defaultValue) this.straks();
  }

  get opties() {
    return [...this.lijst.querySelectorAll("[role=option]")];
  }

  straks() {
    clearTimeout(this.klok);
    this.klok = setTimeout(() => this.zoek(), UITSTEL);
  }

  async zoek() {
    const tekst = this.invoer.value.trim();
    this.vorige?.abort();
    if (tekst.length < 2) return this.sluit();
    this.vorige = new AbortController();
    try {
      const antwoord = await fetch(`${this.woord.zoekvak}?q=${encodeURIComponent(tekst)}`, { signal: this.vorige.signal });
      // Logged out or out of order: searching itself still works.
      if (!antwoord.ok || antwoord.redirected) return this.sluit();
      this.toon(await antwoord.text());
    } catch (fout) {
      if (fout.name !== "AbortError") this.sluit();
    }
  }

  toon(html) {
    this.lijst.innerHTML = html;
    const aantal = this.opties.length, open = aantal > 0 && document.activeElement === this.invoer;
    this.lijst.hidden = !open;
    this.invoer.setAttribute("aria-expanded", String(open));
    this.wijs(-1);
    this.stem.textContent = open ? (aantal === 1 ? this.woord.een : this.woord.meer.replace("{}", aantal)) : "";
  }

  sluit() {
    clearTimeout(this.klok);
    this.vorige?.abort();
    this.lijst.hidden = true;
    this.invoer.setAttribute("aria-expanded", "false");
    this.wijs(-1);
  }

  wijs(plek) {
    this.actief = plek;
    this.opties.forEach((optie, i) => optie.setAttribute("aria-selected", String(i === plek)));
    const optie = this.opties[plek];
    if (optie) {
      this.invoer.setAttribute("aria-activedescendant", optie.id);
      optie.scrollIntoView({ block: "nearest" });
    } else this.invoer.removeAttribute("aria-activedescendant");
  }

  open(optie, apart) {
    this.sluit();
    if (apart) window.open(optie.dataset.adres);
    else location.href = optie.dataset.adres;
  }

  toets(gebeurtenis) {
    const { key } = gebeurtenis, aantal = this.opties.length, dicht = this.lijst.hidden;
    if (key === "ArrowDown" && dicht) {
      gebeurtenis.preventDefault();
      this.zoek();
    } else if ((key === "ArrowDown" || key === "ArrowUp") && !dicht) {
      gebeurtenis.preventDefault();
      // Past the last (or before the first) one is back in the box itself.
      const stap = key === "ArrowDown" ? 1 : -1, plek = this.actief + stap;
      this.wijs(plek >= aantal ? -1 : plek < -1 ? aantal - 1 : plek);
    } else if (key === "Escape" && !dicht) {
      gebeurtenis.preventDefault();
      this.sluit();
    } else if (key === "Enter" && !dicht && this.actief >= 0) {
      gebeurtenis.preventDefault();
      this.open(this.opties[this.actief]);
    }
  }
}

for (const form of document.querySelectorAll("[data-zoekvak]")) new Zoekvak(form);
