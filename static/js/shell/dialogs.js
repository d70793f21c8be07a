/*
 * `<button data-open-dialog="id">` opens the <dialog id="id">; `<button data-close-dialog>` inside closes it.
 * Without JavaScript the same button is a link to a page that says the same, see components/confirm.html.
 */
function wireOpener(opener) {
  const dialog = document.getElementById(opener.dataset.openDialog);
  if (!dialog?.showModal) return;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
}

function wireCloser(closer) {
  closer.addEventListener("click", () => closer.closest("dialog")?.close());
}

export function wireDialogs(root) {
  root.querySelectorAll("[data-open-dialog]").forEach(wireOpener);
  root.querySelectorAll("[data-close-dialog]").forEach(wireCloser);
}
