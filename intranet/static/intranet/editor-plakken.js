// Makes plain HTML of what Word, Outlook and other programs put on the clipboard, before the editor reads it
// (the editor would drop Word's list marks with the style attributes). intranet/text_paste.py does the same
// on the server, and there it is made safe too: this is only for looks.

const NIVEAU = /mso-list:\s*l\d+\s+level(\d)/i;
const GENUMMERD = /^\(?(?:\d{1,3}|[a-z]|[ivx]{1,6})[.)]/i;
const EIGEN = /^\/afbeeldingen\/[0-9a-f-]{36}\/$/;

// Style attributes go before anything parses them: the CSP reports each one. What we need is kept in data-.
const zonderStijl = (html) => html
  .replace(/<(style|script|xml|title)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, "")
  .replace(/<!(?:--)?\[if !supportLists\](?:--)?>/gi, "<span data-merk>")
  .replace(/<!(?:--)?\[endif\](?:--)?>/gi, "</span>")
  .replace(/<!--[\s\S]*?-->|<![^>]*>|<\?xml[^>]*>/g, "")
  .replace(/(<[a-z][^<>]*?)\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, (_heel, begin, stijl) => {
    const niveau = NIVEAU.exec(stijl)?.[1];
    const merk = /mso-list:\s*Ignore/i.test(stijl) ? " data-merk" : "";
    const gewoon = /font-weight:\s*normal/i.test(stijl) && !/mso-bidi-font-weight/i.test(stijl) ? " data-gewoon" : "";
    return `${begin}${niveau ? ` data-niveau="${niveau}"` : ""}${merk}${gewoon}`;
  })
  .replace(/<\/?[a-z][a-z0-9]*:[a-z][^>]*>/gi, "");

// Word writes a list as loose paragraphs with the bullet typed in front.
function lijsten(doc) {
  let open = []; // the lists around the next item, outermost first
  let vorige = null;
  for (const alinea of [...doc.querySelectorAll("p[data-niveau]")]) {
    const merk = alinea.querySelector("[data-merk]"), tekst = merk?.textContent.trim() ?? "";
    merk?.remove();
    let buur = alinea.previousSibling;
    while (buur?.nodeType === Node.TEXT_NODE && !buur.textContent.trim()) buur = buur.previousSibling;
    if (!vorige || buur !== vorige) open = [];
    const diepte = Math.min(Number(alinea.dataset.niveau), open.length + 1);
    const nieuw = diepte > open.length;
    open = open.slice(0, diepte);
    if (nieuw) {
      const lijst = doc.createElement(GENUMMERD.test(tekst) ? "ol" : "ul");
      if (diepte === 1) {
        alinea.before(lijst);
        vorige = lijst;
      } else open[diepte - 2].lastElementChild.append(lijst);
      open.push(lijst);
    }
    const item = doc.createElement("li"), regel = doc.createElement("p");
    regel.append(...alinea.childNodes);
    item.append(regel);
    open[diepte - 1].append(item);
    alinea.remove();
  }
}

const hernoem = (doc, oud, nieuw) => {
  for (const el of doc.querySelectorAll(oud)) {
    const ander = doc.createElement(nieuw);
    ander.append(...el.childNodes);
    el.replaceWith(ander);
  }
};

// `elders` is called when a picture could not come along.
export function ontwar(html, elders = () => {}) {
  const doc = new DOMParser().parseFromString(zonderStijl(html), "text/html"); // inert: runs and loads nothing
  lijsten(doc);
  hernoem(doc, "h1", "h2");
  hernoem(doc, "h5, h6", "h4");
  for (const el of doc.querySelectorAll("b[data-gewoon], font, [data-merk]")) el.replaceWith(...(el.matches("[data-merk]") ? [] : el.childNodes));
  // A div holds a line of text in mail programs.
  for (const div of [...doc.querySelectorAll("div")].reverse()) {
    if (div.querySelector("p, div, ul, ol, table, blockquote, pre, h2, h3, h4")) div.replaceWith(...div.childNodes);
    else {
      const p = doc.createElement("p");
      p.append(...div.childNodes);
      div.replaceWith(p);
    }
  }
  for (const img of doc.querySelectorAll("img")) {
    if (EIGEN.test(img.getAttribute("src") ?? "")) continue;
    // One pixel or less is a tracker in a mail, nobody's picture.
    if (!(Number(img.getAttribute("width")) === 1 || Number(img.getAttribute("height")) === 1)) elders();
    img.remove();
  }
  for (const p of doc.querySelectorAll("p")) if (!p.textContent.replace(/\u00a0/g, " ").trim() && !p.querySelector("img")) p.remove();
  for (const el of doc.body.querySelectorAll("*")) for (const { name } of [...el.attributes]) if (/^(?:style|class|id|lang|data-niveau|on)/.test(name)) el.removeAttribute(name);
  return doc.body.innerHTML;
}
