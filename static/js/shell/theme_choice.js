/* The choice of colours in the account menu; theme.js in the head applies it. Hidden where there is no JavaScript. */
function wire(group) {
  group.hidden = false;
  group.querySelectorAll("input").forEach((input) => {
    input.checked = input.value === window.theme.choice();
    input.addEventListener("change", () => window.theme.choose(input.value));
  });
}

export function wireTheme(root) {
  root.querySelectorAll("[data-theme-choice][hidden]").forEach(wire);
}
