// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { patiently } from "./patiently";

test("a part that cannot be fetched is asked for again when the network is back, and until then is no error", async () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new TypeError("no network")).mockResolvedValue("the part");

  const part = patiently(load)();
  await vi.waitFor(() => {
    expect(warned).toHaveBeenCalledOnce();
  });
  expect(load).toHaveBeenCalledOnce();
  window.dispatchEvent(new Event("online"));

  await expect(part).resolves.toBe("the part");
  window.dispatchEvent(new Event("focus"));
  expect(load).toHaveBeenCalledTimes(2);
  warned.mockRestore();
});
