// The question page while others answer: the status, the counts and edited texts change in place; new answers
// wait behind a bar until the reader wants them. Nothing moves, and nothing that is being typed is touched.

const DELEN = ["#vraag", ".bp-oplossing", ".bp-antwoorden"]; // as groepen/_nieuw.html brings them
const INVOER = "input, textarea, select, [contenteditable=true]";
// What the reader or our scripts did to an element, which the server does not know of.
const EIGEN = { open: 1, tabindex: 1, hidden: 1, style: 1 };

const nummer = (artikel) => Number(artikel.id.split("-")[1]);
const bekend = () => document.getElementById("antwoordenlijst");

// Whether the reader is busy in here: it has the focus, or something typed.
function bezet(el) {
  if (el.nodeType !== Node.ELEMENT_NODE) return false;
  return el.contains(document.activeElement) || [el, ...el.querySelectorAll("textarea")].some((veld) => veld.matches("textarea") && veld.value !== veld.defaultValue);
}

// Makes `oud` as `nieuw`, touching only what differs.
function breng(oud, nieuw, blijft) {
  if (oud.isEqualNode(nieuw)) return;
  if (oud.nodeType !== Node.ELEMENT_NODE) {
    oud.data = nieuw.data;
    return;
  }
  // A box that was refused says why, and what to do; the server has forgotten that by now.
  if (oud.matches(INVOER) || oud.matches(".bp-reageer:has([aria-invalid])")) return;
  for (const { name } of [...oud.attributes]) if (!nieuw.hasAttribute(name) && !(name in EIGEN)) oud.removeAttribute(name);
  for (const { name, value } of nieuw.attributes) if (oud.getAttribute(name) !== value && !(name in EIGEN)) oud.setAttribute(name, value);
  const over = new Set(oud.childNodes);
  let plek = oud.firstChild;
  for (const kind of [...nieuw.childNodes]) {
    const gelijk = [...over].find((ander) => lijkt(ander, kind));
    if (gelijk) {
      over.delete(gelijk);
      breng(gelijk, kind, blijft);
    }
    while (plek && plek !== gelijk && over.has(plek) && !blijft(plek) && !bezet(plek)) {
      const verder = plek.nextSibling;
      over.delete(plek);
      plek.remove();
      plek = verder;
    }
    if (gelijk && gelijk === plek) plek = plek.nextSibling;
    else oud.insertBefore(gelijk ?? kind, plek);
  }
  for (const rest of over) if (!blijft(rest) && !bezet(rest)) rest.remove();
}

const lijkt = (een, ander) => een.nodeName === ander.nodeName && (een.id ?? "") === (ander.id ?? "") && (een.classList?.[0] ?? "") === (ander.classList?.[0] ?? "");

export function gesprek(vak, { haal, deel, balk, bel }) {
  const inhoud = vak.parentElement;

  async function breng_bij(gezien) {
    const vanaf = Number(document.getElementById("antwoorden-meer")?.dataset.vanaf ?? 0);
    const hier = new Set([...inhoud.querySelectorAll("article.bp-antwoord")].map((artikel) => artikel.id));
    const blad = deel(await haal(`${vak.dataset.gesprek}?vanaf=${vanaf}${gezien ? "&gezien=1" : ""}`));
    const nieuw = [...blad.querySelectorAll("#antwoordenlijst > article")].filter((artikel) => !hier.has(artikel.id));
    if (!gezien) {
      if (bekend()) nieuw.forEach((artikel) => artikel.remove());
      else blad.querySelector(".bp-antwoorden")?.replaceWith(...[...inhoud.querySelectorAll(".bp-antwoorden")].map((el) => el.cloneNode(true)));
    }
    // A list that was extended holds more than this page of it.
    const blijft = (el) => el.parentNode === bekend() && el.id && nummer(el) <= vanaf;
    let na = vak;
    for (const naam of DELEN) {
      const oud = inhoud.querySelector(`:scope > ${naam}`), er = blad.querySelector(naam);
      if (oud && er && oud.nodeName === er.nodeName) breng(oud, er, blijft);
      else if (oud && er) oud.replaceWith(er);
      else if (er) na.after(er);
      else if (oud && !bezet(oud)) oud.remove();
      na = inhoud.querySelector(`:scope > ${naam}`) ?? na;
      if (er) htmx.process(na);
    }
    // The last page of the list was full already: they are on the next.
    const meer = blad.querySelector("#antwoorden-meer a") ?? document.querySelector("#antwoorden-meer a");
    return { nieuw, meer };
  }

  const toon = balk(vak, async () => {
    const stond = scrollY, { nieuw, meer } = await breng_bij(true).catch(() => ({ nieuw: [] }));
    toon(0);
    bel();
    const eerste = nieuw.length ? document.getElementById(nieuw[0].id) : meer;
    if (!eerste) return scrollTo({ top: stond });
    if (eerste.matches("article")) eerste.tabIndex = -1;
    eerste.focus({ preventScroll: true });
    eerste.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  });
  return async () => toon((await breng_bij(false)).nieuw.length);
}
