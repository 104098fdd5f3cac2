/** One typed door to the API: paths, bodies and answers are what schema.ts says they are. */
import { problemOf, Unreachable, Problem } from "./problem";
import type { paths } from "./schema";
import * as say from "./words";

type Method = "get" | "put" | "post" | "patch" | "delete";
type Operation<M extends Method, P extends keyof paths> = NonNullable<paths[P][M]>;
type Content<T> = T extends { content: infer C } ? C[keyof C] : undefined;
type Good = 200 | 201 | 202 | 204;

export type Body<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { requestBody?: infer B } ? Content<NonNullable<B>> : undefined;
export type Answer<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { responses: infer R } ? Content<R[keyof R & Good]> : never;
type Parameters<M extends Method, P extends keyof paths, Place extends string> =
  Operation<M, P> extends { parameters: infer Q } ? (Place extends keyof Q ? NonNullable<Q[Place]> : never) : never;

interface Options<M extends Method, P extends keyof paths> {
  body?: Body<M, P>;
  path?: Parameters<M, P, "path">;
  query?: Parameters<M, P, "query">;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Whose desk asks: under the cookie of anybody else nothing is answered and nothing done. */
  as?: string | undefined;
}

/** One browser has one cookie, and may meanwhile have that of the next person. */
export const meant = (user: string | undefined): Record<string, string> => (user === undefined ? {} : { "if-user": user });

/** Long enough for a function that has to start first. */
const PATIENCE = 30_000;

export async function ask<M extends Method, P extends keyof paths>(
  method: M,
  path: P,
  { path: places, query, headers, signal, as, ...rest }: Options<M, P> = {},
): Promise<Answer<M, P>> {
  const asked = { method, path: filled(path, places), query, body: rest.body as unknown, headers: { ...meant(as), ...headers } };
  return (await deliver(asked, signal)).said as Answer<M, P>;
}

export type Ask = typeof ask;

export const askAs =
  (user: string): Ask =>
  (method, path, options) =>
    ask(method, path, { ...options, as: user });

export interface Delivery {
  method: Method;
  path: string;
  query?: unknown;
  body?: unknown;
  headers?: Readonly<Record<string, string>> | undefined;
}

export interface Delivered {
  said: unknown;
  /** By which what was done is undone; null where nothing was. */
  activity: string | null;
  /** Its key had this answer before: what it is about may be another by now, or gone. */
  isRepeated: boolean;
}

/** Ask for what was put together before, and perhaps by another visit to this page. */
export async function deliver({ method, path, query, body, headers }: Delivery, signal?: AbortSignal): Promise<Delivered> {
  const limit = AbortSignal.timeout(PATIENCE);
  const response = await heard(withQuery(path, query), {
    method: method.toUpperCase(),
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  const activity = response.headers.get("taskora-activity");
  const isRepeated = response.headers.has("idempotency-replayed");
  if (response.status === 204) return { said: undefined, activity, isRepeated };
  try {
    return { said: await response.json(), activity, isRepeated };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof SyntaxError) throw new Problem(response.status, say.notFromTaskora);
    throw new Unreachable(cause);
  }
}

/** Fetch; what comes back is a good answer, or it is thrown as a Problem or as Unreachable. */
export async function heard(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, cache: "no-store" });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Unreachable(cause);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

function filled(path: string, places: unknown): string {
  return Object.entries((places ?? {}) as Record<string, string>).reduce(
    (url, [name, value]) => url.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
}

function withQuery(path: string, query: unknown): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one as string | number));
    }
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}
