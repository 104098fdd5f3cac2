/** What is said when the server refuses, or does not answer. */

// client
export const notFromTaskora = "The answer did not come from Taskora.";

// problem
export const unreachable = "Taskora cannot be reached at the moment.";
export const somethingWentWrong = "Something unexpected went wrong on this page.";
export const serverAnswered = (status: number) => `The server answered ${status}.`;
export const tryAgainIn = (wait: number, ceil: number) => ` Try again in ${wait < 120 ? `${wait} s` : `${ceil} minutes`}.`;
