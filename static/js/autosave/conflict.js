/* Both texts beneath the box, and what can be done with them. */
import { panel, say } from "./texts.js";

/** Shows the panel; `choose` gets "theirs", "mine" or "both". Returns a function that takes the panel away. */
export function showConflict(form, reply, choose) {
  const words = reply.theirs_by ? say("conflictBy", { name: reply.theirs_by }) : say("conflictUnnamed");
  const act = (choice) => () => {
    element.remove();
    choose(choice);
  };
  const element = panel(
    "conflict",
    { words, base: reply.base ?? "" },
    { theirs: act("theirs"), mine: act("mine"), both: act("both") },
  );
  // The server escaped both and marked what changed.
  element.querySelector('[data-slot="theirs"]').innerHTML = reply.theirs_diff;
  element.querySelector('[data-slot="mine"]').innerHTML = reply.mine_diff;
  element.querySelector('[data-slot="started"]').hidden = reply.base === null;
  element.querySelector('[data-act="both"]').hidden = reply.both === null;
  // The caret stays where somebody types; the state of the box, which is read out, says that there are two texts.
  form.after(element);
  return () => element.remove();
}
