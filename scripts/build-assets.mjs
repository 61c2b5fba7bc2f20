// Puts what the pages load into static/build: one style sheet, the scripts, the fonts.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const out = "static/build";
rmSync(out, { recursive: true, force: true });
for (const folder of ["css", "js", "fonts", "images"]) mkdirSync(`${out}/${folder}`, { recursive: true });

const { css } = compile("static/scss/app.scss", {
  loadPaths: [".", "node_modules"], // the MOJ style sheets name their neighbours from the root
  style: "compressed",
  quietDeps: true,
});
writeFileSync(`${out}/css/app.css`, css);

const copies = {
  "govuk-frontend/dist/govuk/govuk-frontend.min.js": "js/govuk-frontend.min.js",
  "govuk-frontend/dist/govuk/govuk-frontend.min.js.map": "js/govuk-frontend.min.js.map", // named by the script
  "@ministryofjustice/frontend/moj/assets/images/icon-document.svg": "images/icon-document.svg", // named by the style sheet
  "source-sans/WOFF2/VF/SourceSans3VF-Upright.ttf.woff2": "fonts/SourceSans3VF-Upright.ttf.woff2", // the pages' one font
  "source-sans/WOFF2/TTF": "fonts/woff2",
  "source-sans/TTF": "fonts/ttf",
  "dejavu-fonts-ttf/ttf/DejaVuSans.ttf": "fonts/ttf/DejaVuSans.ttf", // letters: scripts that Source Sans lacks
  "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf": "fonts/ttf/DejaVuSans-Bold.ttf",
};
const weights = /SourceSans3-(Regular|It|Semibold|Bold|BoldIt)\./;
const wanted = (source) => !source.includes("SourceSans3-") || weights.test(source);
for (const [from, to] of Object.entries(copies)) {
  cpSync(`node_modules/${from}`, `${out}/${to}`, { recursive: true, filter: wanted });
}
cpSync("static/js", `${out}/js`, { recursive: true });
