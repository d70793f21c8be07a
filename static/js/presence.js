/*
 * <div data-presence="URL" aria-live="polite">: who else is writing here, and what they save. Tells the server every five
 * seconds that this page is open and in sight, and in which box somebody types; shows the names it gives back, at the
 * boxes too; the server forgets a page that falls silent. Where colleagues saved something meanwhile, the boxes that
 * nobody touches here get it, and "presence:revisions" tells whoever shows the boxes otherwise.
 */
import { present } from "./autosave/boxes.js";
import { beacon, get, post } from "./autosave/session.js";
import { say } from "./autosave/texts.js";

const EVERY = 5000;
/* So long after the last key somebody still counts as typing. */
const PAUSE = 10_000;

class Presence {
  constructor(element) {
    this.element = element;
    this.address = element.dataset.presence;
    this.typing = { name: "", at: 0 };
    this.known = "";
    this.revisions = {};
    document.addEventListener("input", (event) => this.typed(event.target));
    document.addEventListener("visibilitychange", () => this.tell());
    window.addEventListener("pagehide", () => beacon(this.address, { leave: "1" }));
    setInterval(() => this.tell(), EVERY);
    this.tell();
  }

  typed(target) {
    const form = target.closest?.("form[data-autosave]");
    const name = form?.dataset.box;
    // What a colleague saved comes into boxes without the focus: nobody types there.
    if (!name || !form.contains(document.activeElement)) return;
    const isNews = name !== this.box;
    this.typing = { name, at: Date.now() };
    if (isNews) this.tell();
  }

  /* Where somebody types. */
  get box() {
    return Date.now() - this.typing.at < PAUSE ? this.typing.name : "";
  }

  async tell() {
    if (document.visibilityState === "hidden" || this.telling) return;
    this.telling = true;
    const fields = { box: this.box, known: this.known };
    const reply = await post(this.address, fields).catch(() => ({ status: 0 }));
    this.telling = false;
    const body = reply.status === 200 ? reply.body : { others: [], typing: {} };
    this.show(body);
    if (body.revisions) Object.assign(this, { revisions: body.revisions, known: body.known });
    document.dispatchEvent(new CustomEvent("presence:revisions", { detail: this.revisions }));
    await this.catchUp().catch(() => null);
  }

  show({ others, typing }) {
    const boxes = present().filter((box) => box.name);
    boxes.forEach((box) => box.showTyping(sentence("typing", typing[box.name] ?? [])));
    const own = boxes.find((box) => box.hasFocus && typing[box.name]);
    const words = own ? sentence("typing", typing[own.name]) : others.length ? say("here", { names: listed(others) }) : "";
    if (this.element.textContent !== words) this.element.textContent = words;
  }

  async catchUp() {
    const behind = present().filter((box) => this.revisions[box.name] > box.revision && box.isUntouched);
    if (!behind.length) return;
    const asked = new URLSearchParams(behind.map((box) => ["box", box.name]));
    const reply = await get(`${this.address}?${asked}`);
    for (const box of behind) {
      const saved = reply.boxes[box.name];
      if (saved && saved.revision > box.revision && box.isUntouched) box.takeUp(saved);
    }
  }
}

const listed = (names) => new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);

const sentence = (word, names) => names.length ? say(names.length > 1 ? `${word}Many` : word, { names: listed(names) }) : "";

document.querySelectorAll("[data-presence]").forEach((element) => new Presence(element));
