/** Builds the service worker once the page is built, for it has to know all of the page's files. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

/** The document of the API is no part of the page, and what begins with a dot is not served. */
const isOfThePage = (file) => !file.startsWith("/api/") && !file.includes("/.") && file !== "/worker.js";

export function worker() {
  let folder = "";
  let entry = "";
  return {
    name: "taskora-worker",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
      entry = resolve(config.root, "src/worker/worker.ts");
    },
    async closeBundle() {
      const files = filesIn(folder).filter(isOfThePage).sort();
      const digest = createHash("sha256");
      for (const file of files) digest.update(file).update(readFileSync(join(folder, file)));
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        define: { __FILES__: JSON.stringify(files), __BUILD__: JSON.stringify(digest.digest("hex").slice(0, 12)) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          // Not a module: not every browser starts a worker of those.
          lib: { entry, formats: ["iife"], name: "worker", fileName: () => "worker.js" },
        },
      });
    },
  };
}

function filesIn(folder, path = "") {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((found) => {
    const name = `${path}/${found.name}`;
    return found.isDirectory() ? filesIn(folder, name) : [name];
  });
}
