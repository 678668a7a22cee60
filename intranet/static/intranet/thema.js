// Switches light and dark. The choice stands in a cookie, so that the server sends the page right at once;
// without a choice the page follows the device.
const wortel = document.documentElement;

for (const knop of document.querySelectorAll("[data-themaknop]")) {
  knop.addEventListener("click", () => {
    const apparaat = matchMedia("(prefers-color-scheme: dark)").matches;
    const donker = wortel.dataset.thema === "donker" || (wortel.dataset.thema === "auto" && apparaat);
    const keuze = donker ? "licht" : "donker";
    wortel.dataset.thema = keuze;
    const veilig = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `thema=${keuze}; Path=/; Max-Age=31536000; SameSite=Lax${veilig}`;
  });
}
