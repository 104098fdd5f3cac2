import { Problem } from "../../api/problem";

/** Whoever wants something gone has what they want if it is gone already. */
export async function evenIfGone(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) throw error;
  }
}
