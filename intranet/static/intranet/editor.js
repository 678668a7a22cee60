// Turns every textarea[data-editor] into the editor: Tiptap, as django-prose-editor ships it.
//
// The textarea stays in the form and carries the HTML; what people see in its place takes over its id, so
// that label, help and error links keep pointing right. Our own toolbar: the shipped one speaks no Dutch.
//
// The parts come by the addresses on our script tag: with a hash of their contents, and only where there is
// something to edit.
const { dataset: adressen } = document.querySelector("script[data-bundel]");
const delen = () => document.querySelector("template[data-editor-delen]").content;
const deel = (naam) => delen().querySelector(`[data-deel="${naam}"]`).cloneNode(true);
const woord = (naam) => delen().querySelector(`[data-woord="${naam}"]`)?.textContent ?? "";

const leeg = (html) => /^(?:<p><\/p>)+$/.test(html);
const ontsnap = (tekst) => tekst.replace(/&/g, "&amp;").replace(/</g, "&lt;");

// A name as it stands in a bare textarea (intranet.text.from_plain reads it so too).
const metNamen = (tekst) => tekst.replace(/@\[([^[\]<>\n]{1,200})\]\(((?:gebruiker|groep|afdeling|onderwerp):[1-9]\d*)\)/g, '<span data-mention="$2">@$1</span>');

// What stands in the textarea, as HTML. Text that was typed before we came is text.
function inhoud(bron, opmaak) {
  if (opmaak?.value !== "tekst") return bron.value;
  if (bron.value === bron.defaultValue && bron.dataset.html) return bron.dataset.html;
  return bron.value.split(/\n[ \t]*\n/).map((alinea) => (alinea.trim() ? `<p>${metNamen(ontsnap(alinea.trim())).replace(/\n/g, "<br>")}</p>` : "")).join("");
}

