/*
 * <section data-drafts hidden>: texts that this person typed at this browser and that did not reach the server, each with
 * the way to its box, where it is offered again. Shown only where there are any.
 */
import { hasArrived } from "./autosave/arrived.js";
import * as copies from "./autosave/copies.js";
import { owner } from "./autosave/session.js";
import { moment, say } from "./autosave/texts.js";

async function fill(section) {
  const person = copies.areThere() ? await owner() : "";
  if (!person) return;
  for (const copy of copies.leftOf(person)) {
    if (await hasArrived(copy.address, copy)) copies.drop(person, copy.address, copy.page);
    else add(section, person, copy);
  }
}

function add(section, person, copy) {
  const row = section.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = row.querySelector("a");
  const { url, title, page } = copy.box ?? {};
  link.textContent = title || say("untitled");
  if (url) link.href = url;
  row.querySelector("[data-about]").textContent = [page, say("typed", { time: moment(copy.at) })].filter(Boolean).join(" · ");
  row.querySelector("[data-text]").textContent = copy.fields.find(([name]) => name === "value")?.[1] ?? "";
  row.querySelector("button").addEventListener("click", () => {
    copies.drop(person, copy.address, copy.page);
    row.remove();
    section.hidden = !section.querySelector("ul > li");
  });
  section.querySelector("ul").append(row);
  section.hidden = false;
}

document.querySelectorAll("[data-drafts]").forEach(fill);
