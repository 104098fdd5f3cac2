/** What the push service brings while nobody looks at the page, and what people do with it (functions/notify/browsers.py). */
import * as say from "./words";

declare const self: ServiceWorkerGlobalScope;

interface Action {
  action: string;
  title: string;
  path: string;
  body: Record<string, unknown>;
}

export interface Pushed {
  id: string;
  user: string;
  tag: string;
  kind: string;
  title: string;
  body: string;
  task: string | null;
  actions: readonly Action[];
}

/** TypeScript knows no actions, and not that what was shown may be said once more. */
type Shown = NotificationOptions & { actions?: readonly { action: string; title: string }[]; renotify?: boolean };

export async function onPush(data: PushMessageData | null): Promise<void> {
  if (data !== null) await show(data.json() as Pushed);
}

async function show(pushed: Pushed, body = pushed.body): Promise<void> {
  const shown: Shown = {
    body,
    tag: pushed.tag,
    renotify: true,
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    data: pushed,
    actions: pushed.actions.map(({ action, title }) => ({ action, title })),
  };
  await self.registration.showNotification(pushed.title, shown);
}

export async function onClick(notification: Notification, chosen: string): Promise<void> {
  const pushed = notification.data as Pushed;
  notification.close();
  const action = pushed.actions.find((each) => each.action === chosen);
  if (action === undefined) {
    await Promise.all([look(pushed), seen(pushed)]);
    return;
  }
  const done = await ask(pushed, action.path, `${action.action}:${pushed.id}`, action.body);
  if (done) await seen(pushed);
  else await show(pushed, say.couldNotBeDone(action.title));
}

async function seen(pushed: Pushed): Promise<void> {
  await ask(pushed, `/api/notifications/${pushed.id}/read`, `read:${pushed.id}`);
}

/** Each is done once, however often it is clicked, and only for whom it was said to. */
async function ask({ user }: Pushed, path: string, key: string, body?: unknown): Promise<boolean> {
  const headers = { "content-type": "application/json", "idempotency-key": key, "if-user": user };
  try {
    const response = await fetch(path, { method: "POST", headers, body: body === undefined ? null : JSON.stringify(body) });
    return response.ok;
  } catch {
    return false; // there is no network
  }
}

/** A page that is open goes there by itself, with all that is typed on it. */
async function look(pushed: Pushed): Promise<void> {
  const address = pushed.kind === "webhook" ? "/settings/webhooks" : pushed.task === null ? "/today" : `/today?task=${pushed.task}`;
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = open.find((client) => client.focused) ?? open.find((client) => client.visibilityState === "visible") ?? open[0];
  if (page === undefined) {
    await self.clients.openWindow(address);
    return;
  }
  page.postMessage({ goTo: address, user: pushed.user });
  await page.focus();
}

/** The push service wants another address for this browser. Where nobody is logged in any more, that is the end of it. */
export async function onLost({ oldSubscription }: PushSubscriptionChangeEvent): Promise<void> {
  const key = oldSubscription?.options.applicationServerKey;
  const user = await whoWantsIt();
  if (!key || user === undefined) return; // the page looks after it when it is opened next
  const subscription = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const headers = { "content-type": "application/json", "if-user": user };
  const response = await fetch("/api/push/subscriptions", { method: "POST", headers, body: JSON.stringify(subscription) });
  if (!response.ok) await subscription.unsubscribe();
}

/** As the page has left it here (api/push.ts). */
async function whoWantsIt(): Promise<string | undefined> {
  return (await caches.match("/push/user"))?.text();
}
