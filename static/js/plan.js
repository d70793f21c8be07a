/*
 * The table of an action plan: rows put in order by dragging or with the arrows, without a new page; dates in words
 * where they were typed; the timeline drawn again. Without this script the same forms lead to the same results.
 */
import Sortable from "../sortablejs/modular/sortable.core.esm.js";
import { post } from "./autosave/session.js";
import { announce } from "./shell/messages.js";

const table = document.getElementById("plan-table");
const said = document.getElementById("plan-said");

const rows = () => [...table.querySelectorAll("tbody[data-action]")];

/* Numbers and arrows follow the order of the rows. */
function renumber() {
  const all = rows();
  all.forEach((row, place) => {
    row.querySelector("[data-number]").textContent = place + 1;
    const [up, down] = row.querySelectorAll("[data-move] button");
    up.disabled = place === 0;
    down.disabled = place === all.length - 1;
  });
}

function say(from, to) {
  said.textContent = table.dataset.moved.replace("{from}", from).replace("{to}", to);
}

/* The whole order is sent, so that a request that got lost does no harm to the next one. */
async function keepOrder() {
  const order = rows().map((row) => ["order", row.dataset.action]);
  const reply = await post(table.dataset.orderUrl, order).catch(() => ({ status: 0 }));
  if (reply.status !== 200) announce(document.body.dataset.failed, "error");
  else drawTimeline();
}

function moved(from, to) {
  renumber();
  say(from + 1, to + 1);
  keepOrder();
}

function step(event) {
  event.preventDefault();
  const row = event.target.closest("tbody");
  const up = event.submitter.value === "-1";
  const from = rows().indexOf(row);
  const other = rows()[up ? from - 1 : from + 1];
  if (!other) return;
  if (up) other.before(row);
  else other.after(row);
  moved(from, up ? from - 1 : from + 1);
  const button = event.submitter.disabled ? row.querySelector("[data-move] button:enabled") : event.submitter;
  button?.focus();
}

function wireOrder() {
  table.querySelectorAll("[data-grip]").forEach((grip) => (grip.hidden = false));
  table.querySelectorAll("[data-move]").forEach((form) => form.addEventListener("submit", step));
  Sortable.create(table, {
    draggable: "tbody[data-action]",
    handle: "[data-grip]",
    animation: 120,
    ghostClass: "plan-row--moving",
    onEnd: ({ oldDraggableIndex: from, newDraggableIndex: to }) => from !== to && moved(from, to),
  });
}

function drawTimeline() {
  window.htmx?.trigger("#timeline", "redraw");
}

function onSaved(event) {
  if (event.target.matches("[data-dated]") || event.target.closest("td:nth-child(2)")) drawTimeline();
}

if (table) {
  wireOrder();
  table.addEventListener("autosave:saved", onSaved);
}
document.querySelectorAll("[data-with-script]").forEach((element) => (element.hidden = false));
/* Somebody who just removed a row finds the way back open. */
if (window.location.hash === "#removed") document.getElementById("removed")?.setAttribute("open", "");
