import { expect, test } from "vitest";
import type { TaskLine } from "./lines";
import { ReachedRow } from "./ReachedRow";

const rows = (keys: string) => Array.from(keys, (key) => ({ key }) as TaskLine);

function reached(keys: string, at: string): ReachedRow {
  const row = new ReachedRow();
  row.arrange(rows(keys));
  row.note(at);
  return row;
}

test("before anybody has been there it is the first", () => {
  const row = new ReachedRow();

  expect(row.arrange(rows("abc"))).toBe(false);
  expect(row).toMatchObject({ key: "a", wasThere: false });
  expect(row.arrange(rows("bc"))).toBe(false);
  expect(row.key).toBe("b");
});

test("it stays where somebody was, wherever that stands now", () => {
  const row = reached("abc", "b");

  expect(row.arrange(rows("cab"))).toBe(false);
  expect(row).toMatchObject({ key: "b", wasThere: true });
});

test("when it goes, it is what came into its place", () => {
  const row = reached("abcd", "b");

  expect(row.arrange(rows("acd"))).toBe(true);
  expect(row.key).toBe("c");
});

test("at the end there is nothing that could come, and so it is the one before", () => {
  const row = reached("abc", "c");

  expect(row.arrange(rows("ab"))).toBe(true);
  expect(row.key).toBe("b");
});

test("what comes back is where somebody was, though there was nothing at all meanwhile", () => {
  const row = reached("abc", "b");

  expect(row.arrange([])).toBe(true);
  expect(row).toMatchObject({ key: null, wasThere: true });
  expect(row.arrange(rows("abc"))).toBe(false);
  expect(row.key).toBe("b");
});

test("it goes once", () => {
  const row = reached("abcd", "b");
  row.arrange(rows("acd"));

  expect(row.arrange(rows("ad"))).toBe(false);
  expect(row.key).toBe("d");
});

test("those who look are told when it is another one, and only then", () => {
  const row = reached("abc", "b");
  let told = 0;
  const stop = row.subscribe(() => (told += 1));

  row.note("b");
  row.arrange(rows("bc"));
  expect(told).toBe(0);
  row.note("c");
  expect(told).toBe(1);
  stop();
  row.note("b");
  expect(told).toBe(1);
});
