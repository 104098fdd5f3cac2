/** The service worker, and whether it has a newer page than this one. */
import { useEffect, useState } from "react";

/** How often a page that stays open asks whether there is a newer one. */
const EVERY = 60 * 60_000;

/** True once a newer version is there: opening the page again gets it. */
export function useNewVersion(): boolean {
  const [newer, setNewer] = useState(false);
  useEffect(() => {
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    const over = new AbortController();
    const start = () => {
      register(over.signal, () => {
        setNewer(true);
      }).catch((error: unknown) => {
        console.warn("The page is not kept for when there is no network:", error);
        // Most likely there is none already.
        window.addEventListener("online", start, { once: true, signal: over.signal });
      });
    };
    start();
    return () => {
      over.abort();
    };
  }, []);
  return newer;
}

async function register(over: AbortSignal, onNewer: () => void): Promise<void> {
  const registration = await navigator.serviceWorker.register("/worker.js");
  if (over.aborted) return;
  const look = () => {
    if (registration.waiting !== null) void isNewer(registration.waiting).then((newer) => {
      if (newer && !over.aborted) onNewer();
    });
  };
  registration.addEventListener(
    "updatefound",
    () => registration.installing?.addEventListener("statechange", look, { signal: over }),
    { signal: over },
  );
  look();
  let asked = Date.now();
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.hidden || Date.now() - asked < EVERY) return;
      asked = Date.now();
      registration.update().catch(() => undefined); // there is no network; the next time will do
    },
    { signal: over },
  );
}

/** One that waits beside a page of its own build takes its place without a word. */
function isNewer(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<{ newer: boolean }>) => {
      resolve(data.newer);
    };
    worker.postMessage({ script: thisScript() }, [port2]);
  });
}

/** The page's own first script has its build in its name. */
function thisScript(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return script === null ? "" : new URL(script.src).pathname;
}
