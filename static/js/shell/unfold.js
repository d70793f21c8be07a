/* What an address points at, and a field that the browser finds wrong, is in sight, also where it lies folded. */
function unfold() {
  const target = document.getElementById(window.location.hash.slice(1));
  const folded = target?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}

export function wireUnfolding() {
  const unfoldWrong = (event) => event.target.closest("details:not([open])")?.setAttribute("open", "");
  document.addEventListener("invalid", unfoldWrong, true);
  window.addEventListener("hashchange", unfold);
  unfold();
}
