/* Marks inside a paragraph of light markup, as programmes/common/markup.py reads them: bold, italic, links, escapes. */
const MARKED = /\\[\s\S]|<[^<>\s]*>|\[|\*+|_+/g;
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/u;
const SCHEME = /^(https?|mailto):/i;
const MAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const GOES_TO = /^\([ \n]*(?:<((?:\\.|[^<>\n\\])*)>|((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))(?:[ \n]+(?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'))?[ \n]*\)/;
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'»”])/;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** The stretches of a paragraph: { text, bold, italic, href }; a line feed is a line break. */
export function runsOf(text) {
  const pieces = piecesOf(text);
  pair(pieces);
  return [...stretches(pieces)].flatMap(withAddresses);
}

/* Text, links and runs of stars or underscores, in order. */
function piecesOf(text) {
  const pieces = [];
  let end = 0;
  const put = (piece, start, after) => {
    if (start > end) pieces.push({ text: text.slice(end, start) });
    pieces.push(piece);
    end = after;
  };
  let from = 0;
  for (let found = next(text, from); found; found = next(text, Math.max(end, from))) {
    const [mark] = found;
    const start = found.index;
    from = start + 1;
    if (mark[0] === "\\") {
      const plain = mark[1] === "\n" ? "\n" : mark.replace(ESCAPED, "$1");
      put({ text: plain }, start, start + mark.length);
    } else if (mark[0] === "<") {
      const href = mailOrWeb(mark.slice(1, -1));
      if (href) put({ text: mark.slice(1, -1), href }, start, start + mark.length);
    } else if (mark === "[") {
      const link = linkAt(text, start);
      if (link) put({ inside: link.label, href: link.href }, start, link.end);
    } else put(delimiter(text, start, mark), start, start + mark.length);
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function next(text, from) {
  MARKED.lastIndex = from;
  return MARKED.exec(text);
}

function mailOrWeb(address) {
  if (MAIL.test(address)) return `mailto:${address}`;
  return SCHEME.test(address) ? address : "";
}

/* [label](address), where the label has no link inside; without words it stays the characters it is. */
function linkAt(text, start) {
  const close = closingBracket(text, start + 1);
  if (close < 0) return null;
  const found = GOES_TO.exec(text.slice(close + 1));
  const href = (found?.[1] ?? found?.[2] ?? "").replace(ESCAPED, "$1");
  const label = text.slice(start + 1, close);
  if (!found || !SCHEME.test(href) || !label.trim()) return null;
  return { label, href, end: close + 1 + found[0].length };
}

function closingBracket(text, from) {
  let depth = 1;
  for (let place = from; place < text.length; place += 1) {
    const letter = text[place];
    if (letter === "\\") place += 1;
    else if (letter === "<") place += addressAt(text, place);
    else if (letter === "[") {
      if (linkAt(text, place)) return -1;
      depth += 1;
    } else if (letter === "]" && (depth -= 1) === 0) return place;
  }
  return -1;
}

/* How many letters of an address in angle brackets follow. */
function addressAt(text, place) {
  const found = /^<([^<>\s]*)>/.exec(text.slice(place));
  return found && mailOrWeb(found[1]) ? found[0].length - 1 : 0;
}

/* May it begin, may it end something? By what stands around it, as in CommonMark. */
function delimiter(text, start, mark) {
  const before = [...text.slice(Math.max(start - 2, 0), start)].at(-1) ?? " ";
  const after = String.fromCodePoint(text.codePointAt(start + mark.length) ?? 32);
  const [blankBefore, blankAfter] = [before, after].map((letter) => /\s/.test(letter));
  const [markBefore, markAfter] = [before, after].map((letter) => PUNCTUATION.test(letter));
  const left = !blankAfter && (!markAfter || blankBefore || markBefore);
  const right = !blankBefore && (!markBefore || blankAfter || markAfter);
  const star = mark[0] === "*";
  return {
    mark: mark[0],
    count: mark.length,
    length: mark.length,
    opens: left && (star || !right || markBefore),
    closes: right && (star || !left || markAfter),
    begins: [],
    ends: [],
  };
}

/* Says of each run of marks what it begins (`begins`, from its right) and ends (`ends`, from its left). */
function pair(pieces) {
  const open = [];
  for (const piece of pieces) {
    if (!piece.mark) continue;
    while (piece.closes && piece.count) {
      const place = open.findLastIndex((other) => fits(other, piece));
      if (place < 0) break;
      const other = open[place];
      open.length = place + 1;
      const width = Math.min(other.count, piece.count, 2);
      other.begins.unshift(width);
      piece.ends.push(width);
      other.count -= width;
      piece.count -= width;
      if (!other.count) open.pop();
    }
    if (piece.opens && piece.count) open.push(piece);
  }
}

function fits(opener, closer) {
  if (opener.mark !== closer.mark) return false;
  const both = opener.closes || closer.opens;
  return !both || (opener.length + closer.length) % 3 > 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

/* Pieces of one manner, as long as nothing begins or ends. */
function* stretches(pieces, manner = { bold: 0, italic: 0, href: "" }) {
  let text = "";
  const told = () => {
    const run = { text: tidied(text), bold: manner.bold > 0, italic: manner.italic > 0, href: manner.href };
    text = "";
    return run.text ? [run] : [];
  };
  const turn = (width, by) => (manner[width === 2 ? "bold" : "italic"] += by);
  for (const piece of pieces) {
    if (piece.mark) {
      for (const width of piece.ends) {
        yield* told();
        turn(width, -1);
      }
      text += piece.mark.repeat(piece.count);
      for (const width of piece.begins) {
        yield* told();
        turn(width, 1);
      }
    } else if (piece.href) {
      yield* told();
      const inside = piece.inside === undefined ? [piece] : piecesOf(piece.inside);
      if (piece.inside !== undefined) pair(inside);
      const plain = inside.map((part) => ({ ...part, href: "", inside: undefined }));
      yield* stretches(plain, { ...manner, href: piece.href });
    } else text += piece.text;
  }
  yield* told();
}

/* Blanks around a line break are no part of the text. */
const tidied = (text) => text.replace(/[ \t]*\n[ \t]*/g, "\n");

function withAddresses(run) {
  if (run.href) return [run];
  return run.text
    .split(ADDRESS)
    .map((text, place) => ({ ...run, text, href: place % 2 ? text : "" }))
    .filter(({ text }) => text);
}
