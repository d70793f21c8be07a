/* Both texts beneath the box, and what can be done with them. */
import { parse } from "../formatted/blocks.js";
import { draw } from "../formatted/draw.js";
import { panel, say } from "./texts.js";

/** Shows the panel; `sent` is the text that met the other, `choose` gets "theirs", "mine" or "both". */
export function showConflict(form, reply, sent, choose) {
  const words = reply.theirs_by ? say("conflictBy", { name: reply.theirs_by }) : say("conflictUnnamed");
  const act = (choice) => () => {
    takeAway();
    choose(choice);
  };
  const element = panel("conflict", { words }, { theirs: act("theirs"), mine: act("mine"), both: act("both") });
  // The server escaped both and marked what changed.
  element.querySelector('[data-slot="theirs"]').innerHTML = reply.theirs_diff;
  element.querySelector('[data-slot="mine"]').innerHTML = reply.mine_diff;
  write(element.querySelector('[data-slot="base"]'), reply.base ?? "", form.elements.namedItem("value"));
  element.querySelector('[data-slot="started"]').hidden = reply.base === null;
  element.querySelector('[data-act="both"]').hidden = reply.both === null;
  // The caret stays where somebody types; the state of the box, which is read out, says that there are two texts.
  form.after(element);
  const takeAway = follow(form, sent, element);
}

/* As it reads, without the signs of its markup, as beside it what changed. */
function write(place, text, box) {
  if (box?.dataset?.paste === "markup") place.replaceChildren(draw(parse(text)));
  else place.textContent = text;
}

/* Somebody types on: their text in the panel is the one of now. Returns a function that ends this and the panel. */
function follow(form, sent, element) {
  const box = form.elements.namedItem("value");
  const mine = element.querySelector('[data-slot="mine"]');
  let shown = sent;
  const copy = () => {
    if (!(box instanceof HTMLTextAreaElement) || box.value === shown) return;
    shown = box.value;
    write(mine, shown, box);
  };
  form.addEventListener("input", copy);
  copy();
  return () => {
    form.removeEventListener("input", copy);
    element.remove();
  };
}
