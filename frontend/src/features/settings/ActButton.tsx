import type { ComponentProps } from "react";
import { Button } from "../../ui/Button";
import { useOnline } from "../../ui/useOnline";

/** A button that asks the server for something: without a connection it keeps its place and does nothing. */
export function ActButton({ busy = false, ...rest }: ComponentProps<typeof Button>) {
  const online = useOnline();
  return <Button busy={busy || !online} {...rest} />;
}
