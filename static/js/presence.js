/*
 * <div data-presence="URL" aria-live="polite">: who else is writing here. Tells the server every five seconds that this
 * page is open and in sight, and shows the names it gives back; the server forgets a page that falls silent.
 */
import { beacon, post } from "./autosave/session.js";
import { say } from "./autosave/texts.js";

const EVERY = 5000;

function wire(element) {
  const tell = async () => {
    if (document.visibilityState === "hidden") return;
    const reply = await post(element.dataset.presence, {}).catch(() => ({ status: 0 }));
    show(element, reply.status === 200 ? reply.body.others : []);
  };
  tell();
  setInterval(tell, EVERY);
  window.addEventListener("pagehide", () => beacon(element.dataset.presence, { leave: "1" }));
}

function show(element, names) {
  const list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);
  const words = names.length ? say("here", { names: list }) : "";
  if (element.textContent !== words) element.textContent = words;
}

document.querySelectorAll("[data-presence]").forEach(wire);
