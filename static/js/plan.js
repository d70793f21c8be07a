/*
 * The table of an action plan: rows that open to be written in where they are read, are put in order by dragging or
 * from their menu, folded and unfolded, without a new page. Without this script links and forms lead to the same.
 */
import Sortable from "../sortablejs/modular/sortable.core.esm.js";
import { present } from "./autosave/boxes.js";
import { post } from "./autosave/session.js";
import { announce } from "./shell/messages.js";

const MOST_FIRST_WORDS = 70;
const LOOK_AGAIN = 100;

const table = document.getElementById("plan-table");
const said = document.getElementById("plan-said");
const jumps = document.getElementById("plan-jump");
const folded = new Set();
/* The id of the box that shall have the focus when its row is open; the row whose tools shall have it when closed. */
let wanted = null;
let left = null;

const rows = () => [...table.querySelectorAll("tbody[data-action]")];

const jumpTo = (row) => jumps?.querySelector(`[data-jump="${row.dataset.action}"]`);

/* Numbers, arrows and the list of the rows follow their order. */
function renumber() {
  const all = rows();
  all.forEach((row, place) => {
    row.querySelector("[data-number]").textContent = place + 1;
    const [up, down] = row.querySelectorAll("[data-move] [name=step]");
    up.disabled = place === 0;
    down.disabled = place === all.length - 1;
    row.querySelector("[data-move] [name=place]").max = all.length;
    const jump = jumpTo(row);
    if (!jump) return;
    jump.querySelector("[data-number]").textContent = place + 1;
    jumps.append(jump);
  });
}

/* The whole order is sent, so that a request that got lost does no harm to the next one. */
async function keepOrder() {
  const order = rows().map((row) => ["order", row.dataset.action]);
  const reply = await post(table.dataset.orderUrl, order).catch(() => ({ status: 0 }));
  if (reply.status !== 200) announce(document.body.dataset.failed, "error");
}

function moved(from, to) {
  renumber();
  said.textContent = table.dataset.moved.replace("{from}", from + 1).replace("{to}", to + 1);
  keepOrder();
}

function move(event) {
  const form = event.target.closest("[data-move]");
  if (!form) return;
  event.preventDefault();
  const all = rows();
  const row = form.closest("tbody");
  const from = all.indexOf(row);
  const step = event.submitter?.name === "step" ? Number(event.submitter.value) : null;
  const to = Math.min(Math.max(step ? from + step : form.elements.place.value - 1, 0), all.length - 1);
  if (to === from) return;
  if (to < from) all[to].before(row);
  else all[to].after(row);
  moved(from, to);
  if (step) return focusStep(form, event.submitter);
  form.reset();
  form.closest("details").open = false;
  row.scrollIntoView({ block: "nearest" });
  form.closest("details").querySelector("summary").focus();
}

/* The menu stays open for the next step. */
function focusStep(form, button) {
  (button.disabled ? form.querySelector("button:enabled") : button)?.focus();
}

/* Opening and closing */

function openFromText(event) {
  const cell = event.target.closest("td[data-cell]");
  if (!cell || event.target.closest("a, button, summary, form") || !getSelection().isCollapsed) return;
  const row = cell.closest("tbody");
  if (folded.has(row.dataset.action)) return fold(row, false);
  wanted = cell.dataset.cell;
  row.querySelector("[data-open]").click();
}

const controlOf = (row, id) =>
  row.querySelector(`[id="${id}"]`) ?? row.querySelector(`[id^="${id}-"]`)?.closest("details")?.querySelector("summary");

function focusBox(row) {
  const box = (wanted && controlOf(row, wanted)) ?? row.querySelector("form[data-autosave] textarea");
  wanted = null;
  box?.focus();
  if (box instanceof HTMLTextAreaElement) box.setSelectionRange(box.value.length, box.value.length);
}

/* Whether all that was typed here has reached the server; waits for what is under way. */
async function settled(boxes) {
  await Promise.all(boxes.map((box) => box.flush()));
  while (boxes.some((box) => box.sending)) await new Promise((done) => setTimeout(done, LOOK_AGAIN));
  return boxes.every((box) => !box.isUnsaved && !box.blocked && !box.failing);
}

