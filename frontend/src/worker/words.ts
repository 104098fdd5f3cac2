/** What is said of a notification whose button could not do what it says. */

export const couldNotBeDone = (what: string) => `This could not be done just now: ${what.toLowerCase()}. Try again, or open Taskora.`;
