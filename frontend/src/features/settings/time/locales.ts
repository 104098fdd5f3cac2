import { weekdayInWords } from "../../../ui/inWords";
import type { WeekDay } from "../types";

/** How dates and numbers are written. The page itself speaks English. */
const COMMON =
  "en en-GB en-US en-AU en-CA en-IN en-IE bg ca cs da de de-AT de-CH el es es-MX et fi fr fr-CA hr hu id it ja ko lt lv nb nl pl pt-BR pt-PT ro sk sl sr sv tr uk vi zh-Hans zh-Hant";

export interface NamedLocale {
  tag: string;
  name: string;
}

/** The common ones, those of this browser, and the one that is set; by name. */
export function localesToChoose(current: string, browsers: readonly string[]): NamedLocale[] {
  const names = new Intl.DisplayNames(["en-GB"], { type: "language" });
  return [...new Set([current, ...browsers, ...COMMON.split(" ")])]
    .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

export const weekDays: readonly WeekDay[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const A_MONDAY = 23; // of November 2026

export const weekDayInWords = (day: WeekDay, locale: string, width: "long" | "short" = "long"): string =>
  weekdayInWords(`2026-11-${A_MONDAY + weekDays.indexOf(day)}`, locale, width);

/** A week as the calendar shows it, from its first day on. */
export function weekFrom(first: WeekDay): WeekDay[] {
  const place = weekDays.indexOf(first);
  return [...weekDays.slice(place), ...weekDays.slice(0, place)];
}
