import { useEffect, useEffectEvent, useState } from "react";
import { LiveStream, type Ears, type LiveState } from "./live";

/** The stream, for as long as the component is on the page; says how the connection is. */
export function useLive(ears: Omit<Ears, "onState">): LiveState {
  const [stream] = useState(() => new LiveStream());
  const [state, setState] = useState<LiveState>("connecting");
  const onStart = useEffectEvent(ears.onStart);
  const onResume = useEffectEvent(ears.onResume);
  const onChange = useEffectEvent(ears.onChange);
  const onReload = useEffectEvent(ears.onReload);
  const onSignedOut = useEffectEvent(ears.onSignedOut);

  useEffect(
    () => stream.listen({ onState: setState, onStart, onResume, onChange, onReload, onSignedOut }),
    [stream],
  );
  return state;
}
