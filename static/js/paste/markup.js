/* HTML of the clipboard → light markup. Reads, never runs: the document made here has no window. */
import { listMark, tidy } from "./word.js";

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TFOOT THEAD TR UL".split(" "),
);
const SKIPPED = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "META", "TEMPLATE", "NOSCRIPT", "IMG", "SVG", "OBJECT"]);
const PLAIN = { bold: false, italic: false, href: "" };

export function toMarkup(html) {
  return written(html, renderedRun).text();
}

/** One line per paragraph or list item, without any mark. */
export function toLines(html) {
  return written(html, (run) => run.text).lines();
}

function written(html, render) {
  const body = new DOMParser().parseFromString(tidy(html), "text/html").body;
  const writer = new Writer(render);
  walk(body, writer, PLAIN, []);
  writer.endBlock();
  return writer;
}

/* `lists` are the lists around the node, outermost first: { ordered, number, indent }. */
function walk(node, writer, manner, lists) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) writer.write(child.data, manner);
    else if (child.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(child.tagName)) element(child, writer, manner, lists);
  }
}

function element(node, writer, manner, lists) {
  const own = mannerOf(node, manner);
  if (node.tagName === "BR") return writer.breakLine();
  if (node.tagName === "UL" || node.tagName === "OL") return list(node, writer, own, lists);
  if (node.tagName === "LI") return item(node, writer, own, lists);
  if (node.tagName === "TR") return row(node, writer, own);
  const mark = listMark(node);
  if (mark) return wordItem(node, mark, writer, own);
  if (!BLOCKS.has(node.tagName)) return walk(node, writer, own, lists);
  writer.endBlock();
  walk(node, writer, own, lists);
  return writer.endBlock();
}

function list(node, writer, manner, lists) {
  const outer = lists.at(-1);
  const inner = {
    ordered: node.tagName === "OL",
    number: Number(node.getAttribute("start") ?? 1) || 1,
    indent: outer ? outer.indent + " ".repeat(outer.width ?? 2) : "",
  };
  writer.endBlock();
  walk(node, writer, manner, [...lists, inner]);
  writer.endBlock();
}

function item(node, writer, manner, lists) {
  const around = lists.at(-1) ?? { ordered: false, number: 1, indent: "" };
  const mark = around.ordered ? `${around.number++}. ` : "- ";
  around.width = mark.length;
  const outer = writer.beginItem(around.indent, mark);
  walk(node, writer, manner, lists.length ? lists : [around]);
  writer.endItem(outer);
}

/* Word writes lists as paragraphs that carry their level in a style; its numbering is counted anew here. */
function wordItem(node, mark, writer, manner) {
  writer.beginWordItem(mark);
  walk(node, writer, manner, []);
  writer.endBlock();
}

/* A row of a table becomes a line, its cells between strokes. */
function row(node, writer, manner) {
  writer.endBlock();
  [...node.cells].forEach((cell, place) => {
    if (place) writer.write(" | ", PLAIN);
    writer.inline(() => walk(cell, writer, manner, []));
  });
  writer.endBlock();
}

function mannerOf(node, manner) {
  const style = node.dataset.style ?? "";
  const weight = /(?:^|;)\s*font-weight:\s*(\w+)/i.exec(style)?.[1] ?? "";
  const slant = /(?:^|;)\s*font-style:\s*(\w+)/i.exec(style)?.[1] ?? "";
  const bold = ["B", "STRONG", "H1", "H2", "H3", "H4", "H5", "H6", "TH"].includes(node.tagName) || manner.bold;
  const italic = ["I", "EM", "CITE"].includes(node.tagName) || manner.italic;
  return {
    bold: weight ? weight === "bold" || Number(weight) >= 600 : bold,
    italic: slant ? slant === "italic" || slant === "oblique" : italic,
    href: node.tagName === "A" ? webAddress(node.getAttribute("href")) : manner.href,
  };
}

