/** Being told things while the page is closed: whether this browser does that, and turning it on and off. */
import { ask } from "./client";

/** `unable`: not this browser. `unset`: this Taskora has no key for it. `denied`: the browser was told to ask no more. */
export type PushState = "unable" | "unset" | "denied" | "off" | "on";

/** Under which it is kept what this browser said: the same everywhere. */
export const PUSH = ["push"];

const isAble = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

export async function pushState(user: string, signal?: AbortSignal): Promise<PushState> {
  if (!isAble()) return "unable";
  const { key } = await ask("get", "/api/push/key", { as: user, ...(signal && { signal }) });
  if (key === null) return "unset";
  if (Notification.permission === "denied") return "denied";
  const [subscription, known] = await Promise.all([current(), ask("get", "/api/push/subscriptions", { as: user, ...(signal && { signal }) })]);
  return Notification.permission === "granted" && subscription !== null && known.items.some((each) => each.current) ? "on" : "off";
}

/** The browser asks its person, so this may only follow a click of theirs. */
export async function turnPushOn(user: string): Promise<PushState> {
  const { key } = await ask("get", "/api/push/key", { as: user });
  if (key === null) return "unset";
  if ((await Notification.requestPermission()) !== "granted") return Notification.permission === "denied" ? "denied" : "off";
  await subscribe(user, key);
  return "on";
}

export async function turnPushOff(user: string): Promise<PushState> {
  await forgetWho();
  const { items } = await ask("get", "/api/push/subscriptions", { as: user });
  for (const { id } of items.filter((each) => each.current)) {
    await ask("delete", "/api/push/subscriptions/{subscription_id}", { as: user, path: { subscription_id: id } });
  }
  await (await current())?.unsubscribe();
  return "off";
}

/** Subscriptions run out, and end with the session they were made in: whoever wanted one and may have it has it again. */
export async function renewPush(user: string): Promise<void> {
  if (!isAble() || Notification.permission !== "granted" || (await whoWantsIt()) !== user) return;
  if ((await pushState(user)) !== "off") return;
  const { key } = await ask("get", "/api/push/key", { as: user });
  if (key !== null) await subscribe(user, key);
}

async function subscribe(user: string, key: string): Promise<void> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await subscribed(pushManager, key);
  const { endpoint, keys } = subscription.toJSON();
  await ask("post", "/api/push/subscriptions", {
    as: user,
    body: { endpoint: endpoint ?? subscription.endpoint, keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" } },
  });
  await (await caches.open(KEPT)).put(WHO, new Response(user));
}

/** A key that is no longer ours stands in the way of a new subscription. */
async function subscribed(manager: PushManager, key: string): Promise<PushSubscription> {
  const asked = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await manager.subscribe(asked);
  } catch (error) {
    const old = error instanceof DOMException && error.name === "InvalidStateError" ? await manager.getSubscription() : null;
    if (old === null) throw error;
    await old.unsubscribe();
    return manager.subscribe(asked);
  }
}

async function current(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Where the service worker finds it, too. */
const KEPT = "push";
const WHO = "/push/user";

async function whoWantsIt(): Promise<string | undefined> {
  return (await caches.match(WHO))?.text();
}

async function forgetWho(): Promise<void> {
  await caches.delete(KEPT);
}
