/*
 * One box: what the server has (revision, start) and what stands in the fields.
 *
 * typed → copy in the browser → after a pause sent → 200: the copy goes, others' paragraphs come in
 *                                                  → 409: both texts are shown, sending rests until one is chosen, or
 *                                                    both were put in and edited
 *                                                  → 401, 403: token renewed, else asked to sign in; sent again by itself
 *                                                  → 422, 413: said at the box; sent again when changed
 *                                                  → no network, 5xx: sent again, after longer and longer pauses
 * Sends of one box never overtake each other.
 */
import { hasArrived } from "./arrived.js";
import { replaceText } from "./caret.js";
import { showConflict } from "./conflict.js";
import * as copies from "./copies.js";
import { Language } from "./language.js";
import { askToSignIn, owner, post, renew } from "./session.js";
import { moment, panel, say } from "./texts.js";

const PAUSE = 800;
const LONGEST_PAUSE = 5000;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60_000;
/* Browsers send at most 64 kB for a page that is gone; letters may take several bytes each. */
const MOST_ON_LEAVING = 12_000;
const QUIET = new Set(["unsaved", "saving"]);
const NOT_OURS = new Set(["csrfmiddlewaretoken", "base", "base_value"]);

export class Box {
  constructor(form) {
    this.form = form;
    const { pathname, search } = new URL(form.getAttribute("action"), window.location.href);
    this.address = pathname + search;
    this.revision = Number(form.dataset.revision ?? form.elements.base?.value ?? 0);
    this.output = form.querySelector(".save-state");
    const value = form.elements.namedItem("value");
    this.text = value instanceof HTMLTextAreaElement ? value : null;
    this.language = new Language(form, this.output);
    this.retry = FIRST_RETRY;
    this.putAsideWhatTheBrowserRestored();
    this.start = this.text?.defaultValue ?? null;
    this.known = this.stateWith(this.text?.defaultValue);
    this.form.querySelectorAll("[data-without-script]").forEach((element) => (element.hidden = true));
    this.listen();
    this.offerCopies();
    if (this.isUnsaved) this.changed();
  }

