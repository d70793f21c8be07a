/*
 * <textarea data-paste="markup">, or "list" (one entry per line, no marks), or "table" (cells between tabs): what comes from Word, LibreOffice, Google Docs or a web page keeps its paragraphs,
 * lists, links, bold and italic, as the light markup of programmes/common/markup.py.
 */
import { toLines, toMarkup } from "./paste/markup.js";
import { toTable } from "./paste/table.js";

/* Above this many characters of HTML the plain text is taken. */
const LONGEST = 4_000_000;
const CONVERTERS = { markup: toMarkup, list: toLines, table: toTable };

document.addEventListener("paste", (event) => {
  const box = event.target;
  const convert = box instanceof HTMLTextAreaElement ? CONVERTERS[box.dataset.paste] : null;
  if (!convert) return;
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!html || html.length > LONGEST) return;
  const text = convert(html);
  if (!text.trim()) return;
  event.preventDefault();
  insert(box, fitted(box, text, convert === toMarkup ? "\n\n" : "\n"));
});

/* Several blocks begin and end on a line of their own; a few words go in where the caret is. */
function fitted(box, text, gap) {
  const isBlock = text.includes("\n") || /^(- |\d+\. )/.test(text);
  if (!isBlock) return text;
  const before = box.value.slice(0, box.selectionStart);
  const after = box.value.slice(box.selectionEnd);
  const lead = before && gap.slice(Math.min(/\n*$/.exec(before)[0].length, gap.length));
  const trail = after && gap.slice(Math.min(/^\n*/.exec(after)[0].length, gap.length));
  return lead + text + trail;
}

/* The old command, because it alone leaves Ctrl+Z working. */
function insert(box, text) {
  box.focus();
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
