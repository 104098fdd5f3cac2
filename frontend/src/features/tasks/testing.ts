import type { Task } from "../../api/types";
import { aTask } from "../../data/tasksForTests";

/** A task that is called by its id. */
export const task = (id: string, fields: Partial<Task> = {}): Task => aTask({ id, list: "home", position: "a0", ...fields });
