/* Light markup as programmes/common/markup.py reads it: paragraphs and lists. A test holds that both read it alike. */
import { runsOf } from "./inline.js";

const MARKER = /^( *)([-*+]|(\d{1,9})[.)])( +|$)/;
/* More marks than anybody types; the text is shown as typed then. */
const MOST_MARKS = 3000;

/** Blocks of a text: { runs } or { ordered, start, items: [blocks] }; null for what is too much to look through. */
export function parse(text) {
  if ((text.match(/[*_[\\<]|^\s*[-+\d]/gm) ?? []).length > MOST_MARKS) return null;
  return blocksOf(text.replace(/\t/g, "    ").split("\n"));
}

function blocksOf(lines) {
  const blocks = [];
  let place = 0;
  while (place < lines.length) {
    if (!lines[place].trim()) place += 1;
    else if (MARKER.test(lines[place])) place = list(lines, place, blocks);
    else place = paragraph(lines, place, blocks);
  }
  return blocks;
}

function paragraph(lines, start, blocks) {
  let end = start + 1;
  while (end < lines.length && lines[end].trim() && !interrupts(lines[end])) end += 1;
  blocks.push({ runs: runsOf(lines.slice(start, end).join("\n").trim()) });
  return end;
}

/* A list may follow a paragraph at once, if it has words and begins with one. */
function interrupts(line) {
  const found = MARKER.exec(line);
  return found !== null && line.trim() !== found[2] && (found[3] === undefined || Number(found[3]) === 1);
}

function list(lines, start, blocks) {
  const first = MARKER.exec(lines[start]);
  const found = { ordered: first[3] !== undefined, start: Number(first[3] ?? 1), items: [] };
  let place = start;
  for (;;) {
    const marker = place < lines.length ? MARKER.exec(lines[place]) : null;
    if (!marker || marker[2].at(-1) !== first[2].at(-1)) break;
    const { inside, end } = item(lines, place, marker);
    found.items.push(blocksOf(inside));
    place = end;
    // After an item without words, two empty lines end the list.
    if (!inside.join("").trim() && lines[end] !== undefined && !lines.slice(end, end + 2).join("").trim() && end + 1 < lines.length) break;
    while (place < lines.length && !lines[place].trim()) place += 1;
  }
  blocks.push(found);
  return place;
}

/* The lines of one item without their indentation, and where the next thing begins. */
function item(lines, start, marker) {
  const gap = marker[4].length;
  const words = marker[0].length < lines[start].length;
  const indent = marker[1].length + marker[2].length + (words && gap <= 4 ? gap : 1);
  const inside = [lines[start].slice(indent)];
  let end = start + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    const blank = !line.trim();
    if (blank && end === start + 1 && !words) break;
    if (blank) inside.push("");
    else if (line.search(/\S/) >= indent) inside.push(line.slice(indent));
    else if (lines[end - 1].trim() && goesOn(inside, line)) inside.push(line.trimStart());
    else break;
  }
  return { inside, end };
}

/* A line that is not indented goes on with the paragraph before it. */
const goesOn = (inside, line) => !MARKER.test(line) && inside.at(-1).trim() !== "" && !/^( *)([-*+]|\d{1,9}[.)]) *$/.test(inside.at(-1));