function webAddress(href) {
  return /^(https?:\/\/|mailto:)[^\s()<>]+$/i.test(href ?? "") ? href : "";
}

/* Collects blocks; each is { lead, runs } and stands after a blank line, but for items of one list. */
class Writer {
  constructor(render) {
    this.render = render;
    this.blocks = [];
    this.counters = [];
    this.hanging = "";
    this.begin("", "");
  }

  begin(lead, kind) {
    this.block = { lead, kind, runs: [] };
  }

  beginItem(indent, mark) {
    this.endBlock();
    const outer = this.hanging;
    this.hanging = indent + " ".repeat(mark.length);
    this.begin(indent + mark, "item");
    return outer;
  }

  endItem(outer) {
    this.hanging = outer;
    this.endBlock();
    this.begin(outer, "");
  }

  beginWordItem({ list, level, ordered }) {
    this.endBlock();
    if (level === 1 && list !== this.wordList) this.counters.length = 0;
    if (level === 1) this.wordList = list;
    this.counters.length = Math.min(this.counters.length, level);
    while (this.counters.length < level) this.counters.push({ number: 0, width: 2 });
    const own = this.counters[level - 1];
    own.number = ordered ? own.number + 1 : 0;
    const mark = ordered ? `${own.number}. ` : "- ";
    own.width = mark.length;
    this.begin(" ".repeat(this.counters.slice(0, -1).reduce((sum, outer) => sum + outer.width, 0)) + mark, `word ${this.wordList}`);
  }

  endBlock() {
    if (this.flat) return this.write(" ", PLAIN);
    const text = rendered(this.block.runs, this.render);
    if (text) this.blocks.push({ ...this.block, text });
    // An item whose text comes in a paragraph of its own (LibreOffice) keeps its mark for that.
    if (text || this.block.kind !== "item") {
      if (text && !this.block.kind.startsWith("word")) this.counters.length = 0;
      // Further paragraphs of an item stand below its words.
      this.begin(this.hanging, "");
    }
  }

  inline(action) {
    this.flat = true;
    action();
    this.flat = false;
  }

  breakLine() {
    this.block.runs.push({ text: "\n", ...PLAIN });
  }

  write(text, manner) {
    this.block.runs.push({ text: text.replace(/[\s\u00a0]+/g, " "), ...manner });
  }

  lines() {
    return this.blocks.map((block) => block.text.replace(/\n/g, " ")).join("\n");
  }

  text() {
    let result = "";
    this.blocks.forEach((block, place) => {
      const before = this.blocks[place - 1];
      if (before) result += before.kind && before.kind === block.kind ? "\n" : "\n\n";
      const hanging = " ".repeat(block.lead.length);
      result += block.lead + block.text.replace(/\n/g, `\n${hanging}`);
    });
    return result;
  }
}

function rendered(runs, render) {
  const joined = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const alike = last && last.bold === run.bold && last.italic === run.italic && last.href === run.href;
    if (alike) last.text += run.text;
    else joined.push({ ...run });
  }
  return joined
    .map(render)
    .join("")
    .replace(/ *\n */g, "\n")
    .replace(/ {2,}/g, " ")
    .trim();
}

/* Marks stand close to the words, blanks outside: "** bold**" would not be bold. */
function renderedRun({ text, bold, italic, href }) {
  const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  if (!words || (!bold && !italic && !href)) return escaped(text);
  let marked = escaped(words);
  if (italic) marked = `*${marked}*`;
  if (bold) marked = `**${marked}**`;
  if (href && href !== words) marked = `[${marked}](${href})`;
  return before + (href === words ? words : marked) + after;
}

/* Only what would turn into marks. */
function escaped(text) {
  return text.replace(/\*(?=\S)|(?<=\S)\*/g, "\\*").replace(/(?<![\w\\])_(?=\w)|(?<=\w)_(?!\w)/g, "\\_");
}
