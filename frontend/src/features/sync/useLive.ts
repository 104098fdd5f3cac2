import { useEffect, useEffectEvent, useRef, useState } from "react";
import { usePart } from "../../ui/usePart";
import type { Ears, LiveState, LiveStream } from "./live";

// There is nothing to keep current before the tasks are there.
const load = () => import("./live");

/** The stream, for as long as the component is on the page and there is something to keep current; says how the connection is. */
export function useLive(isReady: boolean, user: string, ears: Omit<Ears, "onState">): LiveState {
  const live = usePart(load, isReady);
  const stream = useRef<LiveStream>(null);
  const [state, setState] = useState<LiveState>("connecting");
  const since = useEffectEvent(ears.since);
  const onStart = useEffectEvent(ears.onStart);
  const onResume = useEffectEvent(ears.onResume);
  const onChange = useEffectEvent(ears.onChange);
  const onReload = useEffectEvent(ears.onReload);
  const onSignedOut = useEffectEvent(ears.onSignedOut);

  useEffect(() => {
    if (!isReady || live === null) return;
    stream.current ??= new live.LiveStream(live.taskora(user));
    return stream.current.listen({ since, onState: setState, onStart, onResume, onChange, onReload, onSignedOut });
  }, [live, isReady, user]);
  return state;
}
