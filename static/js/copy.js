/*
 * `<div data-copy><input readonly><button hidden data-copied="Copied">` gets a working button; without JavaScript the
 * link stands in the input to be copied by hand. A button of its own says what it copies: `data-text`, and beside or
 * instead of an input `data-path`, an address on this site.
 */
function wire(button, input) {
  if (!navigator.clipboard) return;
  const label = button.innerHTML;
  const { text, path, copied } = button.dataset;
  const address = input ? input.value : path && new URL(path, window.location.href).href;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText([text, address].filter(Boolean).join("\n"));
    button.textContent = copied;
    window.setTimeout(() => (button.innerHTML = label), 3000);
  });
}

for (const box of document.querySelectorAll("[data-copy]")) {
  const input = box.querySelector("input");
  input.addEventListener("focus", () => input.select());
  wire(box.querySelector("button"), input);
}
document.querySelectorAll("button[data-text]").forEach((button) => button.closest("[data-copy]") ?? wire(button));
