import { useState } from "react";
import { kinds, typeInWords } from "./eventTypes";
import * as say from "./words";

/** Which events: all of them, or some kinds, or single types. In the form they are `which` and `types`. */
export function TypesFields({ given, wrong }: { given: readonly string[]; wrong: string | undefined }) {
  const [which, setWhich] = useState<"all" | "some">(given.length === 0 ? "all" : "some");
  return (
    <fieldset className="grid gap-1" aria-describedby={wrong === undefined ? undefined : "types-wrong"}>
      <legend className="mb-1 text-sm text-quiet">{say.itHearsOf}</legend>
      {(["all", "some"] as const).map((choice) => (
        <label key={choice} className="flex cursor-pointer items-center gap-3 py-1 pointer-coarse:py-2.5">
          <input
            type="radio"
            name="which"
            value={choice}
            className="size-5"
            checked={which === choice}
            onChange={() => {
              setWhich(choice);
            }}
          />
          {choice === "all" ? say.everythingHappening : say.onlySomeOfIt}
        </label>
      ))}
      {which === "all" ? null : (
        <div className="ml-8 grid gap-1">
          {kinds.map(({ kind, about, types }) => (
            <Kind key={kind} kind={kind} about={about} types={types} given={given} />
          ))}
        </div>
      )}
      {wrong === undefined ? null : (
        <p id="types-wrong" className="text-sm text-warn">
          {wrong}
        </p>
      )}
    </fieldset>
  );
}

function Kind({ kind, about, types, given }: { kind: string; about: string; types: readonly string[]; given: readonly string[] }) {
  const [isWhole, setWhole] = useState(given.includes(`${kind}.*`));
  return (
    <div>
      <label className="flex cursor-pointer items-center gap-3 py-1 pointer-coarse:py-2.5">
        <input
          type="checkbox"
          name="types"
          value={`${kind}.*`}
          className="size-5"
          checked={isWhole}
          onChange={(event) => {
            setWhole(event.target.checked);
          }}
        />
        {about}
      </label>
      {isWhole || types.length === 1 ? null : (
        <details className="ml-8" open={types.some((type) => given.includes(type))}>
          <summary className="cursor-pointer py-0.5 text-sm text-quiet pointer-coarse:py-2.5">{say.onlySomeOf(about)}</summary>
          {types.map((type) => (
            <label key={type} className="flex cursor-pointer items-center gap-3 py-0.5 text-sm pointer-coarse:py-3">
              <input
                type="checkbox"
                name="types"
                value={type}
                className="size-5"
                aria-label={`${about}: ${typeInWords(type)}`}
                defaultChecked={given.includes(type)}
              />
              {typeInWords(type)}
            </label>
          ))}
        </details>
      )}
    </div>
  );
}
