/*
 * HTMX's manners: a refused form (422) is shown like an accepted one, so that its messages are read; a failed request
 * says so; when the sign-in has ended (401), the page stays with all that is typed in it and asks to sign in. The CSRF token is in hx-headers on <body>, the settings in <meta name="htmx-config">.
 */
import { announce } from "./messages.js";

const SHOWN = new Set([403, 404, 422]);

function showRefusals(event) {
  if (!SHOWN.has(event.detail.xhr.status)) return;
  event.detail.shouldSwap = event.detail.xhr.status === 422;
  event.detail.isError = event.detail.xhr.status !== 422;
}

function sayFailure() {
  announce(document.body.dataset.failed, "error");
}

async function sayRefusal(event) {
  if (event.detail.xhr.status !== 401) return sayFailure();
  const { askToSignIn } = await import("../autosave/session.js");
  const asking = event.detail.elt.closest("[data-found], main form, main section, main .late");
  askToSignIn(asking ?? document.getElementById("main").firstElementChild);
}

export function wireHtmx() {
  document.body.addEventListener("htmx:beforeSwap", showRefusals);
  document.body.addEventListener("htmx:sendError", sayFailure);
  document.body.addEventListener("htmx:responseError", sayRefusal);
}
