// Starts the Design System's components on the page, and again on whatever htmx puts into it.
import { initAll } from "./govuk-frontend.min.js";

initAll();

document.body.addEventListener("htmx:afterSwap", (event) => {
  initAll({ scope: event.detail.target });
});

// A refusal, or the sign-in after a time-out, is a page of its own and not a part of this one: it is opened whole.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const answered = new URL(xhr.responseURL || pathInfo.finalRequestPath, window.location.href);
  const asked = new URL(pathInfo.finalRequestPath, window.location.href);
  if (xhr.status >= 400 || answered.pathname !== asked.pathname) {
    event.detail.shouldSwap = event.detail.isError = false;
    window.location.assign(answered);
  }
});

// On a phone the list comes first: filters fold away until they are asked for.
if (window.matchMedia("(max-width: 40em)").matches) {
  document.querySelectorAll("details.app-filter").forEach((filter) => filter.removeAttribute("open"));
}
