/* What an address points at is in sight, also where it lies folded. */
function unfold() {
  const target = document.getElementById(window.location.hash.slice(1));
  const folded = target?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}

export function wireUnfolding() {
  window.addEventListener("hashchange", unfold);
  unfold();
}
