// A service worker that opens a sealed push (RFC 8291) by itself, and one that shows a push it is given.

const bytes = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), each => each.charCodeAt(0));
const text = words => new TextEncoder().encode(words);
const P256 = { name: "ECDH", namedCurve: "P-256" };

async function derived(secret, salt, info, length) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, 8 * length));
}

async function opened({ body, keys, key }) {
  const all = bytes(body);
  const size = all[20];
  const [salt, sender, sealed] = [all.slice(0, 16), all.slice(21, 21 + size), all.slice(21 + size)];
  const mine = await crypto.subtle.importKey("jwk", key, P256, false, ["deriveBits"]);
  const theirs = await crypto.subtle.importKey("raw", sender, P256, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
  const whose = new Uint8Array([...text("WebPush: info\0"), ...bytes(keys.p256dh), ...sender]);
  const secret = await derived(shared, bytes(keys.auth), whose, 32);
  const nonce = await derived(secret, salt, text("Content-Encoding: nonce\0"), 12);
  const content = await derived(secret, salt, text("Content-Encoding: aes128gcm\0"), 16);
  const lock = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["decrypt"]);
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, lock, sealed));
  return new TextDecoder().decode(plain.slice(0, plain.lastIndexOf(2)));
}

self.addEventListener("message", event => event.waitUntil(opened(event.data).then(said => event.source.postMessage(said))));

self.addEventListener("push", event => event.waitUntil(shown(event.data.json())));

async function shown({ title, body, tag, actions }) {
  await self.registration.showNotification(title, { body, tag, actions });
  const all = (await self.registration.getNotifications()).map(each => ({
    title: each.title, body: each.body, tag: each.tag, actions: each.actions.map(({ action }) => action),
  }));
  for (const page of await self.clients.matchAll({ includeUncontrolled: true })) page.postMessage(all);
}
