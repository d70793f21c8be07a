/*
 * HTMX's manners: a refused form (422) is shown like an accepted one, so that its messages are read; a failed request
 * says so. The CSRF token is in hx-headers on <body>, the settings in <meta name="htmx-config">.
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

export function wireHtmx() {
  document.body.addEventListener("htmx:beforeSwap", showRefusals);
  document.body.addEventListener("htmx:sendError", sayFailure);
  document.body.addEventListener("htmx:responseError", sayFailure);
}
