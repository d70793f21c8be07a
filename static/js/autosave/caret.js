/* Puts another text into a textarea without moving the place somebody is writing at. */

export function replaceText(box, text) {
  const old = box.value;
  if (old === text) return;
  const [start, end] = [box.selectionStart, box.selectionEnd].map((place) => moved(old, text, place));
  const { scrollTop } = box;
  const focused = document.activeElement === box;
  box.value = text;
  // Setting the selection of a box without focus would scroll to it in some browsers.
  if (focused) box.setSelectionRange(start, Math.max(start, end));
  box.scrollTop = scrollTop;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Where a place of the old text is in the new one: the same spot of the same line, if that line is still there. */
export function moved(old, text, place) {
  const lineStart = old.lastIndexOf("\n", place - 1) + 1;
  const line = lineAt(old, lineStart);
  const turn = turnsBefore(old, line, lineStart);
  const found = startsOf(text, line);
  if (line.trim() && found.length) return found[Math.min(turn, found.length - 1)] + (place - lineStart);
  return acrossChange(old, text, place);
}

const lineAt = (text, start) => text.slice(start).split("\n", 1)[0];

const turnsBefore = (text, line, start) => startsOf(text, line).filter((other) => other < start).length;

function startsOf(text, line) {
  const starts = [];
  let start = 0;
  for (const other of text.split("\n")) {
    if (other === line) starts.push(start);
    start += other.length + 1;
  }
  return starts;
}

/* The line is gone: what lies before the first or after the last difference keeps its place. */
function acrossChange(old, text, place) {
  const shorter = Math.min(old.length, text.length);
  let before = 0;
  while (before < shorter && old[before] === text[before]) before += 1;
  if (place <= before) return place;
  let after = 0;
  while (after < shorter - before && old[old.length - 1 - after] === text[text.length - 1 - after]) after += 1;
  return place >= old.length - after ? text.length - (old.length - place) : Math.min(place, text.length - after);
}
