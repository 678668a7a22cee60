// Which icons the house uses, and the sprite with them.
import { existsSync, readFileSync } from "node:fs";

const pad = (naam) => {
  const vol = naam.startsWith("f-");
  return `node_modules/@tabler/icons/icons/${vol ? "filled" : "outline"}/${vol ? naam.slice(2) : naam}.svg`;
};
const bestaat = (naam) => /^[a-z0-9-]+$/.test(naam) && existsSync(pad(naam));

// The names in one source file. A call with one literal must name an existing icon; of a longer
// expression (icoon("lock" if x else "world")) every literal that is an icon counts, and one must be.
export function gevraagd(bron, bestand) {
  const namen = new Set(), fouten = [];
  const literalen = (s) => [...s.matchAll(/"([^"]*)"|'([^']*)'/g)].map((m) => m[1] ?? m[2]);
  const neem = (uitdrukking) => {
    const gevonden = literalen(uitdrukking), goed = gevonden.filter(bestaat);
    if (gevonden.length && !goed.length) fouten.push(`${bestand}: ${uitdrukking.trim()}`);
    goed.forEach((n) => namen.add(n));
  };
  // icoon("x") in Jinja2, Python and JavaScript; {% icoon "x" %} in Django templates
  for (const m of bron.matchAll(/\bicoon\(([^()]*)\)|\{%\s*icoon\s+([^%]*)%\}/g)) neem(m[1] ?? m[2]);
  // icoon = "x", icoon_naam="x", "icoon": "x", data-icoon="x"
  for (const m of bron.matchAll(/\bicoon(?:_naam)?["']?\s*[:=]\s*(["'][^"']*["'])/g)) if (m[1].length > 2) neem(m[1]);
  // badge("let", "hourglass", …), actie(adres, woorden, "heart", …): any literal that is an icon.
  for (const m of bron.matchAll(/\b(?:badge|actie|meldvak|leeg|linkknop|knop|Plek)\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)) {
    literalen(m[1]).filter(bestaat).forEach((n) => namen.add(n));
  }
  return { namen, fouten };
}

const symbool = (naam) => {
  const binnen = readFileSync(pad(naam), "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
    .replace(/\s*\n\s*/g, "");
  const verf = naam.startsWith("f-") ? 'fill="currentColor"' : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="i-${naam}" viewBox="0 0 24 24" ${verf}>${binnen}</symbol>`;
};

export const sprite = (namen) =>
  `<svg xmlns="http://www.w3.org/2000/svg">${[...namen].sort().map(symbool).join("\n")}</svg>\n`;
