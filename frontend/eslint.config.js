import { readdirSync } from "node:fs";
import js from "@eslint/js";
import i18next from "eslint-plugin-i18next";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import globals from "globals";
import tseslint from "typescript-eslint";

/** From the ground up: each stands on those before it, and has never heard of those after it. */
const layers = ["time", "api", "data", "ui", "address", "commands", "features", "app"];
/** What a layer does without, although it lies below. */
const without = { ui: ["api", "data"], address: ["api", "data", "ui"], commands: ["api", "data", "ui", "address"] };
const features = readdirSync(new URL("src/features", import.meta.url));

/** At the door nobody is known yet; everywhere else it is said whose request it is. */
const named = {
  group: ["**/api/client"],
  importNames: ["ask", "deliver"],
  message: "Whose desk asks must be said: useAsk of data/, or askAs.",
};

/** Where sentences stand; what says values in words; and what is none of the page's. */
const words = [
  "src/**/*{words,Words}*.{ts,tsx}", // words.de.ts as well
  "src/**/{*.test.*,testing.ts,*ForTests.ts}",
];
const elsewhere = "What people read stands in words.ts, where a translator finds it.";
/** Neither does it begin like a sentence, nor end like one. */
const noSentence = /^(?![\s“(]*\p{Lu}[\p{Ll} -]|.*\s.*\p{L}[.?…]$)/su;
/** Names of keys, of errors and of what browsers can do. */
const names = /^(Enter|Escape|Tab|Home|End|Page\w+|Alt\+.+|Arrow\w+|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Mac|Problem|Unreachable|Taskora)$/;

/** What the files of a folder must not import, and why. */
function mustNotImport(files, patterns, message, ...more) {
  return { files, rules: { "no-restricted-imports": ["error", { patterns: [{ group: patterns, message }, ...more] }] } };
}

export default defineConfig(
  { ignores: ["dist/", "src/api/schema.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat["recommended-latest"],
      jsxA11y.flatConfigs.strict,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      // React takes promises from event handlers and never looks at them; ours settle in TanStack Query.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: words,
    plugins: { i18next },
    rules: {
      "i18next/no-literal-string": [
        "error",
        {
          mode: "all",
          message: elsewhere,
          "should-validate-template": true,
          words: { exclude: [noSentence, names] },
          callees: { exclude: ["Error", "console\\.\\w+", "includes"] }, // for those who make the page
          "jsx-attributes": { exclude: ["className", "aria-keyshortcuts", "d"] },
        },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXText[value=/^(?!\\s*Taskora\\s*$).*\\p{L}/su]", message: elsewhere },
        { selector: "JSXElement > JSXExpressionContainer > Literal[value=/^(?!Taskora$).*\\p{L}/u]", message: elsewhere },
        { selector: "JSXElement > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression) > Literal[value=/^(?!Taskora$).*\\p{L}/u]", message: elsewhere },
        { selector: "JSXAttribute[name.name=/^(alt|aria-label|label|placeholder|says|title|what|why)$/] > Literal[value=/^(?!https:).*\\p{L}/u]", message: elsewhere },
      ],
    },
  },
  { files: ["*.js"], languageOptions: { globals: globals.node } },
  { files: ["public/*.js"], languageOptions: { globals: globals.browser } },
  ...features.map((own) =>
    mustNotImport(
      [`src/features/${own}/**`],
      ["**/app/**", ...features.filter((other) => other !== own).map((other) => `**/${other}/**`)],
      "Features do not know each other; they meet in app/.",
      ...(own === "account" ? [] : [named]),
    ),
  ),
  ...layers
    .filter((layer) => layer !== "features" && layer !== "app")
    .map((layer) =>
      mustNotImport(
        [`src/${layer}/**`],
        [...layers.slice(layers.indexOf(layer) + 1), ...(without[layer] ?? [])].map((other) => `**/${other}/**`),
        `${layer}/ stands below that, or apart from it.`,
      ),
    ),
);
