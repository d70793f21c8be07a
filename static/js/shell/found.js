/* `data-found`: a list searched as one types needs no button to search, and Enter does not send the form. */
function wire(found) {
  found.querySelector("button[name=choose-among]")?.remove();
  found.querySelector("input[type=search]").addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

export function wireFound(root) {
  root.querySelectorAll("[data-found]").forEach(wire);
}
