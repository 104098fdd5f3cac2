/** Who is logged in here, kept so that the page opens for them without a network. Whoever is logged out is kept no longer. */
import type { User } from "../../api/types";

const NAME = "taskora.user";

export function keptUser(): User | null {
  try {
    const text = localStorage.getItem(NAME);
    return text === null ? null : (JSON.parse(text) as User);
  } catch {
    return null; // this browser keeps nothing, or what it kept is broken: the server will say who it is
  }
}

export function keepUser(user: User): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(user));
  } catch {
    // Where nothing can be kept, the page only opens with a network.
  }
}

export function forgetUser(): void {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // There was nothing to forget.
  }
}
