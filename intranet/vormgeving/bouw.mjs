// Builds stylesheet, fonts and icons into intranet/static/intranet/gebouwd/ (git-ignored). Run from the
// root of the repository: npm ci && npm run build
//
//   binnenplein.css      NL Design System (only what we use), theme tokens, fonts, our own parts
//   gemeente-<naam>.css  the token file that a municipality swaps (settings.SITE_THEMA)
//   iconen.svg           the icons that templates and code name
//   lettertypen/*.woff2  the fonts, served by ourselves
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gevraagd, sprite } from "./iconen.mjs";
import { kleuren } from "./kleuren.mjs";
import { klein, snoei, tokens } from "./stijlen.mjs";

const hier = "intranet/vormgeving", nm = "node_modules";
const doel = "intranet/static/intranet/gebouwd", werk = `${doel}.nieuw`;
const lees = (f) => readFileSync(f, "utf8");

// The stylesheets of our own. What everything builds on comes first and what corrects everything comes last
// (smaller screens, small corrections, paper); a new file in css/ falls in between by itself.
const eerst = ["rollen", "grond", "raam", "delen", "vraag", "zijkant", "lijsten", "formulier", "mensen", "poort"];
const laatst = ["smal", "hulp", "druk"];
const tussen = readdirSync(`${hier}/css`).map((f) => f.replace(/\.css$/, "")).filter((d) => ![...eerst, ...laatst].includes(d)).sort();
const delen = [...eerst, ...tussen, ...laatst];
const onderdelen = [
  ...["checkbox", "document", "form-field", "form-field-description", "form-field-error-message", "form-label", "select", "textarea", "textbox"].map((n) => `@utrecht/${n}-css/dist/index.css`),
  ...["button", "data-badge", "heading", "link", "mark", "paragraph", "skip-link"].map((n) => `@nl-design-system-candidate/${n}-css/dist/${n}.css`),
];
// Classes that are put together at run time: no source names them whole.
const blijft = [
  ...["primary", "secondary", "subtle", "pressed", "disabled", "icon-only"].map((s) => `nl-button--${s}`),
  ...[1, 2, 3, 4].map((n) => `nl-heading--level-${n}`),
  ...["textbox", "textarea", "select", "form-field"].map((n) => `utrecht-${n}--invalid`),
  ...["textbox", "textarea", "select"].map((n) => `utrecht-${n}--disabled`),
];
// What may name a class or an icon.
const bronnen = ["templates", "groepen", "profielen", "kennisbank", "intranet"].flatMap((map) => bestanden(map));

function bestanden(map) {
  return readdirSync(map, { withFileTypes: true }).flatMap((d) => {
    const pad = join(map, d.name);
    if (d.isDirectory()) return ["gebouwd", "gebouwd.nieuw", "vormgeving", "locale", "migrations", "__pycache__"].includes(d.name) ? [] : bestanden(pad);
    return /\.(html|py|js|toml)$/.test(d.name) ? [pad] : [];
  });
}

// --- what our sources ask for -------------------------------------------------------------------

const gebruikt = new Set(blijft), iconen = new Set(), fouten = [];
for (const bestand of bronnen) {
  const bron = lees(bestand);
  for (const m of bron.matchAll(/\b(?:utrecht|nl)-[\w-]*\w/g)) gebruikt.add(m[0]);
  const { namen, fouten: nieuw } = gevraagd(bron, bestand);
  namen.forEach((n) => iconen.add(n));
  fouten.push(...nieuw);
}
// The tables of names in Python: the icons a Groep may wear, the badges of a status.
for (const m of lees("intranet/iconen.py").matchAll(/^ {4}"([a-z0-9-]+)":/gm)) iconen.add(m[1]);
for (const m of lees("intranet/jinja.py").matchAll(/\("\w+", "([a-z0-9-]+)", _\(/g)) iconen.add(m[1]);
if (fouten.length) throw new Error(`pictogram ontbreekt in @tabler/icons:\n${fouten.join("\n")}`);

// --- write ----------------------------------------------------------------------------------------

rmSync(werk, { recursive: true, force: true });
mkdirSync(`${werk}/lettertypen`, { recursive: true });

const gemeenten = readdirSync(`${hier}/gemeenten`);
const eigen = kleuren() + klein(delen.map((d) => lees(`${hier}/css/${d}.css`)).join("\n"));
const nlds = snoei(klein(onderdelen.map((f) => lees(`${nm}/${f}`)).join("\n")), gebruikt);
const thema = lees(`${nm}/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css`);
const nodig = nlds + eigen + gemeenten.map((f) => lees(`${hier}/gemeenten/${f}`)).join("\n");

writeFileSync(
  `${werk}/binnenplein.css`,
  `@layer nlds,thema,gemeente,binnenplein;\n@layer nlds{${nlds}}\n@layer thema{${tokens(thema, nodig)}}\n${letters()}${eigen}\n`,
);
for (const f of gemeenten) writeFileSync(`${werk}/${f}`, klein(lees(`${hier}/gemeenten/${f}`)) + "\n");
copyFileSync(`${hier}/merk.svg`, `${werk}/merk.svg`);
writeFileSync(`${werk}/iconen.svg`, sprite(iconen));

// At once, so that a server that runs meanwhile never finds half a build.
rmSync(doel, { recursive: true, force: true });
renameSync(werk, doel);
console.log(`${doel}: ${iconen.size} iconen, ${Math.round(lees(`${doel}/binnenplein.css`).length / 1024)} kB stijlen (nlds ${Math.round(nlds.length / 1024)} kB)`);

// Latin and extended Latin only, from our own house.
function letters() {
  const bereik = {
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    latin: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  };
  let css = "";
  for (const [pakket, naam] of [["figtree", "Figtree Variable"], ["source-sans-3", "Source Sans 3 Variable"]]) {
    for (const [deel, tekens] of Object.entries(bereik)) for (const vorm of ["normal", "italic"]) {
      const bestand = `${pakket}-${deel}-wght-${vorm}.woff2`;
      copyFileSync(`${nm}/@fontsource-variable/${pakket}/files/${bestand}`, `${werk}/lettertypen/${bestand}`);
      css += `@font-face{font-family:"${naam}";font-style:${vorm};font-weight:200 900;font-display:swap;src:url(lettertypen/${bestand}) format("woff2");unicode-range:${tekens}}\n`;
    }
  }
  return css;
}
