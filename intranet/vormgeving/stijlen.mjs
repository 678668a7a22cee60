// CSS of NL Design System, cut down to what our own templates and code name.

export const klein = (css) => css
  .replace(/\/\*[\s\S]*?\*\//g, "")
  .replace(/@charset "[^"]+";/g, "")
  .replace(/\s+/g, " ")
  .replace(/ ?([{};,]) ?/g, "$1")
  .replace(/([{;])([\w-]+) ?: ?/g, "$1$2:")
  .replace(/([( ])0\.(\d)/g, "$1.$2")
  .replace(/;}/g, "}")
  .trim();

// The place just past the block that opens at `a`.
function einde(css, a) {
  let diepte = 1, e = a + 1;
  while (diepte && e < css.length) {
    if (css[e] === "{") diepte++;
    else if (css[e] === "}") diepte--;
    e++;
  }
  return e;
}

// Splits "a, b:is(c, d)" on the commas outside brackets.
function selectoren(kop) {
  const uit = [];
  let diepte = 0, s = "";
  for (const c of kop) {
    if (c === "(") diepte++;
    if (c === ")") diepte--;
    if (c === "," && !diepte) { uit.push(s); s = ""; } else s += c;
  }
  return [...uit, s];
}

// Drops each selector with a class that nothing names. `gebruikt` is a Set of class names.
export function snoei(css, gebruikt) {
  // Two variants that NL Design System carries and the design does not have.
  const vreemd = (s) => /--(primary|secondary)/.test(s) && s.includes("--pressed");
  const blijft = (s) => !vreemd(s) && [...s.replace(/:not\([^)]*\)+/g, "").matchAll(/\.((?:utrecht|nl)-[\w-]+)/g)].every((m) => gebruikt.has(m[1]));
  let uit = "", i = 0;
  while (i < css.length) {
    const a = css.indexOf("{", i);
    if (a < 0) break;
    const e = einde(css, a), kop = css.slice(i, a).trim(), binnen = css.slice(a + 1, e - 1);
    i = e;
    if (kop.startsWith("@media") || kop.startsWith("@supports")) {
      const rest = snoei(binnen, gebruikt);
      if (rest) uit += `${kop}{${rest}}`;
    } else if (kop.startsWith("@")) {
      uit += `${kop}{${binnen}}`;
    } else {
      const over = selectoren(kop).filter(blijft);
      if (over.length && binnen.trim()) uit += `${over.join(",")}{${binnen}}`;
    }
  }
  return uit;
}

// The tokens of a theme that `css` asks for, also by a detour.
export function tokens(thema, css) {
  const alle = new Map();
  for (const m of thema.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/(--[\w-]+)\s*:\s*([^;]+);/g)) alle.set(m[1], m[2].trim());
  // The colours of the example theme are fixed values: straight into the role saves a detour per token.
  for (const [naam, waarde] of alle) {
    alle.set(naam, waarde.replace(/var\((--voorbeeld-kleuren-[\w-]+)\)/g, (heel, k) => (/^#|^rgb|^hsl/.test(alle.get(k) ?? "") ? alle.get(k) : heel)));
  }
  const verwijst = (s) => [...s.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]);
  const nodig = new Set(), rij = verwijst(css);
  while (rij.length) {
    const naam = rij.pop();
    if (nodig.has(naam)) continue;
    nodig.add(naam);
    if (alle.has(naam)) rij.push(...verwijst(alle.get(naam)));
  }
  const regels = [...alle].filter(([naam]) => nodig.has(naam)).map(([naam, waarde]) => `${naam}:${waarde.replace(/\s+/g, " ")}`);
  return `.voorbeeld-theme{${regels.join(";")}}`;
}
