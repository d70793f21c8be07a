/* Blocks of light markup as elements. Text goes in as text, whatever it says. */

/** Elements for what `parse` found. A link is no <a>: the whole drawing lies over a box that takes the click. */
export function draw(blocks) {
  const drawing = document.createDocumentFragment();
  drawing.append(...blocks.map(blockOf));
  return drawing;
}

const element = (name, ...inside) => {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
};

function blockOf(block) {
  if (block.runs) return element("p", ...block.runs.flatMap(runOf));
  const list = element(block.ordered ? "ol" : "ul", ...block.items.map(itemOf));
  if (block.ordered && block.start !== 1) list.start = block.start;
  return list;
}

/* A lone paragraph stands in its item without <p>. */
function itemOf(blocks) {
  const [first, ...rest] = blocks;
  const alone = blocks.filter((block) => block.runs).length === 1;
  if (first?.runs && alone) return element("li", ...first.runs.flatMap(runOf), ...rest.map(blockOf));
  return element("li", ...blocks.map(blockOf));
}

function runOf({ text, bold, italic, href }) {
  let inside = text.split("\n").flatMap((line, place) => (place ? [element("br"), line] : [line]));
  if (italic) inside = [element("em", ...inside)];
  if (bold) inside = [element("strong", ...inside)];
  if (!href) return inside;
  const link = element("span", ...inside);
  link.className = "link";
  return [link];
}
