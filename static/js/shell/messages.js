/*
 * Messages of the last step get a button to close them. `announce(text, level)` shows one without a new page; the
 * server does the same with the header `HX-Trigger: {"message": {"text": …, "level": …}}`.
 */
function closable(message) {
  const button = message.querySelector("[data-close]");
  if (!button || !button.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => message.remove());
}

export function announce(text, level = "info") {
  const place = document.getElementById("toasts");
  const toast = document.createElement("p");
  toast.className = `message message--${level}`;
  toast.textContent = text;
  place.append(toast);
  window.setTimeout(() => toast.remove(), 8000);
}

export function wireMessages(root) {
  root.querySelectorAll("[data-message]").forEach(closable);
}

document.addEventListener("message", (event) => announce(event.detail.text, event.detail.level));
