/*
 * `<div data-copy><input readonly><button hidden data-copied="Copied">` gets a working button; without JavaScript the
 * link stands in the input to be copied by hand.
 */
function wire(box) {
  const input = box.querySelector("input");
  const button = box.querySelector("button");
  const label = button.textContent;
  input.addEventListener("focus", () => input.select());
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(input.value);
    button.textContent = button.dataset.copied;
    window.setTimeout(() => (button.textContent = label), 3000);
  });
}

document.querySelectorAll("[data-copy]").forEach(wire);
