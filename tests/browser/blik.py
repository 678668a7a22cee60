"""What is looked at on a page: axe, sizes, headings, names, focus. Each gives its findings in words."""

from axe_playwright_python.base import AXE_SCRIPT

# Everything axe knows, and the size of targets, which it leaves off by itself.
ALLES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
KLEUR = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}

AXE = """async (opties) => (await axe.run(document, opties)).violations.map(
    v => `${v.id}: ${v.nodes[0].target} ${v.nodes[0].html.slice(0, 160)} (${v.nodes.length}×)`)"""

BOUW = """() => {
    const uit = [];
    const koppen = [...document.querySelectorAll("h1")].filter(h => h.checkVisibility());
    if (koppen.length !== 1) uit.push(`${koppen.length} h1`);
    if (!document.title.trim() || document.title.startsWith(" ")) uit.push("no title");
    if (document.querySelectorAll("main").length !== 1) uit.push("not one main");
    if (document.documentElement.lang !== "nl") uit.push("no language");
    const skip = document.querySelector("a[href^='#']");
    if (!skip || !document.querySelector(skip.getAttribute("href"))?.matches("main, main *"))
        uit.push("first link does not go to the content");
    for (const img of document.images) if (!img.hasAttribute("alt")) uit.push("no alt: " + img.src);
    const ids = [...document.querySelectorAll("[id]")].map(el => el.id);
    const dubbel = ids.filter((id, i) => ids.indexOf(id) !== i);
    if (dubbel.length) uit.push("id twice: " + dubbel);
    return uit;
}"""

# What sticks out, by name: the deepest ones to the right of the window.
BREED = """() => {
    const breed = document.documentElement.scrollWidth;
    if (breed <= innerWidth) return [];
    const steekt = el => el.getBoundingClientRect().right > innerWidth + 1
        || (el.scrollWidth > el.clientWidth + 1 && el.clientWidth && getComputedStyle(el).overflowX === "visible"
            && el.getBoundingClientRect().left + el.scrollWidth > innerWidth + 1);
    const wie = [...document.querySelectorAll("body *")].filter(el => steekt(el) && ![...el.children].some(steekt));
    return [`${innerWidth} wide, page ${breed}: ` + wie.slice(0, 3).map(el => el.outerHTML.slice(0, 120)).join(" | ")];
}"""

# The menus that fold out, one after the other.
MENUS = f"""() => [...document.querySelectorAll("details.bp-uitklap")].slice(0, 6).flatMap(menu => {{
    if (!menu.checkVisibility()) return [];
    menu.open = true;
    const wat = ({BREED})();
    menu.open = false;
    return wat.map(zin => "menu, " + zin);
}})"""

# What a thumb has to hit: 44 pixels, for what stands on its own.
DUIM = """() => [...document.querySelectorAll(
        ".nl-button, .bp-duimbalk a, .bp-duimbalk button, .bp-kop__knop, .utrecht-textbox, .utrecht-select")]
    .filter(el => el.checkVisibility({ visibilityProperty: true }) && el.getBoundingClientRect().height)
    .filter(el => el.getBoundingClientRect().height < 43.5 && el.getBoundingClientRect().width > 1)
    .map(el => `${Math.round(el.getBoundingClientRect().height)} high: ${el.outerHTML.slice(0, 120)}`)
    .slice(0, 4)"""

# Everything that takes the focus looks different with it than without. After a key press only.
ZICHT = """() => {
    const kan = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], [contenteditable=true]";
    const stil = el => { const s = getComputedStyle(el), v = getComputedStyle(el, "::before"), n = getComputedStyle(el, "::after");
        return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor,
            s.textDecoration, v.boxShadow, v.outlineStyle, n.boxShadow, n.outlineStyle].join(); };
    const rond = el => [el, el.parentElement, el.parentElement?.parentElement, el.nextElementSibling].filter(Boolean);
    const uit = [];
    for (const el of document.querySelectorAll(kan)) {
        if (!el.checkVisibility({ visibilityProperty: true }) || el.disabled) continue;
        document.activeElement?.blur();
        const voor = rond(el).map(stil).join();
        el.focus({ preventScroll: true });
        if (document.activeElement !== el) continue;
        if (rond(el).map(stil).join() === voor) uit.push("focus not seen: " + el.outerHTML.slice(0, 120));
    }
    return uit.slice(0, 3);
}"""


def blik(pagina, *, grondig=True):
    """Everything wrong with the page that is open now; ``grondig`` also on a phone and by night."""
    if pagina.locator("[data-editor]").count():
        pagina.locator(".ProseMirror").first.wait_for()
    pagina.evaluate(
        "document.querySelectorAll('main details:not(.bp-uitklap)').forEach(el => { el.open = true; })"
    )
    pagina.evaluate(AXE_SCRIPT)
    uit = pagina.evaluate(BOUW) + pagina.evaluate(AXE, ALLES)
    if grondig:
        pagina.emulate_media(color_scheme="dark")
        uit += [f"dark, {wat}" for wat in pagina.evaluate(AXE, KLEUR)]
        pagina.emulate_media(color_scheme="light")
        pagina.keyboard.press("Tab")
        uit += pagina.evaluate(ZICHT)
    pagina.set_viewport_size({"width": 375, "height": 812})
    if grondig:
        uit += [f"375, {wat}" for wat in pagina.evaluate(AXE, ALLES)]
    uit += pagina.evaluate(BREED) + pagina.evaluate(DUIM)
    if not pagina.evaluate(BREED):
        uit += pagina.evaluate(MENUS)
    pagina.set_viewport_size({"width": 320, "height": 700})
    uit += pagina.evaluate(BREED)
    pagina.set_viewport_size({"width": 1280, "height": 800})
    return uit
