/*
 * Runs before the page is painted, which is why it is no module: sets light or dark as chosen, or as the system says,
 * and marks the page as one with JavaScript. The choice is kept in this browser only ("auto", "light" or "dark").
 */
(function () {
  "use strict";

  var key = "theme";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function choice() {
    try {
      return window.localStorage.getItem(key) || "auto";
    } catch (error) {
      return "auto"; // storage is switched off
    }
  }

  function apply() {
    var chosen = choice();
    root.dataset.bsTheme = chosen === "auto" ? (system.matches ? "dark" : "light") : chosen;
  }

  root.classList.add("js");
  apply();
  system.addEventListener("change", apply);

  window.theme = {
    choice: choice,
    choose: function (chosen) {
      try {
        window.localStorage.setItem(key, chosen);
      } catch (error) {
        // Nothing to keep it in: it holds for this page.
      }
      apply();
    },
  };
})();
