import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isPassing } from "../../api/problem";
import { OpenKey } from "./openKey";

interface Options<Asked, Got> {
  /** `headers` hold the Idempotency-Key. */
  send: (asked: Asked, headers: Record<string, string>) => Promise<Got>;
  onDone?: (got: Got, asked: Asked) => void | Promise<void>;
  onFailed?: (error: Error, asked: Asked) => void;
  /** The server knows what it has done already by the key, or asking twice is asking once: trying again is safe. */
  repeatable?: boolean;
}

export type Submission<Asked, Got> = UseMutationResult<Got, Error, Asked> & { submit: (asked: Asked) => void };

/** Something a person asks for with a click: it is under way once, however often they click. */
export function useSubmission<Asked, Got>({ send, onDone, onFailed, repeatable = false }: Options<Asked, Got>): Submission<Asked, Got> {
  const [key] = useState(() => new OpenKey());
  const isUnderWay = useRef(false); // known before anything is drawn anew
  const mutation = useMutation<Got, Error, Asked>({
    mutationFn: (asked) => send(asked, { "idempotency-key": key.for(asked) }),
    retry: (failures, error) => repeatable && isPassing(error) && failures < 2,
    onSuccess: (got, asked) => onDone?.(got, asked),
    onError: (error, asked) => onFailed?.(error, asked),
    onSettled: (_, error) => {
      key.settle(error);
      isUnderWay.current = false;
    },
  });
  const submit = (asked: Asked) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    mutation.mutate(asked);
  };
  return { ...mutation, submit };
}
