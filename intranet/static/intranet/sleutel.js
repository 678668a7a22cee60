// A passkey that did not work says so in words. (allauth's own script does the talking with the browser.)
document.addEventListener("allauth.error", (gebeurtenis) => {
  gebeurtenis.preventDefault();
  const woorden = document.querySelector("script[data-mislukt]")?.dataset.mislukt;
  if (woorden) globalThis.binnenplein?.meld(woorden, "alert");
});
