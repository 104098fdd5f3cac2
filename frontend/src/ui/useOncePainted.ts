import { startTransition, useEffect, useState } from "react";
import { whenPainted } from "../later";

/** A value, once what it changed is on the screen: until then the one before; undefined at first. */
export function useOncePainted<T>(value: T): T | undefined {
  const [painted, setPainted] = useState<T>();
  useEffect(
    () =>
      whenPainted(() => {
        startTransition(() => {
          setPainted(value);
        });
      }),
    [value],
  );
  return painted;
}
