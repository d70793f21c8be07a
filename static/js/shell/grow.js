/* `<textarea data-grow>` grows with its text where the browser cannot do it by itself (CSS field-sizing). */
const NATIVE = window.CSS?.supports?.("field-sizing", "content");
const MOST = 60;

function wire(box) {
  const least = Math.max(box.rows, 2);
  const fit = () => {
    box.rows = least;
    while (box.scrollHeight > box.clientHeight && box.rows < MOST) box.rows += 1;
  };
  box.addEventListener("input", fit);
  // What was folded away has no height before it is opened.
  new ResizeObserver(fit).observe(box);
  fit();
}

export function growBoxes(root) {
  if (!NATIVE) root.querySelectorAll("textarea[data-grow]").forEach(wire);
}
