/*
 * Copies of unsaved fields in this browser, one per person, box and loaded page, from the first key pressed until the server
 * has confirmed. A copy: { fields: [[name, value]], revision, start (the text it grew from), at, box: { url, title, page } }.
 */
const PREFIX = "autosave";
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;
/* A copy of another tab that is younger may still be on its way. */
const SETTLED = 15_000;

/* Every page in which somebody types has its own copies, so that new typing never covers an older text that is still on offer. */
const page = Math.random().toString(36).slice(2);
const before = attempt(() => sessionStorage.getItem(PREFIX));

export function keep(person, address, copy) {
  attempt(() => sessionStorage.setItem(PREFIX, page));
  attempt(() => localStorage.setItem(name(person, address, page), JSON.stringify({ ...copy, at: Date.now() })));
}

export function drop(person, address, itsPage = page) {
  attempt(() => localStorage.removeItem(name(person, address, itsPage)));
}

/** Copies that did not reach the server, newest first, each with the `page` it was typed in. */
export function left(person, address) {
  return leftOf(person).filter((copy) => copy.address === address);
}

/** The same of all boxes, each with its `address`. */
export function leftOf(person) {
  return all(`${PREFIX}|${person}|`)
    .map(([key, copy]) => ({ ...copy, ...partsOf(key) }))
    .filter((copy) => copy.page === before || Date.now() - copy.at > SETTLED)
    .sort((one, other) => other.at - one.at);
}

/** Whether there is anything at all. */
export const areThere = () => all(`${PREFIX}|`).length > 0;

export function forgetOld() {
  for (const [key, copy] of all(`${PREFIX}|`)) {
    if (Date.now() - copy.at > KEPT_FOR) attempt(() => localStorage.removeItem(key));
  }
}

const name = (person, address, itsPage) => [PREFIX, person, address, itsPage].join("|");

function partsOf(key) {
  const [, , address, itsPage] = key.split("|");
  return { address, page: itsPage };
}

function all(beginning) {
  const keys = attempt(() => Object.keys(localStorage)) ?? [];
  return keys
    .filter((key) => key.startsWith(beginning))
    .map((key) => [key, attempt(() => JSON.parse(localStorage.getItem(key)))])
    .filter(([, copy]) => copy?.fields);
}

/* Storage may be full, or switched off. */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
