import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { worker } from "./buildWorker.js";

export default defineConfig({
  plugins: [react(), tailwindcss(), worker()],
  resolve: {
    alias: [
      // React has had this itself since its version 18; what others bring for those before is not needed.
      { find: /^use-sync-external-store\/shim$/, replacement: "react" },
      { find: /^use-sync-external-store\/shim\/with-selector$/, replacement: "use-sync-external-store/with-selector" },
    ],
  },
  build: {
    manifest: true, // for weigh.js
    // The page is served under `default-src 'self'`: nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What every visit needs from others is one file: it compresses better than many, and changes less often than ours.
    // What only some views need of them comes with these.
    rolldownOptions: {
      optimization: { inlineConst: { mode: "all" } }, // a sentence of words.ts costs no more than it would where it is said
      output: {
        codeSplitting: {
          groups: [
            { name: "basis", test: /node_modules\/(?!.*\/(useQueries|queriesObserver|useInfiniteQuery|infiniteQuery\w+|useMutation|mutationObserver)\.js)(react|react-dom|scheduler|idb|fractional-indexing|use-sync-external-store|@tanstack\/(react-query|query-core|react-router|router-core|history|store|react-store))\// },
            { name: "page", tags: ["$initial"] }, // and so is what every visit needs of ours
            { name: "icons", test: /node_modules\/lucide-react\// },
            { name: "acts", test: /src\/data\/(\w+Acts|useActs)\.ts$/ },
            { name: "shared", test: /src\/(ui\/(Kbd|Refusal|Field|CodeField|useRested|folded|beforeInWords|keysInWords)|data\/(instants|conflicts))\.tsx?$/ },
            { name: "view", test: /src\/(data\/(minute|names|order|useAsk|dueOn)|ui\/(useOnline|OutOfReach)|features\/tasks\/(RowGroups|groups))\.tsx?$/ }, // and what the first view shares with others
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/api": { target: "http://127.0.0.1:8080", changeOrigin: false } },
  },
  test: {
    setupFiles: ["src/errorsForTests.ts"],
    unstubGlobals: true,
    testTimeout: 60_000, // many at once on a busy machine
    css: { include: /styles\.css\?raw/ },
    env: { TZ: "Europe/Berlin" },
    // What shows nothing needs no screen: making one takes longer than most of those tests.
    projects: [
      { extends: true, test: { name: "rules", environment: "node", include: ["src/**/*.test.ts"] } },
      { extends: true, test: { name: "parts", environment: "jsdom", include: ["src/**/*.test.tsx"], setupFiles: ["src/testing.ts"] } },
    ],
  },
});
