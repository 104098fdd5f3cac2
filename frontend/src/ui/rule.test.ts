import { expect, test } from "vitest";
import { planFrom, readRule, writeRule } from "./rule";

const START = "2026-11-21"; // a Saturday

test.each([
  "FREQ=DAILY",
  "FREQ=DAILY;INTERVAL=3",
  "FREQ=WEEKLY;BYDAY=MO,WE,FR",
  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;WKST=SU",
  "FREQ=MONTHLY;BYMONTHDAY=15,-1",
  "FREQ=MONTHLY;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=BACKWARD",
  "FREQ=MONTHLY;BYDAY=3FR",
  "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=21",
  "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU;COUNT=4",
  "FREQ=HOURLY;INTERVAL=6;UNTIL=20261231",
])("%s is read and written as it is", (rule) => {
  const plan = readRule(rule, START);
  expect(plan).not.toBeNull();
  expect(plan && writeRule(plan)).toBe(rule);
});

test.each([
  ["FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=SA"],
  ["FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=21"],
  ["FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=21"],
  ["FREQ=YEARLY;BYMONTH=5", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=21"],
  ["FREQ=DAILY;BYDAY=TU,MO,FR,WE,TH", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
])("what %s leaves to its start is written out", (rule, written) => {
  const plan = readRule(rule, START);
  expect(plan && writeRule(plan)).toBe(written);
});

test.each([
  "FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=1",
  "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
  "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
  "FREQ=MONTHLY;BYDAY=1MO,3MO",
  "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
  "FREQ=MONTHLY;BYMONTHDAY=-2",
  "FREQ=MONTHLY;BYMONTHDAY=13,27;BYSETPOS=1",
  "FREQ=MONTHLY;BYSETPOS=-1",
  "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1;BYSETPOS=1",
  "FREQ=DAILY;BYSETPOS=1",
  "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=-1",
  "FREQ=WEEKLY;BYMONTHDAY=13",
  "FREQ=HOURLY;BYSETPOS=1",
  "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
  "FREQ=DAILY;BYMONTHDAY=13",
  "FREQ=HOURLY;BYDAY=MO",
  "FREQ=YEARLY;BYDAY=20MO",
  "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T225959Z",
  "FREQ=MINUTELY",
  "FREQ=DAILY;BYHOUR=9",
  "",
])("%s is more than the controls can show", (rule) => {
  expect(readRule(rule, START)).toBeNull();
});

test("a day that not every month has becomes the last one there", () => {
  expect(writeRule(planFrom("2026-01-31", "month"))).toBe("FREQ=MONTHLY;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=BACKWARD");
  expect(writeRule(planFrom("2028-02-29", "year"))).toBe("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;RSCALE=GREGORIAN;SKIP=BACKWARD");
});

test("a plan begins with what its start suggests, whichever unit it gets", () => {
  expect([...(["hour", "day", "week", "month", "year"] as const)].map((unit) => writeRule(planFrom(START, unit)))).toEqual([
    "FREQ=HOURLY",
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=SA",
    "FREQ=MONTHLY;BYMONTHDAY=21",
    "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=21",
  ]);
});
