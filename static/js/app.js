/*
 * The shell of every page: menus, messages, colours, dialogs, HTMX. Each part works on what it finds and is quiet
 * where there is nothing; pages that HTMX brings in are wired as they arrive.
 */
import { wireMenus } from "./shell/menus.js";
import { wireMessages } from "./shell/messages.js";
import { wireTheme } from "./shell/theme_choice.js";
import { wireDialogs } from "./shell/dialogs.js";
import { wireHtmx } from "./shell/htmx.js";
import { growBoxes } from "./shell/grow.js";
import { wireFound } from "./shell/found.js";
import { wireUnfolding } from "./shell/unfold.js";
import { showCurrentTab } from "./shell/tabs.js";

const wire = (root) => [wireMessages, wireTheme, wireDialogs, growBoxes, wireFound, showCurrentTab].forEach((part) => part(root));

wireMenus();
wireHtmx();
wireUnfolding();
wire(document);
document.addEventListener("htmx:load", (event) => wire(event.detail.elt));
