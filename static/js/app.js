// Starts the Design System's components on the page, and again on whatever htmx puts into it.
import { initAll } from "./govuk-frontend.min.js";

initAll();

document.body.addEventListener("htmx:afterSwap", (event) => {
  initAll({ scope: event.detail.target });
});

// On a phone the list comes first: filters fold away until they are asked for.
if (window.matchMedia("(max-width: 40em)").matches) {
  document.querySelectorAll("details.app-filter").forEach((filter) => filter.removeAttribute("open"));
}
