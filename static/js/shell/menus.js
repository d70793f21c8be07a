/*
 * Menus are <details data-menu>, open and shut by the browser itself; so is the form under a button at a page's head
 * (.ask). Added here: one open at a time; Escape, a click elsewhere and the focus elsewhere close; arrow keys walk. The
 * main menu folds away on narrow screens behind [data-menu-toggle], and closes likewise.
 */
const OPEN = ":is(details[data-menu], .page-head details.ask)[open]";
const TOGGLE = '[data-menu-toggle][aria-expanded="true"]';

/* Each open menu: its parts, what opens it, and how it is shut. */
function opened() {
  const menus = [...document.querySelectorAll(OPEN)].map((menu) => ({
    parts: [menu],
    opener: menu.querySelector("summary"),
    shut: () => (menu.open = false),
  }));
  const folds = [...document.querySelectorAll(TOGGLE)].map((button) => ({
    parts: [button, document.getElementById(button.getAttribute("aria-controls"))],
    opener: button,
    shut: () => button.setAttribute("aria-expanded", "false"),
  }));
  return [...menus, ...folds];
}

const holds = (menu, element) => menu.parts.some((part) => part.contains(element));

/* All but the one in which this element is. */
function closeOthers(element) {
  opened().forEach((menu) => holds(menu, element) || menu.shut());
}

function closeAll() {
  for (const menu of opened()) {
    const hadFocus = holds(menu, document.activeElement);
    menu.shut();
    if (hadFocus) menu.opener.focus();
  }
}

function step(menu, direction) {
  const items = [...menu.querySelectorAll("a[href], button:not([disabled]), input")].filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement);
  items[(at + direction + items.length) % items.length]?.focus();
}

function onKey(event) {
  if (event.key === "Escape") return closeAll();
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu || event.target.type === "radio" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  event.preventDefault();
  step(menu, event.key === "ArrowDown" ? 1 : -1);
}

function wireToggle(button) {
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
  });
}

export function wireMenus() {
  document.addEventListener("toggle", (event) => event.target.matches?.(OPEN) && closeOthers(event.target), true);
  document.addEventListener("click", (event) => closeOthers(event.target));
  // Without a place where it goes the focus has left the window, or a click took it: the line above says what then.
  document.addEventListener("focusout", (event) => event.relatedTarget && closeOthers(event.relatedTarget));
  document.addEventListener("keydown", onKey);
  document.querySelectorAll("[data-menu-toggle]").forEach(wireToggle);
}
