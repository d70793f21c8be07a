/*
 * Who is signed in, and the token that forms need. The page knows neither after a long break, so both are asked for:
 * once at the beginning, and again whenever the server refuses.
 */
const ASK_AGAIN = 5000;
const SIGNED_OUT = document.getElementById("signed-out");

let token = null;
let person = null;
let asking = null;
let waiting = null;
let notice = null;
const listeners = [];

/** Calls back when somebody who had been signed out is in again. */
export const whenBack = (listener) => listeners.push(listener);

/** The pseudonym of the person this page belongs to; "" while unknown. */
export async function owner() {
  if (person === null) await ask().catch(() => null);
  return person ?? "";
}

/** "in": go on with the fresh token; "out": nobody is signed in; "other": somebody else is. Rejects without network. */
export async function renew() {
  const reply = await ask();
  if (!reply.signed_in) return "out";
  return reply.person === person ? "in" : "other";
}

/** Posts a form's fields; the reply's JSON is in `body`. Rejects when there is no network. */
export async function post(address, fields, { keepalive = false } = {}) {
  if (token === null) await ask();
  const body = new URLSearchParams(fields);
  body.set("csrfmiddlewaretoken", token);
  const reply = await fetch(address, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRFToken": token },
    credentials: "same-origin",
    redirect: "manual",
    // Browsers refuse to send more than 64 kB after the page is gone.
    keepalive: keepalive && body.toString().length < 60_000,
  });
  if (reply.type === "opaqueredirect") return { status: 401, body: {} };
  return { status: reply.status, body: await reply.json().catch(() => ({})) };
}

/** The JSON at an address. Rejects without network, and when it is refused. */
export async function get(address) {
  const reply = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!reply.ok) throw new Error(`status ${reply.status}`);
  return reply.json();
}

/** For the moment when the page goes away. */
export function beacon(address, fields) {
  if (token === null) return;
  navigator.sendBeacon(address, new URLSearchParams({ ...fields, csrfmiddlewaretoken: token }));
}

/** Says that one is signed out, and looks now and then, and on coming back to this tab, whether that has changed. */
export function askToSignIn(near) {
  if (notice === null) {
    notice = SIGNED_OUT.content.firstElementChild.cloneNode(true);
    near.before(notice);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
  }
  waiting ??= setInterval(look, ASK_AGAIN);
}

async function look() {
  if (waiting === null || document.visibilityState === "hidden") return;
  if ((await renew().catch(() => "out")) !== "in") return;
  clearInterval(waiting);
  waiting = null;
  notice?.remove();
  notice = null;
  document.removeEventListener("visibilitychange", look);
  window.removeEventListener("focus", look);
  renewForms();
  listeners.forEach((listener) => listener());
}

/** Forms that are sent without these scripts, and HTMX: the token they came with went with the old sign-in. */
function renewForms() {
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token));
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

function ask() {
  asking ??= get(SIGNED_OUT.dataset.csrfUrl)
    .then((reply) => {
      token = reply.token;
      if (reply.signed_in) person ??= reply.person;
      return reply;
    })
    .finally(() => (asking = null));
  return asking;
}
