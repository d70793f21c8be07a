/* What is peculiar to Word's HTML. */

/* Word's symbols for bullets, as they come in fonts like Symbol and Wingdings, and "o" of Courier New. */
const BULLET = /^[\s\u00a0]*(?:[·•▪§Øüo‣◦–\-\uf000-\uf0ff])[\s\u00a0]+/;
const NUMBER = /^[\s\u00a0]*(?:\d{1,3}|[a-z]{1,4})[.)][\s\u00a0]+/i;

/**
 * Takes away what must not reach the parser: a Content-Security-Policy complains about styles and handlers even of
 * documents that are only read. Style attributes stay readable under another name.
 */
export function tidy(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<!--\[if !supportLists\]-->|<!\[if !supportLists\]>|<!--\[endif\]-->|<!\[endif\]>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)\s*=/gi, "$1data-$2="));
}

/** { list, level, ordered } for a paragraph that Word means as a list item, whose own mark is taken out; else null. */
export function listMark(node) {
  const place = placeOf(node);
  if (!place) return null;
  const own = [...node.querySelectorAll("[data-style]")].find((part) => /mso-list:\s*ignore/i.test(part.dataset.style));
  const mark = own?.textContent ?? "";
  own?.remove();
  if (mark) return { ...place, ordered: /^[\s\u00a0]*\w{1,4}[.)]/.test(mark) };
  return withoutMark(node, place);
}

function placeOf(node) {
  const [, list, level] = /mso-list:\s*(\w+)\s+level(\d)/i.exec(node.dataset.style ?? "") ?? [];
  if (level) return { list, level: Number(level) };
  return node.tagName === "P" && /\bMsoListParagraph/.test(node.className) ? { list: "", level: 1 } : null;
}

/* Word for the web and some mailers leave the mark as ordinary characters. */
function withoutMark(node, place) {
  const first = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
  const ordered = NUMBER.test(first?.data ?? "");
  if (!first || !(ordered || BULLET.test(first.data))) return null;
  first.data = first.data.replace(ordered ? NUMBER : BULLET, "");
  return { ...place, ordered };
}
