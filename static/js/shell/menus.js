/*
 * Menus are <details data-menu>, open and shut by the browser itself. Added here: one open at a time, Escape and a
 * click elsewhere close, arrow keys walk, and the main menu folds away on narrow screens behind [data-menu-toggle].
 */
const OPEN = "details[data-menu][open]";

function closeAll(except) {
  document.querySelectorAll(OPEN).forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

function step(menu, direction) {
  const items = [...menu.querySelectorAll("a[href], button:not([disabled]), input")].filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement);
  items[(at + direction + items.length) % items.length]?.focus();
}

function onKey(event) {
  const menu = event.target.closest?.(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.target.type !== "radio" && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(menu, event.key === "ArrowDown" ? 1 : -1);
  }
}

function wireToggle(button) {
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
  });
}

export function wireMenus() {
  document.addEventListener("toggle", (event) => event.target.matches?.(OPEN) && closeAll(event.target), true);
  document.addEventListener("click", (event) => closeAll(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", onKey);
  document.querySelectorAll("[data-menu-toggle]").forEach(wireToggle);
}
