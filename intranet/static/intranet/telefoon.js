// Takes this browser on for Meldingen (web push), and shows in the panel beside the settings how it stands here.

const vak = document.getElementById("apparaten-vak"), ik = document.body.dataset.ik;
const kan = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function bytes(base64url) {
  const ruw = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(ruw, (teken) => teken.charCodeAt(0));
}

async function som(tekst) {
  const uit = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(tekst));
  return Array.from(new Uint8Array(uit), (een) => een.toString(16).padStart(2, "0")).join("");
}

// The subscription of this browser under `sleutel`; one under another key is of no use any more.
async function abonneer(sleutel) {
  const { pushManager } = await navigator.serviceWorker.ready, wil = bytes(sleutel);
  let abonnement = await pushManager.getSubscription();
  const heeft = abonnement?.options.applicationServerKey;
  if (abonnement && (!heeft || String(new Uint8Array(heeft)) !== String(wil))) {
    await abonnement.unsubscribe();
    abonnement = null;
  }
  return abonnement ?? pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wil });
}

// Tells our server; the panel as it is then.
async function meldAan(adres, sleutel) {
  const abonnement = await abonneer(sleutel), { endpoint, keys } = abonnement.toJSON();
  const antwoord = await fetch(adres, {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    headers: { "Content-Type": "application/json", "X-CSRFToken": binnenplein.csrf() },
    body: JSON.stringify({ adres: endpoint, p256dh: keys.p256dh, auth: keys.auth }),
  });
  if (!antwoord.ok) throw new Error(antwoord.status);
  localStorage.apparaat = ik;
  sessionStorage.apparaat = "ja";
  return antwoord.text();
}

// Which of the sentences that stand ready holds here.
function staat(soort) {
  for (const een of document.querySelectorAll("#apparaten-vak [data-staat]")) een.hidden = een.dataset.staat !== soort;
}

async function toon() {
  if (!kan) return staat("kan-niet");
  const abonnement = await (await navigator.serviceWorker.getRegistration("/"))?.pushManager.getSubscription();
  const dit = abonnement && document.querySelector(`[data-apparaat="${await som(abonnement.endpoint)}"]`);
  if (dit) dit.querySelector("[data-dit]").hidden = false;
  // Off here, by this person: it stays off.
  if (dit) dit.querySelector("form").addEventListener("submit", () => delete localStorage.apparaat);
  staat(dit ? "" : Notification.permission === "denied" ? "geweigerd" : "kan");
  return dit;
}

async function zetAan() {
  const { apparaten, sleutel } = document.getElementById("apparaten-vak").dataset;
  if ((await Notification.requestPermission()) !== "granted") return toon();
  try {
    const blad = document.createElement("template");
    blad.innerHTML = await meldAan(apparaten, sleutel);
    const nieuw = blad.content.querySelector("#apparaten-vak");
    document.getElementById("apparaten-vak").replaceWith(nieuw);
    await toon();
    nieuw.querySelector("button")?.focus();
  } catch {
    await toon();
    document.querySelector('#apparaten-vak [data-staat="mislukt"]').hidden = false;
  }
}

if (vak) {
  document.addEventListener("click", (klik) => { if (klik.target.closest("[data-zet-aan]")) zetAan(); });
  toon().then((dit) => { if (kan && !dit && localStorage.apparaat === ik && Notification.permission === "granted") zetAan(); });
} else if (kan) {
  // Somewhere else on the site: only take this browser on again. The address and key come with the settings.
  fetch("/meldingen/apparaten/", { credentials: "same-origin", redirect: "error", headers: { Accept: "application/json" } })
    .then((antwoord) => antwoord.json())
    .then(({ sleutel }) => meldAan("/meldingen/apparaten/", sleutel))
    .catch(() => {}); // the next page tries again
}
