/** The page's files, kept so that it opens without a network. What people wrote is never among them: /api is not touched. */

/** Written in when the page is built: its files, and a name that is another one for other files. */
declare const __FILES__: readonly string[];
declare const __BUILD__: string;
declare const self: ServiceWorkerGlobalScope;

const CACHES = "page-";
const MINE = `${CACHES}${__BUILD__}`;
const PAGE = "/index.html";
/** A network that is worse than none: after this long the page that is kept opens instead. */
const PATIENCE = 3_000;

export async function keepFiles(): Promise<void> {
  const cache = await caches.open(MINE);
  await cache.addAll(__FILES__.map((file) => new Request(file, { cache: file.startsWith("/assets/") ? "default" : "reload" })));
}

/** A tab may still be open that runs the build before this one, and ask for a part of it that it has not needed yet. */
export async function removeOldFiles(): Promise<void> {
  const kept = (await caches.keys()).filter((name) => name.startsWith(CACHES) && name !== MINE);
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
}

export const isOfThisBuild = (script: string): boolean => __FILES__.includes(script);

/** Null: the browser asks the network itself, as if nobody stood between. */
export function answer(request: Request): Promise<Response> | null {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || /^\/api(\/|$)/.test(url.pathname)) return null;
  if (request.mode === "navigate") return opened(request);
  return url.pathname.startsWith("/assets/") || __FILES__.includes(url.pathname) ? kept(request) : null;
}

/** Whoever is online gets the newest page; whoever is not, the one of this build, at whatever address. */
async function opened(request: Request): Promise<Response> {
  const page = await caches.open(MINE).then((cache) => cache.match(PAGE));
  if (page === undefined) return fetch(request);
  const tooLong = new Promise<Response>((resolve) => {
    setTimeout(resolve, PATIENCE, page.clone());
  });
  try {
    const response = await Promise.race([fetch(request), tooLong]);
    return response.status >= 500 ? page : response;
  } catch {
    return page; // there is no network
  }
}

async function kept(request: Request): Promise<Response> {
  const mine = await caches.open(MINE).then((cache) => cache.match(request.url));
  return mine ?? (await caches.match(request.url)) ?? fetch(request);
}
