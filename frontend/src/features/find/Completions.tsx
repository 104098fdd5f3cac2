import { AtSign } from "lucide-react";
import { ColorDot } from "../../ui/ColorDot";
import { Suggestions, type Suggesting } from "../../ui/suggesting";
import type { Completion } from "./completion";
import * as say from "./words";

interface Props {
  list: Suggesting["list"];
  options: readonly Completion[];
  choose: (at: number) => void;
}

export function Completions({ list, options, choose }: Props) {
  return (
    <Suggestions
      list={list}
      label={say.completions}
      onChoose={choose}
      options={options.map(({ key, kind, shown, hint, color }) => ({
        key: `${kind} ${key}`,
        shown: (
          <>
            {kind === "list" ? <ColorDot color={color} /> : null}
            {kind === "tag" ? <AtSign aria-hidden="true" className="size-4 text-quiet" /> : null}
            <span className={`min-w-0 flex-1 truncate ${kind === "sign" ? "font-mono" : ""}`}>{shown}</span>
            <span className="truncate text-sm text-quiet">{hint}</span>
          </>
        ),
      }))}
    />
  );
}
