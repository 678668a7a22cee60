// Images by paste, drop and button: sent to the server at once, with a note in the text while they travel.

const MEGABYTE = 1024 * 1024, MEEST = 10 * MEGABYTE;

// `foutplek` is where errors are told, `woord` gives a sentence by its name.
export function beelden(pm, bron, foutplek, woord) {
  const { Plugin, PluginKey } = pm.pm.state, { Decoration, DecorationSet } = pm.pm.view;
  const sleutel = new PluginKey("beeld-onderweg");
  let editor;

  // Marks the places where an image will come; they move along with the text.
  const onderweg = new Plugin({
    key: sleutel,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        set = set.map(tr.mapping, tr.doc);
        const { erbij, eraf } = tr.getMeta(sleutel) ?? {};
        if (erbij) {
          const merk = document.createElement("span");
          merk.className = "bp-beeld-onderweg";
          merk.textContent = woord("bezig");
          set = set.add(tr.doc, [Decoration.widget(erbij.plek, merk, { id: erbij.id })]);
        }
        return eraf ? set.remove(set.find(null, null, (merk) => merk.id === eraf)) : set;
      },
    },
    props: { decorations: (state) => sleutel.getState(state) },
  });
  const uitbreiding = pm.Extension.create({ name: "beeldOnderweg", addProseMirrorPlugins: () => [onderweg] });

  function zegFout(tekst) {
    if (!foutplek) return;
    foutplek.querySelector("span").textContent = tekst;
    foutplek.hidden = !tekst;
  }

  async function stuur(bestand) {
    const formulier = new FormData();
    formulier.append("bestand", bestand);
    formulier.append("concept", bron.form?.dataset.concept ?? "");
    const antwoord = await fetch(bron.dataset.beeld, {
      method: "POST", body: formulier, redirect: "manual", credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": globalThis.binnenplein.csrf() }, signal: AbortSignal.timeout(120_000),
    });
    const json = antwoord.headers.get("Content-Type")?.includes("json") ? await antwoord.json() : {};
    if (!antwoord.ok || !json.src) throw Object.assign(new Error(), { zin: json.fout });
    return json;
  }

  // A heading holds words: the image comes behind it.
  function naast(doc, plek) {
    const $plek = doc.resolve(plek);
    return $plek.parent.type.name === "heading" ? $plek.after() : plek;
  }

  async function zet(bestand, plek) {
    if (!bestand.type.startsWith("image/")) return zegFout(woord("geen_beeld"));
    if (bestand.size > MEEST) return zegFout(woord("te_groot"));
    zegFout("");
    const id = {}, { view } = editor;
    view.dispatch(view.state.tr.setMeta(sleutel, { erbij: { id, plek } }));
    try {
      const { src, breedte, hoogte, alt } = await stuur(bestand);
      const [merk] = sleutel.getState(view.state).find(null, null, (ander) => ander.id === id);
      const tr = view.state.tr.setMeta(sleutel, { eraf: id });
      // No mark: the text around it was deleted meanwhile, and the image with it.
      if (merk) tr.insert(naast(tr.doc, merk.from), view.state.schema.nodes.image.create({ src, alt: alt ?? "", width: breedte, height: hoogte }));
      view.dispatch(tr);
    } catch (fout) {
      view.dispatch(view.state.tr.setMeta(sleutel, { eraf: id }));
      zegFout(fout.zin || woord("beeld_mislukt"));
    }
  }

  // The form waits for images that still travel.
  function neem(bestanden, plek = editor.state.selection.from) {
    const { form } = bron;
    for (const bestand of bestanden) {
      const klaar = zet(bestand, plek);
      if (!form) continue;
      (form.uploads ??= new Set()).add(klaar);
      klaar.finally(() => form.uploads.delete(klaar));
    }
    return true;
  }

  return {
    uitbreiding,
    hoort: (eigen) => (editor = eigen),
    zegElders: () => zegFout(woord("beeld_elders")),
    plak(gebeurtenis) {
      const data = gebeurtenis.clipboardData, bestanden = [...(data?.files ?? [])];
      if (!bestanden.length) return false;
      // Word and Excel put a picture of the text beside the text: then the text is meant.
      const html = data.getData("text/html");
      if (html && new DOMParser().parseFromString(html.replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, ""), "text/html").body.textContent.trim()) return false;
      return neem(bestanden);
    },
    sleep(gebeurtenis) {
      const bestanden = [...(gebeurtenis.dataTransfer?.files ?? [])];
      if (!bestanden.length) return false;
      gebeurtenis.preventDefault();
      return neem(bestanden, editor.view.posAtCoords({ left: gebeurtenis.clientX, top: gebeurtenis.clientY })?.pos);
    },
    kies() {
      const keuze = Object.assign(document.createElement("input"), { type: "file", accept: "image/png,image/jpeg,image/gif,image/webp", multiple: true });
      keuze.addEventListener("change", () => neem([...keuze.files]));
      keuze.click();
    },
  };
}
