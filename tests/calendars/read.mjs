/* Reads a calendar from standard input with ical.js and tells its entries as JSON: the second opinion beside Python's. */
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const told = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
const entries = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  return {
    uid: event.uid,
    title: event.summary,
    text: event.description,
    place: event.location,
    url: part.getFirstPropertyValue("url"),
    start: told(event.startDate),
    end: told(event.endDate),
    whole_days: event.startDate.isDate,
    revision: event.sequence,
    status: part.getFirstPropertyValue("status"),
  };
});
process.stdout.write(JSON.stringify(entries));
