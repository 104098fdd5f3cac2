import * as say from "./words";

/** What can go wrong when asking the server: it refused (Problem), or it was not heard (Unreachable). */
export class Problem extends Error {
  readonly status: number;
  readonly detail: string;
  /** The name of its type; "" where the answer is not Taskora's own. */
  readonly kind: string;
  readonly requestId: string | null;
  readonly fields: Readonly<Record<string, string>>;
  /** The server's newer state, where a refusal comes with one (412). */
  readonly current: unknown;
  /** In seconds, where the server says how long to wait. */
  readonly retryAfter: number | null;
  /** All that the refusal says, for those who know what theirs has more than others. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    detail: string,
    more: { kind?: string; requestId?: string | null; fields?: Record<string, string>; current?: unknown; retryAfter?: number | null; members?: Record<string, unknown> } = {},
  ) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.detail = detail;
    this.kind = more.kind ?? "";
    this.requestId = more.requestId ?? null;
    this.fields = more.fields ?? {};
    this.current = more.current;
    this.retryAfter = more.retryAfter ?? null;
    this.members = more.members ?? {};
  }
}

export class Unreachable extends Error {
  constructor(cause: unknown) {
    super(say.unreachable, { cause });
    this.name = "Unreachable";
  }
}

export const isUnauthorised = (error: unknown): boolean => error instanceof Problem && error.status === 401;

/** With these, and with whatever is no refusal, somebody between us and Taskora answers for it: a portal, or a proxy. */
const others = [403, 407, 408, 421, 425];
const isFromOthers = ({ kind, status }: Problem): boolean => kind === "" && (status < 400 || status >= 500 || others.includes(status));

/** Trouble that passes by itself, so that asking again is worth it. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && ([502, 503, 504].includes(error.status) || isFromOthers(error)));

/** Of a question: it is not answered because the server was not heard. It is asked again when it can be. */
export const isOutOfReach = ({ fetchStatus, failureReason }: { fetchStatus: "fetching" | "paused" | "idle"; failureReason: unknown }): boolean =>
  fetchStatus === "paused" || (fetchStatus === "fetching" && failureReason instanceof Unreachable);

/** To be sent again later: it passes, or was too much at once. */
export const mayPass = (error: unknown): boolean => isPassing(error) || (error instanceof Problem && error.status === 429);

/** In seconds, where the server has said it. */
export const waitOf = (error: unknown): number | null => (error instanceof Problem ? error.retryAfter : null);

/** What is wrong with which field, where that is why something was refused. */
export const faultsOf = (error: unknown): Readonly<Record<string, string>> => (error instanceof Problem ? error.fields : {});

/** A sentence for a person. */
export function sentence(error: unknown): string {
  return error instanceof Problem || error instanceof Unreachable ? error.message : say.somethingWentWrong;
}

/** What of it can be kept. */
export const plainly = (error: unknown) => ({
  status: error instanceof Problem ? error.status : 0,
  detail: sentence(error),
  fields: faultsOf(error),
  requestId: error instanceof Problem ? error.requestId : null,
});

export async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get("x-request-id");
  const body = await bodyOf(response);
  const detail = textOf(body.detail) ?? textOf(body.title) ?? say.serverAnswered(response.status);
  const wait = Number(response.headers.get("retry-after"));
  const patience = response.status === 429 && wait > 0 ? say.tryAgainIn(wait, Math.ceil(wait / 60)) : "";
  const kind = textOf(body.type)?.replace("/problems/", "") ?? "";
  const retryAfter = wait > 0 ? wait : null;
  return new Problem(response.status, detail + patience, { kind, requestId, fields: fieldsOf(body.errors), current: body.current, retryAfter, members: body });
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return isRecord(body) ? body : {};
  } catch {
    return {}; // not the product's own answer: a proxy's error page, or one cut off
  }
}

function fieldsOf(errors: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const error of Array.isArray(errors) ? errors : []) {
    if (!isRecord(error)) continue;
    const field = textOf(error.field);
    const message = textOf(error.message);
    if (field !== null && message !== null) fields[field] ??= message;
  }
  return fields;
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
