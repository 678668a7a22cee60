// The CSRF token of this moment. It changes at login, also when that happens in another tab: so we read
// the cookie when something is sent, and do not trust the field that the page came with.
export function csrf() {
  const cookie = document.cookie.split("; ").find((deel) => deel.startsWith("csrftoken="));
  return cookie ? decodeURIComponent(cookie.slice("csrftoken=".length)) : (document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
}

// Puts the token of now into the hidden field of `form`.
export function vernieuw(form) {
  const veld = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (veld) veld.value = csrf();
}
