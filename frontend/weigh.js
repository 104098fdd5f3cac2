// Says what a first visit downloads, and fails when the scripts outgrow their budget.
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 150_000;
const folder = "dist/assets";

const sizes = {};
for (const name of readdirSync(folder)) {
  const kind = extname(name).slice(1);
  sizes[kind] = (sizes[kind] ?? 0) + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
}
for (const [kind, bytes] of Object.entries(sizes)) {
  console.log(`${kind}: ${(bytes / 1000).toFixed(1)} kB compressed`);
}
if (sizes.js > BUDGET) {
  console.error(`The scripts are over their budget of ${BUDGET / 1000} kB.`);
  process.exit(1);
}
