/* A table of the clipboard → cells between tabs, each in quotation marks, its lines and lists kept. */
import { toMarkup } from "./markup.js";
import { tidy } from "./word.js";

/* The first table of the HTML; "" where there is none, and the plain text is taken. */
export function toTable(html) {
  const table = new DOMParser().parseFromString(tidy(html), "text/html").querySelector("table");
  if (!table) return "";
  const open = [];
  return [...table.rows].map((row) => line(row, open)).join("\n");
}

/* A cell merged over columns is followed by empty ones, one merged over rows stands in the first alone: `open` says
   for how many rows more each column is taken. */
function line(row, open) {
  const cells = [];
  const skip = () => {
    while (open[cells.length] > 0) {
      open[cells.length] -= 1;
      cells.push("");
    }
  };
  for (const cell of row.cells) {
    skip();
    const words = toMarkup(cell.innerHTML).replaceAll('"', '""');
    for (let place = 0; place < Math.min(cell.colSpan, 40); place += 1) {
      open[cells.length] = cell.rowSpan - 1;
      cells.push(place ? "" : `"${words}"`);
    }
  }
  skip();
  return cells.join("\t");
}
