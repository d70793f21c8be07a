/*
 * <textarea data-paste="markup">: what comes from Word, LibreOffice, Google Docs or a web page keeps its paragraphs,
 * lists, links, bold and italic, as the light markup of programmes/common/markup.py.
 */
import { toMarkup } from "./paste/markup.js";

/* Above this many characters of HTML the plain text is taken. */
const LONGEST = 4_000_000;

document.addEventListener("paste", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLTextAreaElement) || box.dataset.paste !== "markup") return;
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (!html || html.length > LONGEST) return;
  const text = toMarkup(html);
  if (!text.trim()) return;
  event.preventDefault();
  insert(box, fitted(box, text));
});

/* Several blocks begin on a line of their own; a few words go in where the caret is. */
function fitted(box, text) {
  const isBlock = text.includes("\n") || /^(- |\d+\. )/.test(text);
  if (!isBlock) return text;
  const before = box.value.slice(0, box.selectionStart);
  const after = box.value.slice(box.selectionEnd);
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const trail = after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return lead + text + trail;
}

/* The old command, because it alone leaves Ctrl+Z working. */
function insert(box, text) {
  box.focus();
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
