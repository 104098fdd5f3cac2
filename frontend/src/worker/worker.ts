/** Beside the page, and there when it is closed: keeps its files for when there is no network, and shows what is pushed. */
import { answer, isOfThisBuild, keepFiles, removeOldFiles } from "./files";
import { onClick, onLost, onPush } from "./pushed";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOldFiles().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const answered = answer(event.request);
  if (answered !== null) event.respondWith(answered);
});

/** A page asks, by the script that it runs, whether a newer one is ready. That of this build has nothing to wait for. */
self.addEventListener("message", (event) => {
  const { script } = event.data as { script: string };
  const newer = !isOfThisBuild(script);
  event.ports[0]?.postMessage({ newer });
  if (!newer) event.waitUntil(self.skipWaiting());
});

self.addEventListener("push", (event) => {
  event.waitUntil(onPush(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.waitUntil(onClick(event.notification, event.action));
});

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(onLost(event));
});
