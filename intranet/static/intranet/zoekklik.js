// On the page with results: tells which hit is opened, so that the redactie sees what nobody opens. Not who.
document.addEventListener("click", meld);
document.addEventListener("auxclick", meld);

function meld({ target, button }) {
  const treffer = button < 2 && target.closest(".bp-treffer h2 a")?.closest("[data-plek]");
  const lijst = treffer && treffer.closest("[data-klik]");
  if (!lijst) return;
  const gegevens = new FormData();
  for (const [naam, waarde] of [["csrfmiddlewaretoken", binnenplein.csrf()], ["zoek", lijst.dataset.zoek], ["plek", treffer.dataset.plek], ["soort", treffer.dataset.soort]]) gegevens.append(naam, waarde);
  navigator.sendBeacon?.(lijst.dataset.klik, gegevens);
}
