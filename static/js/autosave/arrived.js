/* Whether a copy kept in the browser reached the server all the same, as what is sent while a page closes mostly does. */
import { post } from "./session.js";

/* What was typed so short a time ago may still be on its way. */
const JUST_NOW = 10_000;
const PAUSE = 2000;

export async function hasArrived(address, copy) {
  const fields = [...copy.fields, ["base", String(copy.revision)], ["arrived", "1"]];
  if (copy.start !== null) fields.push(["base_value", copy.start]);
  const ask = async () => (await post(address, fields).catch(() => ({ body: {} }))).body.arrived === true;
  if (await ask()) return true;
  if (Date.now() - copy.at > JUST_NOW) return false;
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  return ask();
}
