/*
 * Boxes that save as you type: <form data-autosave data-revision="6" action="…" method="post">.
 *
 * Inside: the fields of the value (a long text is one <textarea name="value">), a hidden "base" for the way without
 * scripts, <output class="save-state">. Elements with data-without-script are hidden here (the Save button), hidden links
 * with data-once-saved="address" are shown with the first save (the history). By data-box="name" presence.js tells the
 * box what colleagues saved in it.
 * The words come from common/_autosave_texts.html. After each save the form dispatches "autosave:saved" (detail: the
 * reply). Nothing typed is lost: see autosave/box.js for what happens when.
 */
import { Box } from "./autosave/box.js";
import { add, present } from "./autosave/boxes.js";
import { forgetOld } from "./autosave/copies.js";
import { whenBack } from "./autosave/session.js";

export function wireAutosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) add(form, (found) => new Box(found));
}

const sendAll = (how) => present().forEach((box) => box.flush(how));

wireAutosave(document);
forgetOld();
whenBack(() => sendAll());
document.addEventListener("htmx:load", (event) => wireAutosave(event.detail.elt.parentElement ?? document));
document.addEventListener("htmx:beforeSwap", () => sendAll({ keepalive: true }));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") sendAll({ keepalive: true });
});
window.addEventListener("online", () => sendAll());
window.addEventListener("beforeunload", (event) => {
  sendAll({ keepalive: true });
  if (present().some((box) => box.isAtRisk)) event.preventDefault();
});
