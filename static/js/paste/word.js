/* What is peculiar to Word's HTML. */

/* Word's symbols for bullets, as they come in fonts like Symbol and Wingdings, and "o" of Courier New. */
const BULLET = /^[\s\u00a0]*(?:[·•▪§Øüo‣◦–\-\uf000-\uf0ff])[\s\u00a0]+/;
const NUMBER = /^[\s\u00a0]*(?:\d{1,3}|[a-z]{1,4})[.)][\s\u00a0]+/i;

/**
 * Takes away what must not reach the parser: a Content-Security-Policy complains about styles even of documents that
 * are only read. Style attributes stay readable under another name.
 */
export function tidy(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<!--\[if !supportLists\]-->|<!\[if !supportLists\]>|<!--\[endif\]-->|<!\[endif\]>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/(<[^>]*?\s)style\s*=/gi, "$1data-style=");
}

/** { ordered, level } for a paragraph that Word means as a list item, whose own mark is taken out; else null. */
export function listMark(node) {
  const level = levelOf(node);
  if (!level) return null;
  const own = [...node.querySelectorAll("[data-style]")].find((part) => /mso-list:\s*ignore/i.test(part.dataset.style));
  const mark = own?.textContent ?? "";
  own?.remove();
  if (mark) return { level, ordered: /^[\s\u00a0]*\w{1,4}[.)]/.test(mark) };
  return withoutMark(node, level);
}

export function levelOf(node) {
  const level = /mso-list:[^;"]*?level(\d)/i.exec(node.dataset.style ?? "")?.[1];
  if (level) return Number(level);
  return node.tagName === "P" && /\bMsoListParagraph/.test(node.className) ? 1 : 0;
}

/* Word for the web and some mailers leave the mark as ordinary characters. */
function withoutMark(node, level) {
  const first = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
  const ordered = NUMBER.test(first?.data ?? "");
  if (!first || !(ordered || BULLET.test(first.data))) return null;
  first.data = first.data.replace(ordered ? NUMBER : BULLET, "");
  return { level, ordered };
}
