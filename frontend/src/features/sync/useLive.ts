import { useEffect, useEffectEvent, useState } from "react";
import { LiveStream, taskora, type Ears, type LiveState } from "./live";

/** The stream, for as long as the component is on the page and there is something to keep current; says how the connection is. */
export function useLive(isReady: boolean, user: string, ears: Omit<Ears, "onState">): LiveState {
  const [stream] = useState(() => new LiveStream(taskora(user)));
  const [state, setState] = useState<LiveState>("connecting");
  const since = useEffectEvent(ears.since);
  const onStart = useEffectEvent(ears.onStart);
  const onResume = useEffectEvent(ears.onResume);
  const onChange = useEffectEvent(ears.onChange);
  const onReload = useEffectEvent(ears.onReload);
  const onSignedOut = useEffectEvent(ears.onSignedOut);

  useEffect(() => {
    if (isReady) return stream.listen({ since, onState: setState, onStart, onResume, onChange, onReload, onSignedOut });
  }, [stream, isReady]);
  return state;
}
