/*
 * What the buttons and keys of a box do to its text: marks around words, lists of lines, links; a second time they take
 * it away again. Each is one step for Ctrl+Z.
 */
const WRAPS = { bold: "**", italic: "*" };
const LISTS = { list: () => "- ", numbered: (place) => `${place + 1}. ` };
const ITEM = /^(- |\d+\. )/;

const KEYS = { KeyB: "bold", KeyI: "italic", KeyK: "link" };
const KEYS_WITH_SHIFT = { Digit7: "numbered", Digit8: "list" };

/** What a key means, or undefined. */
export function meantBy({ ctrlKey, metaKey, altKey, shiftKey, code }) {
  if (altKey || ctrlKey === metaKey) return undefined;
  return (shiftKey ? KEYS_WITH_SHIFT : KEYS)[code];
}

/** Does "bold", "italic", "link", "list" or "numbered" to what is chosen in the text area, or to the word at the caret. */
export function apply(area, act) {
  area.focus();
  if (act in LISTS) return list(area, act);
  toWord(area);
  return act === "link" ? link(area) : wrap(area, WRAPS[act]);
}

function toWord(area) {
  let { selectionStart: start, selectionEnd: end, value } = area;
  if (start === end) {
    while (start && /[\p{L}\p{N}]/u.test(value[start - 1])) start -= 1;
    while (end < value.length && /[\p{L}\p{N}]/u.test(value[end])) end += 1;
  }
  // Marks beside blanks would stay characters.
  while (start < end && /\s/.test(value[start])) start += 1;
  while (end > start && /\s/.test(value[end - 1])) end -= 1;
  area.setSelectionRange(start, end);
}

function wrap(area, mark) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const before = /\**$/.exec(value.slice(0, start))[0].length;
  const after = /^\**/.exec(value.slice(end))[0].length;
  const around = Math.min(before, after, 3);
  const has = mark.length === 2 ? around >= 2 : around % 2 === 1;
  if (has) replace(area, start - mark.length, end + mark.length, value.slice(start, end), 0);
  else replace(area, start, end, mark + value.slice(start, end) + mark, mark.length);
}

function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const isAddress = /^https?:\S+$/.test(words);
  replace(area, start, end, isAddress ? `[](${words})` : `[${words}](https://)`, 0);
  const caret = isAddress || !words ? start + 1 : start + words.length + "[](https://".length;
  area.setSelectionRange(caret, caret);
}

/* Whole lines; a list is set off by empty lines, where it is none yet. */
function list(area, act) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", area.selectionEnd);
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const marks = lines.map((line, place) => LISTS[act](place));
  const isOne = lines.every((line, place) => line.startsWith(marks[place]));
  const changed = lines.map((line, place) => (isOne ? "" : marks[place]) + line.replace(ITEM, "")).join("\n");
  const before = value.slice(0, start);
  const lead = isOne || !before || before.endsWith("\n\n") || ITEM.test(before.trimEnd().split("\n").at(-1)) ? "" : "\n";
  replace(area, start, end, lead + changed, 0);
  const caret = start + lead.length + changed.length;
  area.setSelectionRange(lines.length > 1 ? start + lead.length : caret, caret);
}

/* The old command, because it alone leaves Ctrl+Z working. What is chosen afterwards lies `inside` by so many letters. */
function replace(area, start, end, text, inside) {
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + inside, start + text.length - inside);
}