// A name that was chosen from the picker: one piece, kept as it is.
const vermelding = (pm) => pm.Node.create({
  name: "vermelding", group: "inline", inline: true, atom: true,
  addAttributes: () => ({
    wie: { default: null, parseHTML: (el) => el.dataset.mention, renderHTML: ({ wie }) => ({ "data-mention": wie }) },
    naam: { default: "", parseHTML: (el) => el.textContent, renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: "span[data-mention]" }],
  renderHTML: ({ node, HTMLAttributes }) => ["span", HTMLAttributes, node.attrs.naam],
  renderText: ({ node }) => node.attrs.naam,
});

function uitbreidingen(pm, balk, bron) {
  const { Extension } = pm;
  return [
    pm.Document, pm.Paragraph, pm.Text, pm.HardBreak, pm.History, pm.Dropcursor, pm.Gapcursor,
    pm.Bold, pm.Italic, pm.Underline, pm.Strike, pm.Code, pm.CodeBlock, pm.Blockquote, pm.HorizontalRule,
    pm.BulletList, pm.ListItem,
    // Their list type is a style attribute; ours has none.
    pm.OrderedList.extend({ addAttributes: () => ({ start: { default: 1, parseHTML: (el) => Number(el.getAttribute("start")) || 1 } }), addNodeView: null, addProseMirrorPlugins: () => [] }),
    pm.Heading.configure({ levels: [2, 3, 4] }),
    vermelding(pm),
    pm.Table, pm.TableRow, pm.TableHeader, pm.TableCell,
    pm.Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": () => (balk.doe("link"), true) }), inclusive: false })
      .configure({ openOnClick: false, enableTarget: false, linkOnPaste: true, defaultProtocol: "https", protocols: ["tel"] }),
    // Only images of our own: no data: address, no picture from elsewhere.
    pm.Image.extend({ inline: true, group: "inline", parseHTML: () => [{ tag: 'img[src^="/afbeeldingen/"]' }], addInputRules: () => [] }),
    ...(bron.placeholder ? [pm.Placeholder.configure({ placeholder: bron.placeholder })] : []),
    Extension.create({
      name: "binnenplein",
      // Tab leaves the editor, so lists go deeper and back with these.
      addKeyboardShortcuts() {
        return { "Mod-]": () => this.editor.commands.sinkListItem("listItem"), "Mod-[": () => this.editor.commands.liftListItem("listItem") };
      },
    }),
  ];
}

function toets(bron) {
  return (_view, gebeurtenis) => {
    if (gebeurtenis.key === "Tab" && !gebeurtenis.ctrlKey && !gebeurtenis.metaKey && !gebeurtenis.altKey) return true; // the browser moves on
    if (gebeurtenis.key === "Enter" && (gebeurtenis.ctrlKey || gebeurtenis.metaKey)) {
      gebeurtenis.preventDefault();
      bron.form?.requestSubmit();
      return true;
    }
    return false;
  };
}

function maak(bron, { pm, werkbalk, ontwar, beelden, bijEditor }) {
  const kader = bron.closest(".bp-schrijfvak__kader"), veld = bron.closest(".bp-schrijfveld") ?? kader;
  const opmaak = bron.parentElement.querySelector(`input[name="${bron.name}_opmaak"]`);
  const id = bron.id, hadFocus = document.activeElement === bron;
  const label = document.getElementById(`${id}_label`), balk = werkbalk(kader.querySelector(".bp-werkbalk"), deel);
  const beeld = beelden(pm, bron, veld.querySelector("[data-beeldfout]"), woord);

  const attributes = { id, class: "bp-tekst", "aria-multiline": "true" };
  if (label) attributes["aria-labelledby"] = label.id;
  for (const naam of ["aria-describedby", "aria-invalid"]) if (bron.hasAttribute(naam)) attributes[naam] = bron.getAttribute(naam);
  const plek = document.createElement("div");
  plek.className = "bp-editor";
  if (bron.rows <= 3) plek.classList.add("bp-editor--kort");

  const html = inhoud(bron, opmaak);
  bron.id = `${id}_bron`;
  const editor = new pm.Editor({
    element: plek,
    injectCSS: false, // ours is in editor.css: the CSP allows no style tag
    extensions: [...uitbreidingen(pm, balk, bron), beeld.uitbreiding],
    content: html,
    editorProps: {
      attributes,
      handleDOMEvents: { keydown: toets(bron) },
      transformPastedHTML: (geplakt) => ontwar(geplakt, () => beeld.zegElders()),
      handlePaste: (_view, gebeurtenis) => beeld.plak(gebeurtenis),
      handleDrop: (_view, gebeurtenis) => beeld.sleep(gebeurtenis),
    },
    onUpdate() {
      const nu = editor.getHTML();
      bron.value = leeg(nu) ? "" : nu;
      bron.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  bron.before(plek);
  bron.hidden = true;
  bron.value = leeg(editor.getHTML()) ? "" : editor.getHTML();
  if (opmaak) opmaak.value = "html";
  balk.hoort(editor, beeld);
  beeld.hoort(editor);
  bijEditor(editor, bron);
  label?.addEventListener("click", () => editor.commands.focus("end"));
  // The summary of errors links to our id; a link moves focus only to what was focusable before.
  if (hadFocus || location.hash === `#${id}`) editor.commands.focus("end");
  // A test, or a script that fills in a draft, may set the textarea.
  bron.addEventListener("change", () => editor.commands.setContent(inhoud(bron, opmaak)));
  return editor;
}

const bekend = new WeakSet();
async function begin() {
  // Small, and of use before the editor is there.
  import(adressen.vermelden).then(({ bijTekstvakken }) => bijTekstvakken());
  const bronnen = [...document.querySelectorAll("textarea[data-editor]")].filter((bron) => !bekend.has(bron));
  if (!bronnen.length) return;
  bronnen.forEach((bron) => bekend.add(bron));
  const [pm, ...eigen] = await Promise.all([adressen.bundel, adressen.werkbalk, adressen.plakken, adressen.beeld, adressen.vermelden].map((adres) => import(adres)));
  for (const bron of bronnen) maak(bron, { pm, ...Object.assign({}, ...eigen) });
}
document.addEventListener("htmx:load", begin);
begin();
