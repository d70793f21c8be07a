/* The boxes of this page, for whoever has something to do with all of them. */
const boxes = new Map();

/** Makes a box of a form, once. */
export function add(form, make) {
  if (!boxes.has(form)) boxes.set(form, make(form));
}

/** Those whose forms are still on the page. */
export function present() {
  for (const form of boxes.keys()) if (!form.isConnected) boxes.delete(form);
  return [...boxes.values()];
}
