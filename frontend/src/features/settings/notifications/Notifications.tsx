import { Loaded } from "../Loaded";
import { PreferencesForm } from "./PreferencesForm";
import { usePreferences } from "./preferences";
import { PushHere } from "./PushHere";
import { PushedBrowsers } from "./PushedBrowsers";
import * as say from "./words";

export default function Notifications() {
  const preferences = usePreferences();
  return (
    <div className="grid gap-10">
      <section aria-labelledby="push-here" className="grid max-w-xl gap-3">
        <h3 id="push-here" className="font-display text-lg">
          {say.pushToThisBrowser}
        </h3>
        <PushHere />
        <PushedBrowsers />
      </section>
      <section aria-labelledby="what-and-when" className="grid gap-3">
        <h3 id="what-and-when" className="font-display text-lg">
          {say.whatAndWhen}
        </h3>
        <Loaded query={preferences} what={say.yourPreferences}>
          {(known) => <PreferencesForm preferences={known} />}
        </Loaded>
      </section>
    </div>
  );
}
