import { asUuid } from "./newId";

/** A UUIDv5: the id of what another thing has at most one of, and so the same wherever it is made. */
export function namedId(of: string, name: string): string {
  const parent = (of.replaceAll("-", "").match(/../g) ?? []).map((byte) => parseInt(byte, 16));
  const bytes = sha1([...parent, ...new TextEncoder().encode(name)]).slice(0, 16);
  bytes[6] = 0x50 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return asUuid(bytes);
}

/** That of browsers answers later, and not at all where a page is not secure. */
function sha1(message: readonly number[]): number[] {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  [...message, 0x80].forEach((byte, place) => { padded.setUint8(place, byte); });
  padded.setUint32(padded.byteLength - 4, message.length * 8);
  let digest = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let block = 0; block < padded.byteLength; block += 64) {
    const words = Array.from({ length: 16 }, (_, place) => padded.getUint32(block + place * 4));
    const word = (place: number) => words[place] ?? 0;
    for (let place = 16; place < 80; place++) words.push(turned(word(place - 3) ^ word(place - 8) ^ word(place - 14) ^ word(place - 16), 1));
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = digest;
    words.forEach((one, place) => {
      const [mixed, constant] =
        place < 20 ? [(b & c) | (~b & d), 0x5a827999] : place < 40 ? [b ^ c ^ d, 0x6ed9eba1] : place < 60 ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc] : [b ^ c ^ d, 0xca62c1d6];
      [a, b, c, d, e] = [turned(a, 5) + mixed + e + constant + one, a, turned(b, 30), c, d];
    });
    const turn = [a, b, c, d, e];
    digest = digest.map((before, place) => (before + (turn[place] ?? 0)) >>> 0);
  }
  return digest.flatMap((word) => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]);
}

const turned = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