async function close(event) {
  const link = event.target.closest("[data-close]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const row = link.closest("tbody");
  const boxes = present().filter((box) => row.contains(box.form));
  if (!(await settled(boxes))) {
    const open = boxes.find((box) => box.isUnsaved || box.blocked || box.failing);
    (open.text ?? open.form.querySelector("input:not([type=hidden])"))?.focus();
    return;
  }
  left = row.dataset.action;
  read(row, link.dataset.close);
}

function read(row, address = row.querySelector("[data-open]").getAttribute("hx-get").split("?")[0]) {
  window.htmx.ajax("GET", address, { target: row, swap: "outerHTML" });
}

/* A row that nobody is busy with shows what colleagues saved in it. */
function catchUp({ detail: revisions }) {
  const sums = new Map();
  for (const [name, revision] of Object.entries(revisions)) {
    const action = name.split(".", 1)[0];
    sums.set(action, (sums.get(action) ?? 0) + revision);
  }
  rows()
    .filter(({ dataset }) => "revision" in dataset && sums.get(dataset.action) > Number(dataset.revision))
    .filter((row) => !row.contains(document.activeElement) && !row.querySelector("details[open]"))
    .forEach((row) => read(row));
}

/* Folding */

function fold(row, isFolded) {
  row.classList.remove("plan-row--folded");
  row.classList.toggle("plan-row--shut", isFolded);
  row.querySelector("[data-fold]").setAttribute("aria-expanded", String(!isFolded));
  if (isFolded) folded.add(row.dataset.action);
  else folded.delete(row.dataset.action);
}

function foldAll(isFolded) {
  rows().filter((row) => !("isOpen" in row.dataset)).forEach((row) => fold(row, isFolded));
  document.querySelector("[data-fold-all]").hidden = isFolded;
  document.querySelector("[data-unfold-all]").hidden = !isFolded;
}

function onFold(event) {
  const link = event.target.closest("[data-fold], [data-fold-all], [data-unfold-all]");
  if (!link) return;
  event.preventDefault();
  if (!link.matches("[data-fold]")) return foldAll(link.matches("[data-fold-all]"));
  const row = link.closest("tbody");
  if (!("isOpen" in row.dataset)) fold(row, !folded.has(row.dataset.action));
}

/* Somebody who goes to an action wants to read it. */
function onJump(event) {
  const item = event.target.closest("[data-jump] a");
  if (!item) return;
  const row = document.getElementById(item.hash.slice(1));
  item.closest("details").open = false;
  if (row && folded.has(row.dataset.action)) fold(row, false);
}

/* What came in */

function showScripted(root) {
  root.querySelectorAll("[data-with-script], [data-grip]").forEach((element) => (element.hidden = false));
}

function arrived({ detail: { elt } }) {
  if (!table.contains(elt)) return;
  showScripted(elt);
  if (elt.matches("[data-gone]")) renumber();
  if (elt.matches("[data-gone]")) elt.focus();
  if (!elt.matches("[data-action]")) return;
  renumber();
  if ("isOpen" in elt.dataset) return focusBox(elt);
  fold(elt, folded.has(elt.dataset.action));
  if (left === elt.dataset.action || !document.activeElement || document.activeElement === document.body) {
    elt.querySelector("[data-open]").focus();
  }
  left = null;
}

function onSaved({ target, detail }) {
  const row = target.closest("tbody");
  if (target !== row.querySelector("form[data-autosave]")) return;
  const words = detail.value.replace(/\s+/g, " ").trim();
  const first = words.length > MOST_FIRST_WORDS ? `${words.slice(0, MOST_FIRST_WORDS - 1)}…` : words;
  for (const place of [row, jumpTo(row)]) {
    const found = place?.querySelector("[data-first-words]");
    if (found) found.textContent = first;
  }
}

function wireOrder() {
  Sortable.create(table, {
    draggable: "tbody[data-action]",
    handle: "[data-grip]",
    animation: 120,
    ghostClass: "plan-row--moving",
    onEnd: ({ oldDraggableIndex: from, newDraggableIndex: to }) => from !== to && moved(from, to),
  });
}

function wire() {
  wireOrder();
  rows().filter((row) => !("isOpen" in row.dataset)).forEach((row) => fold(row, row.matches(".plan-row--folded:not(:target)")));
  table.addEventListener("submit", move);
  table.addEventListener("click", openFromText);
  table.addEventListener("click", close);
  table.addEventListener("autosave:saved", onSaved);
  document.addEventListener("click", onFold);
  document.addEventListener("presence:revisions", catchUp);
  document.addEventListener("htmx:load", arrived);
  jumps?.addEventListener("click", onJump);
}

if (table) wire();
showScripted(document);
if (window.location.hash) {
  const target = document.getElementById(window.location.hash.slice(1));
  if (target?.matches("[data-gone]")) target.focus();
}
