/* A row of tabs that is wider than the window begins where one is. */
function show(tab) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
}

export function showCurrentTab(root) {
  root.querySelectorAll(".tabs > [aria-current]").forEach(show);
}
