/** Reading and changing tasks. */
import {
  useInfiniteQuery,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { ask } from "../../api/client";
import { Problem } from "../../api/problem";
import type { Change, Task } from "../../api/types";
import type { TaskPatch } from "./patch";
import { forget, learn, nothing, readPage, settle, statuses, tasksIn, versionKnown, type Known, type Position, type View } from "./known";
import { asWished, contested, type Pending, type Row, type Wish } from "./pending";

const KNOWN = ["tasks", "known"];
const LISTS = ["tasks", "list"];
const WISHES = ["tasks", "wish"];
const PAGE = 50;

/** Somebody else changed what this person changed too; `fields` are those both touched. */
export class ChangedMeanwhile extends Error {
  readonly current: Task;
  readonly fields: readonly (keyof TaskPatch)[];

  constructor(current: Task, fields: readonly (keyof TaskPatch)[]) {
    super("This task changed meanwhile.");
    this.current = current;
    this.fields = fields;
  }
}

export function useTasks(view: View, held: readonly Task[]) {
  const client = useQueryClient();
  const { data: known } = useQuery({ queryKey: KNOWN, queryFn: () => nothing, initialData: nothing, staleTime: Infinity });
  const list = useInfiniteQuery({
    queryKey: [...LISTS, view],
    queryFn: ({ pageParam, signal }) => readList(client, view, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: ({ next, upTo }) => (next === null ? null : { cursor: next, after: upTo }),
    refetchOnMount: "always",
  });
  const pending = usePending();
  const last = list.data?.pages.at(-1);
  const rows = last === undefined ? [] : asWished(tasksIn(known, view, last.upTo, held), pending, () => new Date());
  return { list, rows: rows.filter((row) => view === "open" || !row.isNew) };
}

export type { Row };

const firstPage: PageParam = { cursor: null, after: null };

interface PageParam {
  cursor: string | null;
  after: Position | null;
}

async function readList(client: QueryClient, view: View, { cursor, after }: PageParam, signal: AbortSignal) {
  const asked = knownIn(client).moment;
  const query = { status: statuses[view], limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  const { items, next } = await ask("get", "/api/tasks", { query, signal });
  signal.throwIfAborted(); // it was asked for again since
  const last = items.at(-1);
  const upTo = next === null || last === undefined ? null : { created_at: last.created_at, id: last.id };
  update(client, (known) => readPage(known, { view, items, after, upTo, asked }));
  return { next: next ?? null, upTo };
}

function usePending(): Pending[] {
  const wishes = useMutationState({
    filters: { mutationKey: WISHES, status: "pending" },
    select: ({ state }) => ({ wish: state.variables as Wish, unheard: state.isPaused || state.failureCount > 0 }),
  });
  return wishes;
}

interface Outcome<W extends Wish> {
  onGranted?: (wish: W) => void;
  onRefused: (error: Error, wish: W) => void;
}

export function useAdd({ onRefused }: Outcome<Wish & { kind: "add" }>) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: WISHES,
    mutationFn: ({ draft, key }: Wish & { kind: "add" }) =>
      ask("post", "/api/tasks", { body: draft, headers: { "idempotency-key": key } }),
    onSuccess: (task) => {
      update(client, (known) => learn(known, task));
    },
    onError: onRefused,
  });
}

/** Changes to one task are sent one after the other. */
export function useChange(id: string, { onGranted, onRefused }: Outcome<Wish & { kind: "change" }>) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: WISHES,
    scope: { id },
    mutationFn: (wish: Wish & { kind: "change" }) => change(client, wish),
    onSuccess: (task, wish) => {
      update(client, (known) => learn(known, task));
      onGranted?.(wish);
    },
    onError: (error, wish) => {
      if (isGone(error)) update(client, (known) => forget(known, id, versionKnown(known, id)));
      onRefused(error, wish);
    },
  });
}

async function change(client: QueryClient, { id, patch, base }: Wish & { kind: "change" }): Promise<Task> {
  try {
    return await sendPatch(id, patch, base?.version);
  } catch (error) {
    const current = error instanceof Problem && error.status === 412 ? (error.current as Task | undefined) : undefined;
    if (base === undefined || current === undefined) throw error;
    update(client, (known) => learn(known, current));
    const fields = contested(base, patch, current);
    if (fields.length > 0) throw new ChangedMeanwhile(current, fields);
    return await sendPatch(id, patch, current.version); // others changed other fields: both changes stand
  }
}

const sendPatch = (task_id: string, body: TaskPatch, version: number | undefined) =>
  ask("patch", "/api/tasks/{task_id}", {
    path: { task_id },
    body,
    ...(version === undefined ? {} : { headers: { "if-match": `"${version}"` } }),
  });

export function useDelete(id: string, { onRefused }: Outcome<Wish & { kind: "delete" }>) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: WISHES,
    scope: { id },
    mutationFn: async (wish: Wish & { kind: "delete" }) => {
      try {
        await ask("delete", "/api/tasks/{task_id}", { path: { task_id: wish.id } });
      } catch (error) {
        if (!isGone(error)) throw error; // somebody was quicker, or the first answer got lost
      }
    },
    onSuccess: () => {
      update(client, (known) => forget(known, id, Number.MAX_SAFE_INTEGER));
    },
    onError: onRefused,
  });
}

export const isGone = (error: unknown): boolean => error instanceof Problem && error.status === 404;

/** A change that the stream told. */
export function takeChange(client: QueryClient, { type, task }: Change): void {
  if (task === undefined) return;
  update(client, (known) => (type === "task.deleted" ? forget(known, task.id, task.version) : learn(known, task)));
}

/** Read the lists again; what is shown stays until the answer is there. */
export async function readAgain(client: QueryClient): Promise<void> {
  await client.cancelQueries({ queryKey: LISTS });
  await client.invalidateQueries({ queryKey: LISTS });
}

/** Forget everything and read again: what came between is not kept any more. */
export async function startOver(client: QueryClient): Promise<void> {
  client.setQueryData<Known>(KNOWN, nothing);
  await client.resetQueries({ queryKey: LISTS });
}

/** What was finished or reopened in a view one has left is not shown there any more. */
export function leaveView(client: QueryClient): void {
  update(client, settle);
}

const knownIn = (client: QueryClient): Known => client.getQueryData<Known>(KNOWN) ?? nothing;

function update(client: QueryClient, how: (known: Known) => Known): void {
  client.setQueryData<Known>(KNOWN, how(knownIn(client)));
}
