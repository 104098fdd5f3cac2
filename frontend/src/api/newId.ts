/** A UUIDv7: made here, so that a task has its name before the server has heard of it. */
export { v7 as newId } from "uuid";
