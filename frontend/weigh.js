// Says what a first view downloads, by Vite's manifest, and lists it; fails when its scripts outgrow their budget.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 150_000;
/** What is shown first is fetched at once, too. */
const FIRST = ["index.html", "src/features/tasks/TaskView.tsx"];
const folder = "dist";

const manifest = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8"));
const first = new Set();

function visit(name) {
  const { file, imports = [], css = [] } = manifest[name];
  if (first.has(file)) return;
  for (const one of [file, ...css]) first.add(one);
  imports.forEach(visit);
}
FIRST.forEach(visit);
writeFileSync(join(folder, ".vite/first.json"), JSON.stringify([...first], null, 2)); // for `make bench-page`

const all = readdirSync(join(folder, "assets")).map((name) => `assets/${name}`);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const weightOf = (files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);

for (const kind of [".js", ".css"]) {
  const ours = all.filter((file) => extname(file) === kind);
  const atOnce = weightOf(ours.filter((file) => first.has(file)));
  const later = weightOf(ours.filter((file) => !first.has(file)));
  console.log(`${kind.slice(1)}: ${kilobytes(atOnce)} compressed for a first view, ${kilobytes(later)} when it is needed`);
  if (kind === ".js" && atOnce > BUDGET) {
    console.error(`The scripts of a first view are over their budget of ${kilobytes(BUDGET)}.`);
    process.exitCode = 1;
  }
}
