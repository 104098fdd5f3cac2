import { useState } from "react";

interface Typed {
  text: string;
  setText: (text: string) => void;
  /** Hand the text on; what comes back of it is not taken for news. */
  tell: (text: string) => void;
}

/** What is being typed goes ahead of the value that it becomes; a value that came otherwise takes its place. */
export function useTyped(value: string, onChange: (value: string) => void): Typed {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== told) {
      setText(value);
      setTold(value);
    }
  }
  return {
    text,
    setText,
    tell: (next) => {
      if (next === told) return;
      setTold(next);
      onChange(next);
    },
  };
}
