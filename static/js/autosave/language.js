/* The language that the words of a box seem to be in: offered by a button, until somebody has chosen. */
import { panel, say } from "./texts.js";

export class Language {
  constructor(form, output) {
    this.form = form;
    this.output = output;
    this.isChosen = false;
  }

  offer(guess) {
    const field = this.form.elements.namedItem("language");
    const code = guess && !this.isChosen && field?.value !== guess.code ? guess.code : null;
    if (code === (this.offered ?? null)) return;
    this.withdraw();
    if (!code) return;
    this.offered = code;
    this.button = panel("language", { words: say("language", { name: guess.name }) }, { take: () => this.take(guess) });
    this.output?.after(this.button);
  }

  take({ code, name }) {
    const field = this.form.elements.namedItem("language") ?? this.addField();
    if (field.options && ![...field.options].some((option) => option.value === code)) field.add(new Option(name, code));
    field.value = code;
    const text = this.form.elements.namedItem("value");
    text.lang = code;
    text.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* A box whose language is chosen elsewhere says it with its text. */
  addField() {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "language" });
    this.form.append(field);
    return field;
  }

  chosen() {
    this.isChosen = true;
    this.withdraw();
  }

  withdraw() {
    this.button?.remove();
    this.button = this.offered = null;
  }
}
