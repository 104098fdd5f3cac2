import { expect, test } from "vitest";
import { namedId } from "./namedId";

const NAMESPACE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

test.each([
  ["www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2"], // of RFC 9562
  ["", "4ebd0208-8328-5d69-8c44-ec50939c0967"],
  ["long ".repeat(40), "bfeccb31-3321-51f8-877f-ad474e71adbb"],
])("what is called %j has its id", (name, id) => {
  expect(namedId(NAMESPACE, name)).toBe(id);
});
