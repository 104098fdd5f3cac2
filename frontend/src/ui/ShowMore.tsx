import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "./Button";
import { OutOfReach } from "./OutOfReach";
import * as say from "./words";

interface Props {
  label: string;
  /** Settles when it has come, or could not. Without a connection it waits for one. */
  onMore: () => Promise<unknown>;
  isOutOfReach: boolean;
  /** Why it could not be had the last time. */
  wrong?: string | null;
  /** Also when somebody gets there; the button is for those who go by keys. */
  comesByItself?: boolean;
  kind?: "plain" | "quiet";
}

/** The way to what is further back in a long list. */
export function ShowMore({ label, onMore, isOutOfReach, wrong = null, comesByItself = false, kind = "plain" }: Props) {
  const [isAsked, setAsked] = useState(false);
  const end = useRef<HTMLDivElement>(null);
  const ask = () => {
    setAsked(true);
    void onMore().finally(() => {
      setAsked(false);
    });
  };
  const arrive = useEffectEvent(ask);
  useEffect(() => {
    if (!comesByItself || isAsked || end.current === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) arrive();
    });
    observer.observe(end.current);
    return () => {
      observer.disconnect();
    };
  }, [comesByItself, isAsked]);
  const isWaiting = isAsked && isOutOfReach;
  return (
    <div ref={end} className="grid justify-items-start gap-2">
      {wrong === null || isAsked ? null : (
        <p role="alert" className="text-sm text-warn">
          {wrong}
        </p>
      )}
      <Button kind={kind} busy={isAsked} onClick={ask}>
        {isAsked && !isWaiting ? say.loadingMore : label}
      </Button>
      {isWaiting ? <OutOfReach what={say.more} isPart /> : null}
    </div>
  );
}
