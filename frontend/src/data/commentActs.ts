/** What people say about tasks. */
import { newId } from "../api/newId";
import type { Do } from "./acts";
import { drop, guardOf, put, set } from "./deeds";
import type { Known, Write } from "./shapes";
import { named } from "./taskActs";
import * as say from "./words";

export const commentActs = (act: Do, known: Known) => ({
  comment(task: string, text: string): Write {
    const id = newId();
    const now = new Date().toISOString();
    const shows = [put("comment", { id, task, text, html: "", created_at: now, updated_at: now, version: 0 })];
    const request = { method: "post" as const, path: `/api/tasks/${task}/comments`, body: { id, text } };
    return act({ says: say.commentedOn(named(known, [task])), kind: "comment", request, shows, guard: null });
  },

  changeComment(id: string, text: string): Write {
    const before = known.comment.get(id);
    const request = { method: "patch" as const, path: `/api/comments/${id}`, body: { text } };
    const guard = before === undefined ? null : guardOf("comment", before, { text });
    return act({ says: say.changedComment, kind: "comment", request, shows: [set("comment", id, { text, html: "" })], guard });
  },

  removeComment(id: string): Write {
    const request = { method: "delete" as const, path: `/api/comments/${id}` };
    return act({ says: say.deletedComment, kind: "comment", request, shows: [drop("comment", id)], guard: null });
  },
});