  listen() {
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", (event) => {
      if (event.target.name === "language") this.language.chosen();
      this.flush();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.flush();
    });
  }

  state() {
    return stateOf(this.fields());
  }

  /* The state that the form would have with this text. */
  stateWith(text) {
    return stateOf(this.fields().map(([name, value]) => [name, name === "value" ? (text ?? value) : value]));
  }

  fields() {
    return [...new FormData(this.form)].filter(([name]) => !NOT_OURS.has(name)).map(([name, text]) => [name, String(text)]);
  }

  /* Unsaved, and sending it while the page goes away will not help. */
  get isAtRisk() {
    return this.isUnsaved && Boolean(this.failing || this.blocked || this.state().length > MOST_ON_LEAVING);
  }

  get isUnsaved() {
    return this.state() !== this.known;
  }

  get name() {
    return this.form.dataset.box ?? "";
  }

  /* Where it is to be found again. */
  get place() {
    const { pathname, search } = window.location;
    const anchor = this.text?.id || this.form.id;
    const title = this.form.querySelector("label, .figures__name, summary")?.textContent.trim() ?? "";
    return { url: `${pathname}${search}#${anchor}`, title, page: document.querySelector("h1")?.textContent.trim() ?? "" };
  }

  get hasFocus() {
    return this.form.contains(document.activeElement);
  }

  /* Nothing of what stands here is somebody's at this page. */
  get isUntouched() {
    return !this.hasFocus && !this.isUnsaved && !this.sending && !this.blocked && !this.failing;
  }

  /** What a colleague saved in a box that nobody touches here. */
  takeUp({ revision, fields, words, by, saved_at: time }) {
    this.takingUp = true;
    for (const [name, value] of Object.entries(fields)) {
      const field = this.form.elements.namedItem(name);
      if (field && field === this.text) replaceText(field, value);
      else if (field) field.value = value;
    }
    this.takingUp = false;
    this.moveTo(revision, this.text?.value ?? null);
    this.known = this.state();
    this.showSaved(words);
    // Nobody who writes elsewhere on the page is read to.
    this.show("saved", say("savedBy", { name: by, time }), false);
  }

  /** Says at the box who else types in it. */
  showTyping(words) {
    if (!words && !this.typing) return;
    if (!this.typing) {
      this.typing = document.createElement("span");
      this.typing.className = "box-typing";
      (this.output ?? this.form.lastElementChild).after(this.typing);
    }
    if (this.typing.textContent !== words) this.typing.textContent = words;
  }

  changed() {
    if (this.takingUp) return;
    if (!this.isUnsaved) return this.takenBack();
    this.blocked = this.blocked === "conflict" ? "conflict" : null;
    this.unsavedSince ??= Date.now();
    this.keepCopy();
    if (!this.blocked && !this.sending && !this.failing) this.show("unsaved");
    if (!this.failing) this.schedule(Date.now() - this.unsavedSince > LONGEST_PAUSE ? 0 : PAUSE);
  }

  /* What was typed was undone before it was sent: it says again what the server has. */
  takenBack() {
    if (this.output?.dataset.state !== "unsaved" || this.sending || this.blocked || this.failing) return;
    clearTimeout(this.timer);
    this.unsavedSince = null;
    this.settle();
    this.show("saved", "");
  }

  schedule(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  async keepCopy() {
    const { revision, start } = this;
    copies.keep(await owner(), this.address, { fields: this.fields(), revision, start, box: this.place });
  }

  /** Sends what is unsaved now, or as soon as the send under way has ended. */
  async flush(how = {}) {
    clearTimeout(this.timer);
    if (this.sending || this.blocked || !this.isUnsaved) return;
    this.sending = true;
    if (!this.failing) this.show("saving");
    const sent = { fields: this.fields(), state: this.state(), text: this.text?.value };
    try {
      await this.handle(await this.send(sent, how), sent);
    } catch {
      this.later();
    } finally {
      this.sending = false;
    }
    if (this.isUnsaved && !this.blocked && !this.failing) this.schedule(PAUSE);
  }

  async send(sent, how) {
    const fields = [...sent.fields, ["base", String(this.revision)]];
    if (this.start !== null) fields.push(["base_value", this.start]);
    const reply = await post(this.address, fields, how);
    if (reply.status !== 401 && reply.status !== 403) return reply;
    const who = await renew();
    if (who === "in") return post(this.address, fields, how);
    return { status: who === "other" ? "other" : 401, body: {} };
  }

  handle(reply, sent) {
    if (reply.status >= 500 || reply.status === 429) return this.later();
    this.failing = false;
    this.retry = FIRST_RETRY;
    if (reply.status !== 409) this.wantsBoth = false;
    if (reply.status === 200) return this.saved(reply.body, sent);
    if (reply.status === 409) return this.conflict(reply.body, sent);
    if (reply.status === 422) return this.block("error", this.complaints(reply.body.errors));
    if (reply.status === 401) {
      askToSignIn(this.form);
      return this.later(say("signedOut"));
    }
    if (reply.status === "other") return this.block("error", say("otherPerson"));
    return this.block("error", say(reply.status === 413 || reply.status === 400 ? "tooLarge" : "refused"));
  }

  saved(reply, sent) {
    const typedOn = this.state() !== sent.state;
    if (reply.merged && typedOn) {
      // The text with the other's changes is not in the box yet, so the next save still starts from what was sent.
      this.start = sent.text;
    } else {
      this.moveTo(reply.revision, this.text ? (reply.merged ? reply.value : sent.text) : null);
      if (reply.merged && this.text) replaceText(this.text, reply.value + tail(this.text.value));
    }
    this.known = typedOn ? sent.state : this.state();
    this.unsavedSince = typedOn ? Date.now() : null;
    this.complain("");
    this.settle();
    if (typedOn) this.show("unsaved");
    else this.show("saved", say(reply.merged ? "merged" : "saved", { time: reply.saved_at }));
    this.showSaved(reply.value);
    this.language.offer(reply.language_guess);
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: reply }));
  }

  showSaved(value) {
    this.form.querySelectorAll("[data-once-saved]").forEach(showLink);
    this.form.querySelectorAll("[data-words]").forEach((words) => (words.textContent = value || words.dataset.empty));
  }

  moveTo(revision, start) {
    this.revision = revision;
    this.start = start;
    this.form.dataset.revision = revision;
    if (this.form.elements.base) this.form.elements.base.value = revision;
  }

  /* What the server has need not be kept here. */
  async settle() {
    const person = await owner();
    if (this.isUnsaved) this.keepCopy();
    else copies.drop(person, this.address);
  }

  conflict(reply, sent) {
    this.block("conflict", say("conflict"));
    if (this.wantsBoth) return this.choose("both", reply, sent);
    showConflict(this.form, reply, sent.text, (choice) => {
      this.text?.focus();
      this.choose(choice, reply, sent);
    });
  }

  choose(choice, reply, sent) {
    this.blocked = null;
    this.wantsBoth = choice === "both" && this.state() !== sent.state;
    // Typed on meanwhile: sent once more, so that the new words stand in what is put together.
    if (this.wantsBoth) return this.flush();
    this.moveTo(reply.revision, this.text ? reply.theirs : null);
    if (!this.text) return this.chooseFields(choice);
    this.known = this.stateWith(reply.theirs);
    if (choice !== "mine") replaceText(this.text, reply[choice]);
    if (choice === "both") return this.holdBack();
    if (this.isUnsaved) return this.flush();
    this.settle();
    return this.show("saved", "");
  }

  /* Two paragraphs for one are not meant to stay: they are sent with the first change. */
  holdBack() {
    clearTimeout(this.timer);
    this.unsavedSince = null;
    this.block("both", say("both"));
  }

  /* Figures and choices: the page is loaded again to show the other's. */
  async chooseFields(choice) {
    if (choice === "mine") return this.flush();
    this.known = this.state();
    copies.drop(await owner(), this.address);
    return window.location.reload();
  }

  later(words = say("offline")) {
    this.failing = true;
    this.show("offline", words);
    this.schedule(this.retry * (0.75 + Math.random() / 2));
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
  }

  block(state, words) {
    this.blocked = state;
    this.show(state, words);
  }

  complaints(errors = {}) {
    const words = Object.values(errors).flat().join(" ");
    this.complain(words);
    return words;
  }

  complain(words) {
    const box = this.text ?? this.form.querySelector("input:not([type=hidden]), select, textarea");
    if (words) box?.setAttribute("aria-invalid", "true");
    else box?.removeAttribute("aria-invalid");
  }

  show(state, words = say(state), aloud = !QUIET.has(state)) {
    if (!this.output) return;
    this.output.dataset.state = state;
    // What is saved and what failed is read out; that somebody types and that it is being sent, they know.
    this.output.setAttribute("aria-live", aloud ? "polite" : "off");
    if (this.output.textContent !== words) this.output.textContent = words;
  }

  /* On reload and back, some browsers put the old typing into the newer page. It is no typing of now: it is offered. */
  putAsideWhatTheBrowserRestored() {
    const way = performance.getEntriesByType("navigation")[0]?.type;
    if (way !== "reload" && way !== "back_forward") return;
    this.restored = this.text && this.text.value !== this.text.defaultValue ? this.fields() : null;
    this.form.reset();
  }

  async offerCopies() {
    const person = await owner();
    const found = copies.left(person, this.address);
    if (this.restored && !found.length) found.push({ fields: this.restored, revision: 0, start: "", at: Date.now() });
    const drop = (copy) => copies.drop(person, this.address, copy.page);
    const unlike = found.filter((copy) => !this.isSame(copy));
    found.filter((copy) => this.isSame(copy)).forEach(drop);
    const came = await Promise.all(unlike.map((copy) => hasArrived(this.address, copy)));
    unlike.filter((copy, place) => came[place]).forEach(drop);
    const [newest, ...older] = unlike.filter((copy, place) => !came[place]);
    if (newest) this.offer(person, newest, older);
  }

  isSame(copy) {
    return stateOf(copy.fields) === this.known;
  }

  offer(person, copy, older) {
    const time = moment(copy.at);
    const text = copy.fields.map((field) => this.inWords(field)).filter(Boolean).join("\n");
    const done = (take) => () => {
      element.remove();
      copies.drop(person, this.address, copy.page);
      if (take) this.take(copy);
      if (older.length) this.offer(person, older[0], older.slice(1));
    };
    const element = panel("copy", { words: say("copy", { time }), text }, { take: done(true), drop: done(false) });
    this.form.before(element);
  }

  /* A choice by its words, such as the name of a language. */
  inWords([name, value]) {
    const options = [...(this.form.elements.namedItem(name)?.options ?? [])];
    return options.find((option) => option.value === value)?.text ?? value;
  }

  /* The copy is sent as what it was: a change of the text it grew from. The server merges, or both are shown. */
  take(copy) {
    this.revision = copy.revision;
    this.start = copy.start;
    for (const [name, value] of copy.fields) {
      const field = this.form.elements.namedItem(name);
      if (field && field === this.text) replaceText(field, value);
      else if (field) field.value = value;
    }
    this.changed();
    this.flush();
  }
}

/* Fields as they would be sent; equal for texts that differ only in blanks at their ends. */
const stateOf = (fields) => JSON.stringify(fields.map(([name, value]) => [name, value.trim()]));

function showLink(link) {
  link.href = link.dataset.onceSaved;
  link.hidden = false;
}

const tail = (text) => text.slice(text.trimEnd().length);
