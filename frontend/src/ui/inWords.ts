/** Days, times and numbers as a person says them, in their locale. Days are "2026-11-21", times "09:00". */

type Make<T> = (locale: string) => T;

const made = new Map<string, unknown>();

/** A formatter takes long to make and is made once. Plain English is British. */
function formatter<T>(name: string, locale: string, make: Make<T>): T {
  const key = `${name} ${locale}`;
  const known = made.get(key);
  if (known !== undefined) return known as T;
  const fresh = make(locale === "en" ? "en-GB" : locale);
  made.set(key, fresh);
  return fresh;
}

const dates = (locale: string, name: string, options: Intl.DateTimeFormatOptions) =>
  formatter(`${name} ${options.timeZone ?? ""}`, locale, (known) => new Intl.DateTimeFormat(known, { timeZone: "UTC", ...options }));

const relative = (locale: string) =>
  formatter("relative", locale, (known) => new Intl.RelativeTimeFormat(known, { numeric: "auto" }));

const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);

const daysBetween = (from: string, to: string) => Math.round((noonOf(to).getTime() - noonOf(from).getTime()) / 86_400_000);

const capitalised = (text: string, locale: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

/** "Today", "Tomorrow", "Wednesday" for the days that come, "21 Nov" or "21 Nov 2027" for others. */
export function dayInWords(day: string, today: string, locale: string): string {
  const away = daysBetween(today, day);
  if (Math.abs(away) <= 1) return capitalised(relative(locale).format(away, "day"), locale);
  if (away > 1 && away < 7) return capitalised(weekdayInWords(day, locale), locale);
  return dateInWords(day, today, locale);
}

/** "21 Nov", and the year where it is another one. */
export function dateInWords(day: string, today: string, locale: string): string {
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  if (day.slice(0, 4) === today.slice(0, 4)) return dates(locale, "date", options).format(noonOf(day));
  return dates(locale, "date with year", { ...options, year: "numeric" }).format(noonOf(day));
}

/** "Saturday 21 November", for headings and for those who listen. */
export const longDayInWords = (day: string, locale: string): string =>
  dates(locale, "long day", { weekday: "long", day: "numeric", month: "long" }).format(noonOf(day));

/** "Sat 21 Nov", where there is little room. */
export const shortDayInWords = (day: string, locale: string): string =>
  dates(locale, "short day", { weekday: "short", day: "numeric", month: "short" }).format(noonOf(day));

export const weekdayInWords = (day: string, locale: string, width: "long" | "short" | "narrow" = "long"): string =>
  dates(locale, `weekday ${width}`, { weekday: width }).format(noonOf(day));

export const monthInWords = (month: string, locale: string): string =>
  dates(locale, "month", { month: "long", year: "numeric" }).format(noonOf(`${month.slice(0, 7)}-01`));

export const timeInWords = (time: string, locale: string): string =>
  dates(locale, "time", { hour: "2-digit", minute: "2-digit" }).format(new Date(`2000-01-01T${time.slice(0, 5)}:00Z`));

/** "Tomorrow", or "Tomorrow, 09:00" where there is a time. */
export function dueInWords(day: string, time: string | null, today: string, locale: string): string {
  const words = dayInWords(day, today, locale);
  return time === null ? words : `${words}, ${timeInWords(time, locale)}`;
}

/** A moment ("2026-11-21T08:00:00Z") in full, as it was where the person is: "21 November 2026 at 09:00". */
export const momentInWords = (moment: string, zone: string, locale: string): string =>
  dates(locale, "moment", { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(new Date(moment));

const ages: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How long ago a moment is, or in how long it comes: "3 hours ago", "in 5 minutes", "now". */
export function ageInWords(moment: string, now: Date, locale: string): string {
  const away = new Date(moment).getTime() - now.getTime();
  for (const [unit, length] of ages) {
    if (Math.abs(away) >= length) return relative(locale).format(Math.trunc(away / length), unit);
  }
  return relative(locale).format(0, "second");
}

export const numberInWords = (number: number, locale: string): string =>
  formatter("number", locale, (known) => new Intl.NumberFormat(known)).format(number);

/** "1 task", "12 tasks". */
export const countInWords = (count: number, one: string, locale: string, many = `${one}s`): string =>
  `${numberInWords(count, locale)} ${count === 1 ? one : many}`;

/** So many seconds as a person says them: "5 minutes", "2 hours", "3 days". */
export function spanInWords(seconds: number, locale: string): string {
  const [unit, length] = seconds >= 86_400 ? (["day", 86_400] as const) : seconds >= 3_600 ? (["hour", 3_600] as const) : (["minute", 60] as const);
  const words = formatter(`span ${unit}`, locale, (known) => new Intl.NumberFormat(known, { style: "unit", unit, unitDisplay: "long" }));
  return words.format(Math.max(1, Math.round(seconds / length)));
}
