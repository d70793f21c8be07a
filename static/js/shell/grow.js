/* `<textarea data-grow>` grows with its text where the browser cannot do it by itself (CSS field-sizing). */
const NATIVE = window.CSS?.supports?.("field-sizing", "content");

function wire(box) {
  box.rows = Math.max(box.rows, 2);
  const fit = () => {
    const lines = box.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 80), 0);
    box.rows = Math.min(Math.max(lines + 1, 2), 30);
  };
  box.addEventListener("input", fit);
  fit();
}

export function growBoxes(root) {
  if (!NATIVE) root.querySelectorAll("textarea[data-grow]").forEach(wire);
}
