// The toolbar: one stop for Tab, arrow keys along the buttons, each button says whether it is on.

const ADRES = /^(?:https?:\/\/[^\s/?#]|mailto:\S+@\S|tel:[+\d]|\/(?!\/))/i;

// "www.zandmeer.nl" and "balie@zandmeer.nl" are good addresses; null when it is none.
export function adres(tekst) {
  const kaal = tekst.trim();
  if (ADRES.test(kaal)) return kaal;
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(kaal)) return `mailto:${kaal}`;
  if (/^[\w-]+(\.[\w-]+)+(?:[/?#]\S*)?$/.test(kaal)) return `https://${kaal}`;
  return null;
}

// Opens a dialog; resolves with its form data, "weg", or null.
function vraag(venster, vul) {
  document.body.append(venster);
  const form = venster.querySelector("form");
  return new Promise((klaar) => {
    const sluit = (uitkomst) => (klaar(uitkomst), venster.close(), venster.remove());
    venster.querySelector("[data-laat]").addEventListener("click", () => sluit(null));
    venster.querySelector("[data-weg]")?.addEventListener("click", () => sluit("weg"));
    venster.addEventListener("cancel", () => sluit(null));
    form.addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      const uitkomst = vul(form, true);
      if (uitkomst !== undefined) sluit(uitkomst);
    });
    vul(form, false);
    venster.showModal();
    form.querySelector("input").select();
  });
}

async function link(editor, _beeld, deel) {
  const { from, to, empty } = editor.state.selection, oud = editor.getAttributes("link").href ?? "";
  const uitkomst = await vraag(deel("link"), (form, verzonden) => {
    const invoer = form.elements.adres, fout = form.querySelector(".bp-veld__fout");
    if (!verzonden) {
      invoer.value = oud;
      form.querySelector("[data-weg]").hidden = !oud;
      return undefined;
    }
    const goed = adres(invoer.value);
    if (goed) return goed;
    fout.hidden = false;
    invoer.setAttribute("aria-invalid", "true");
    invoer.setAttribute("aria-describedby", `editor-linkhulp ${fout.id}`);
    invoer.focus();
    return undefined;
  });
  const keten = editor.chain().focus().setTextSelection({ from, to });
  if (uitkomst === "weg") keten.extendMarkRange("link").unsetLink().run();
  else if (uitkomst && empty && !oud) keten.insertContent({ type: "text", text: uitkomst.replace(/^(?:mailto:|tel:)/, ""), marks: [{ type: "link", attrs: { href: uitkomst } }] }).run();
  else if (uitkomst) keten.extendMarkRange("link").setLink({ href: uitkomst }).run();
  else keten.run();
}

async function alt(editor, _beeld, deel) {
  const { from } = editor.state.selection, oud = editor.getAttributes("image").alt ?? "";
  const uitkomst = await vraag(deel("alt"), (form, verzonden) => (verzonden ? form.elements.alt.value.trim() : void (form.elements.alt.value = oud)));
  editor.chain().focus().setNodeSelection(from).run();
  if (uitkomst !== null) editor.commands.updateAttributes("image", { alt: uitkomst });
}

// Text becomes a heading, a smaller heading, and text again.
function kop(editor) {
  const keten = editor.chain().focus();
  if (editor.isActive("heading", { level: 2 })) return keten.setHeading({ level: 3 }).run();
  return editor.isActive("heading") ? keten.setParagraph().run() : keten.setHeading({ level: 2 }).run();
}

const DOE = {
  bold: (e) => e.chain().focus().toggleBold().run(),
  italic: (e) => e.chain().focus().toggleItalic().run(),
  heading: kop,
  bulletList: (e) => e.chain().focus().toggleBulletList().run(),
  orderedList: (e) => e.chain().focus().toggleOrderedList().run(),
  blockquote: (e) => e.chain().focus().toggleBlockquote().run(),
  // A few words are code within a sentence; a whole paragraph is a block of it.
  code: (e) => (e.state.selection.empty || e.isActive("codeBlock") ? e.chain().focus().toggleCodeBlock().run() : e.chain().focus().toggleCode().run()),
  table: (e) => (e.isActive("table") ? e.chain().focus().deleteTable().run() : e.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: false }).run()),
  link,
  alt,
  image: (_e, beeld) => beeld.kies(),
};
for (const naam of ["addRowAfter", "addColumnAfter", "toggleHeaderRow", "deleteRow", "deleteColumn", "deleteTable"]) DOE[naam] = (e) => e.chain().focus()[naam]().run();
const AAN = { code: (e) => e.isActive("code") || e.isActive("codeBlock") };

// `deel` gives a copy of a piece of page by its name.
export function werkbalk(balk, deel) {
  let editor, beeld;
  const knoppen = () => [...balk.querySelectorAll("button")].filter((knop) => !knop.closest("[hidden]"));
  const doe = (naam) => DOE[naam]?.(editor, beeld, deel);

  function teken() {
    for (const rij of balk.querySelectorAll("[data-bij]")) rij.hidden = !editor.isActive(rij.dataset.bij);
    for (const knop of balk.querySelectorAll("[aria-pressed]")) {
      const naam = knop.dataset.doe, aan = String(AAN[naam]?.(editor) ?? editor.isActive(naam));
      if (knop.getAttribute("aria-pressed") !== aan) knop.setAttribute("aria-pressed", aan);
    }
    if (!knoppen().some((knop) => knop.tabIndex === 0)) zetHalte(knoppen()[0]);
  }
  function zetHalte(knop) {
    for (const ander of balk.querySelectorAll("button")) ander.tabIndex = ander === knop ? 0 : -1;
  }

  balk.addEventListener("mousedown", (gebeurtenis) => gebeurtenis.preventDefault()); // the selection stays
  balk.addEventListener("click", (gebeurtenis) => {
    const knop = gebeurtenis.target.closest("button");
    if (!knop) return;
    zetHalte(knop);
    doe(knop.dataset.doe);
  });
  balk.addEventListener("keydown", (gebeurtenis) => {
    const rij = knoppen(), nu = rij.indexOf(document.activeElement);
    const stap = { ArrowRight: nu + 1, ArrowLeft: nu - 1, Home: 0, End: rij.length - 1 }[gebeurtenis.key];
    if (stap === undefined) return;
    gebeurtenis.preventDefault();
    const knop = rij[(stap + rij.length) % rij.length];
    zetHalte(knop);
    knop.focus();
  });

  return {
    doe,
    hoort(eigenEditor, eigenBeeld) {
      [editor, beeld] = [eigenEditor, eigenBeeld];
      editor.on("transaction", teken);
      balk.hidden = false;
      teken();
    },
  };
}
