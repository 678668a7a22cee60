// The colour ladders, light and dark, from the steps that theme and municipality give.
// On <html> we catch the ladder of theme and municipality (light). On <body> the same roles are set anew
// with light-dark(): so every municipality gets a dark theme for free.

// Our short name -> the role in NL Design System.
const ladders = {
  accent: "accent-1", goed: "positive", fout: "negative", let: "warning", info: "info", licht: "highlight",
};
const treden = {
  50: "bg-subtle", 100: "bg-default", 200: "bg-hover", 300: "border-subtle", 400: "border-default",
  500: "color-default", 600: "color-hover", 700: "color-document",
};
const wit = "var(--binnenplein-wit)";
const donker = (kleur, deel) => `color-mix(in oklab, ${kleur} ${deel}%, var(--binnenplein-donker-vlak))`;

// role -> [step in light, colour in dark]
const rollen = (n) => {
  const trede = (t) => `var(--binnenplein-${n}-${t})`;
  return {
    "bg-subtle": [trede(50), donker(trede(400), 14)],
    "bg-default": [trede(100), donker(trede(400), 24)],
    "bg-hover": [trede(200), donker(trede(400), 34)],
    "bg-active": [trede(200), donker(trede(400), 40)],
    "border-subtle": [trede(300), donker(trede(300), 36)],
    "border-default": [trede(400), donker(trede(300), 66)],
    "border-hover": [trede(500), trede(300)],
    "border-active": [trede(500), trede(300)],
    "color-subtle": [trede(400), trede(300)],
    "color-default": [trede(500), trede(300)],
    "color-hover": [trede(600), trede(200)],
    "color-active": [trede(600), trede(200)],
    "color-document": [trede(700), trede(100)],
    "inverse-bg-default": [trede(500), trede(300)],
    "inverse-bg-hover": [trede(600), trede(200)],
    "inverse-bg-active": [trede(600), trede(200)],
    "inverse-color-default": [wit, trede(700)],
    "inverse-color-hover": [wit, trede(700)],
    "inverse-color-active": [wit, trede(700)],
  };
};
const grijs = (t) => `var(--binnenplein-grijs-${t})`;
const neutraal = {
  "bg-subtle": [grijs(50), "var(--binnenplein-donker-canvas)"],
  "bg-default": [grijs(100), "var(--binnenplein-donker-verhoogd)"],
  "bg-hover": [grijs(200), donker("white", 12)],
  "bg-active": [grijs(200), donker("white", 16)],
  "border-subtle": [grijs(300), "#3d4956"],
  "border-default": [grijs(400), "#7f8d9c"],
  "border-hover": [grijs(500), "#a9b5c1"],
  "border-active": [grijs(500), "#c9d2db"],
  "color-subtle": [grijs(400), "#9aa7b4"],
  "color-default": [grijs(500), "#bcc6d0"],
  "color-hover": [grijs(600), "#d6dde4"],
  "color-active": [grijs(600), "#d6dde4"],
  "color-document": [grijs(700), "#e9edf1"],
};

export function kleuren() {
  const wortel = [], grond = [];
  for (const [t, rol] of Object.entries(treden)) wortel.push(`--binnenplein-grijs-${t}:var(--basis-color-default-${rol})`);
  wortel.push("--binnenplein-wit:var(--basis-color-default-bg-document)");
  for (const [n, naam] of Object.entries(ladders)) {
    for (const [t, rol] of Object.entries(treden)) wortel.push(`--binnenplein-${n}-${t}:var(--basis-color-${naam}-${rol})`);
  }
  // The dark ground takes a little of the municipality's colour.
  for (const [naam, grond] of [["canvas", "10%, #11161b"], ["vlak", "14%, #181e25"], ["verhoogd", "14%, #222a33"]]) {
    wortel.push(`--binnenplein-donker-${naam}:color-mix(in oklab, var(--binnenplein-accent-700) ${grond})`);
  }
  const zet = (naam, paren) => {
    for (const [rol, [l, d]] of Object.entries({ "bg-document": [wit, "var(--binnenplein-donker-vlak)"], ...paren })) {
      grond.push(`--basis-color-${naam}-${rol}:light-dark(${l}, ${d})`);
    }
  };
  for (const [n, naam] of Object.entries(ladders)) zet(naam, rollen(n));
  zet("default", neutraal);
  return `@layer binnenplein{:root.voorbeeld-theme{${wortel.join(";")}}body.binnenplein{${grond.join(";")}}}`;
}
