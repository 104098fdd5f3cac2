import { useRef } from "react";
import { useOwner } from "../owner";
import { Refused } from "../SettingsForm";
import type { Theme } from "../types";
import { useOnline } from "../../../ui/useOnline";
import { useProfileChange } from "./profileChange";
import * as say from "./words";

const themes: readonly { theme: Theme; name: string; explanation: string }[] = [
  { theme: "system", name: say.asThisDevice, explanation: say.howTheDevice },
  { theme: "light", name: say.light, explanation: say.howLight },
  { theme: "dark", name: say.dark, explanation: say.howDark },
];

/** The page changes at once. If the server does not take it, it changes back. */
export function Appearance() {
  const { user, onUser } = useOwner();
  const online = useOnline();
  const kept = useRef(user.theme); // what the server has
  const change = useProfileChange(() => {
    onUser({ ...user, theme: kept.current });
  });
  const choose = (theme: Theme) => {
    if (change.isPending || !online || theme === user.theme) return;
    kept.current = user.theme;
    onUser({ ...user, theme });
    change.submit({ theme });
  };
  return (
    <div className="grid max-w-xl gap-4">
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-sm text-quiet">{say.theme}</legend>
        {themes.map(({ theme, name, explanation }) => (
          <label
            key={theme}
            className="flex cursor-pointer items-start gap-3 rounded-md border border-line p-3 hover:border-edge has-checked:border-accent has-checked:bg-raised has-disabled:cursor-not-allowed"
          >
            <input
              type="radio"
              name="theme"
              value={theme}
              aria-label={name}
              className="mt-1 size-4"
              checked={user.theme === theme}
              disabled={!online}
              aria-describedby={`theme-${theme}`}
              onChange={() => {
                choose(theme);
              }}
            />
            <span>
              {name}
              <span id={`theme-${theme}`} className="block text-sm text-quiet">
                {explanation}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <Refused error={change.error} />
      <p role="status" className="text-sm text-quiet empty:hidden">
        {change.isSuccess ? say.savedForAllDevices : null}
      </p>
    </div>
  );
}
