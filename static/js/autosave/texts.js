/* The words that the server translated, and copies of its templates. */

const words = document.getElementById("autosave-texts")?.dataset ?? {};

/** say("saved", { time: "14:02" }) */
export function say(name, values = {}) {
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** A copy of <template id="autosave-…">; `fill` puts text into data-slot, `acts` wires data-act. */
export function panel(name, fill = {}, acts = {}) {
  const element = document.getElementById(`autosave-${name}`).content.firstElementChild.cloneNode(true);
  for (const [slot, text] of Object.entries(fill)) element.querySelector(`[data-slot="${slot}"]`).textContent = text;
  for (const button of element.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => acts[button.dataset.act]());
  }
  return element;
}

/** A moment as readers of this language write it. */
export function moment(at) {
  const { lang } = document.documentElement;
  // English here is Europe's: the day before the month.
  return new Date(at).toLocaleString(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeStyle: "short" });
}
