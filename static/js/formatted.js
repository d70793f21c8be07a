/*
 * <div class="writing"><textarea data-paste="markup"></div>, or "list": a box one is not writing in shows its text
 * formatted; the text area lies under the drawing, unseen, and takes clicks, keys and screen readers as ever. While one
 * writes it shows what is typed, with buttons (common/_formatting.html) and keys for bold, italic, lists and links.
 */
import { apply, meantBy } from "./formatted/buttons.js";
import { parse } from "./formatted/blocks.js";
import { draw } from "./formatted/draw.js";

/* Without any of these, text looks the same formatted. */
const MARKS = /[*_[\\<]|https?:|^\s*([-+]|\d+[.)])\s/m;
let pressed = false;
let afterwards = [];

const areaOf = (writing) => writing.querySelector("textarea");

const buttonsOf = (writing) => writing.querySelector(".formatting");

const writingOf = (target) => target.closest?.(".writing") ?? null;

/* While a button of the mouse is down nothing may move under it: the click would go elsewhere. */
function whenReleased(action) {
  if (pressed) afterwards.push(action);
  else action();
}

function released() {
  pressed = false;
  const actions = afterwards;
  afterwards = [];
  setTimeout(() => actions.forEach((action) => action()));
}

function blocksToShow({ value, dataset }) {
  const lines = dataset.paste === "list" ? value.split("\n").filter((line) => line.trim()) : [];
  const isList = lines.length > 1;
  if (!isList && !MARKS.test(value)) return null;
  return parse(isList ? lines.map((line) => `- ${line.trim()}`).join("\n") : value);
}

function refresh(writing) {
  const area = areaOf(writing);
  const blocks = writing.classList.contains("writing--now") ? null : blocksToShow(area);
  writing.querySelector(".writing__view")?.remove();
  writing.classList.toggle("writing--formatted", blocks !== null);
  if (!blocks) return;
  const view = document.createElement("div");
  view.className = "form-control writing__view prose";
  view.setAttribute("aria-hidden", "true");
  view.lang = area.lang;
  view.dir = area.dir;
  view.append(draw(blocks));
  area.after(view);
}

function enter(writing) {
  writing.classList.add("writing--now");
  refresh(writing);
  whenReleased(() => writing.contains(document.activeElement) && addButtons(writing));
}

function addButtons(writing) {
  const template = document.getElementById("formatting");
  if (!template || buttonsOf(writing)) return;
  const buttons = template.content.firstElementChild.cloneNode(true);
  // The caret stays in the text.
  buttons.addEventListener("mousedown", (event) => event.preventDefault());
  buttons.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-format]");
    if (button) apply(areaOf(writing), button.dataset.format);
  });
  buttons.addEventListener("keydown", walk);
  writing.append(buttons);
}

/* The buttons are one stop of the Tab key; arrows walk among them. */
function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll("button")].filter((button) => button.offsetParent);
  const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
  all.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
  next.focus();
}

/* A moment later it is known where the focus went. */
const soon = (action) => setTimeout(() => whenReleased(action));

function leave(writing) {
  if (writing.contains(document.activeElement)) return;
  writing.classList.remove("writing--now");
  buttonsOf(writing)?.remove();
  refresh(writing);
}

function onKey(event) {
  const writing = writingOf(event.target);
  const act = meantBy(event);
  if (!writing || !act || event.target !== areaOf(writing)) return;
  if (!buttonsOf(writing)?.querySelector(`[data-format="${act}"]`)?.offsetParent) return;
  event.preventDefault();
  apply(event.target, act);
}

function show(root) {
  root.querySelectorAll(".writing").forEach(refresh);
}

document.addEventListener("pointerdown", () => (pressed = true), true);
["pointerup", "pointercancel", "dragend"].forEach((name) => document.addEventListener(name, released, true));
document.addEventListener("focusin", (event) => {
  const writing = writingOf(event.target);
  if (writing && event.target === areaOf(writing)) enter(writing);
});
document.addEventListener("focusout", (event) => {
  const writing = writingOf(event.target);
  // On the way to another window the caret stays where it is.
  if (writing && document.hasFocus()) soon(() => leave(writing));
});
document.addEventListener("input", (event) => {
  const writing = writingOf(event.target);
  if (writing && !writing.classList.contains("writing--now")) refresh(writing);
});
document.addEventListener("keydown", onKey);
document.addEventListener("htmx:load", (event) => show(event.detail.elt.parentElement ?? document));
show(document);
const focused = writingOf(document.activeElement);
if (focused) enter(focused);
