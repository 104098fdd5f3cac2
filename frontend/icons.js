// Draws the mark of public/mark.svg at the sizes that an installed app needs: `node icons.js`, when the mark has changed.
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const GREEN = [0x1d, 0x6b, 0x5a];
const PAPER = [0xfa, 0xf8, 0xf3];
const TICK = [[9, 16.5], [14, 21.5], [23.5, 10.5]];
const STROKE = 3.2;
const BOX = 32;
const FINE = 4; // points along each side of a pixel

/** How far a point is from the line between two others. */
function distance([x, y], [ax, ay], [bx, by]) {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

const isOnTick = (point) => TICK.slice(1).some((end, index) => distance(point, TICK[index], end) <= STROKE / 2);

function isInBox([x, y], radius) {
  const [dx, dy] = [x, y].map((place) => Math.max(radius - place, place - (BOX - radius), 0));
  return Math.hypot(dx, dy) <= radius;
}

/** `shrink`: of the tick, around the middle. `radius`: of the box's corners. */
const looks = {
  any: ([x, y]) => (isOnTick([x, y]) ? PAPER : isInBox([x, y], 8) ? GREEN : null),
  // Cut to whatever shape: the box goes to the edge, and the tick stays well inside.
  maskable: (point) => (isOnTick(point.map((place) => 16 + (place - 16) / 0.72)) ? PAPER : GREEN),
  // Shown in one colour by the system: only what is drawn counts.
  badge: (point) => (isOnTick(point.map((place) => 16 + (place - 16) / 1.35)) ? [255, 255, 255] : null),
};

function pixel(look, size, column, row) {
  const sum = [0, 0, 0, 0];
  for (let fine = 0; fine < FINE ** 2; fine++) {
    const point = [column + ((fine % FINE) + 0.5) / FINE, row + (Math.floor(fine / FINE) + 0.5) / FINE];
    const colour = look(point.map((place) => (place * BOX) / size));
    if (colour !== null) [...colour, 255].forEach((part, index) => (sum[index] += part));
  }
  const drawn = sum[3] / 255;
  return [...sum.slice(0, 3).map((part) => (drawn === 0 ? 0 : Math.round(part / drawn))), Math.round(sum[3] / FINE ** 2)];
}

function png(size, look) {
  const rows = Array.from({ length: size }, (_, row) => [0, ...Array.from({ length: size }, (_, column) => pixel(look, size, column, row)).flat()]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6], 8); // 8 bits each of red, green, blue and opacity
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.from(rows.flat()), { level: 9 })), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name), content]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(content.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

writeFileSync("public/icon-192.png", png(192, looks.any));
writeFileSync("public/icon-512.png", png(512, looks.any));
writeFileSync("public/icon-maskable-512.png", png(512, looks.maskable));
writeFileSync("public/apple-touch-icon.png", png(180, looks.maskable));
writeFileSync("public/badge-96.png", png(96, looks.badge));
