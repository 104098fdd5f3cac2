import { useState } from "react";
import { faultsOf, Problem } from "../../../api/problem";
import { Button } from "../../../ui/Button";
import { SettingsForm } from "../SettingsForm";
import type { Preferences, WantedPreferences } from "../types";
import { ChannelTable } from "./Channels";
import { DefaultReminders } from "./DefaultReminders";
import { usePreferencesChange, wantedOf } from "./preferences";
import { QuietHours } from "./QuietHours";
import { TimeSwitch } from "./TimeSwitch";
import * as say from "./words";

export function PreferencesForm({ preferences }: { preferences: Preferences }) {
  const [wanted, setWanted] = useState(() => wantedOf(preferences));
  const [mine, setMine] = useState<WantedPreferences | null>(null); // what was not saved, because another device was first
  const change = usePreferencesChange((current, refused) => {
    setWanted(wantedOf(current));
    setMine(refused);
  });
  const set = (part: Partial<WantedPreferences>) => {
    if (change.isSuccess) change.reset();
    setWanted({ ...wanted, ...part });
  };
  const isStale = change.error instanceof Problem && change.error.status === 412;
  const wrong = faultsOf(change.error);
  const wrongOf = (field: string) => Object.entries(wrong).find(([name]) => name.startsWith(field))?.[1];
  return (
    <SettingsForm
      label={say.notifications}
      submit={say.save}
      asking={isStale ? { ...change, error: null } : change}
      done={say.saved}
      onSubmit={() => {
        setMine(null);
        change.submit({ wanted, version: preferences.version });
      }}
    >
      <ChannelTable
        value={wanted.channels}
        onChange={(channels) => {
          set({ channels });
        }}
      />
      <QuietHours
        value={wanted.quiet_hours}
        wrong={wrongOf("quiet_hours")}
        onChange={(quiet_hours) => {
          set({ quiet_hours });
        }}
      />
      <TimeSwitch
        label={say.dailyDigest}
        hint={say.whatDaily}
        at={say.dailyDigestAt}
        usual="07:30"
        value={wanted.daily_digest}
        wrong={wrongOf("daily_digest")}
        onChange={(daily_digest) => {
          set({ daily_digest });
        }}
      />
      <TimeSwitch
        label={say.overdueDigest}
        hint={say.whatOverdue}
        at={say.overdueDigestAt}
        usual="17:00"
        value={wanted.overdue_digest}
        wrong={wrongOf("overdue_digest")}
        onChange={(overdue_digest) => {
          set({ overdue_digest });
        }}
      />
      <DefaultReminders
        value={wanted.default_reminders}
        given={preferences.default_reminders}
        onChange={(default_reminders) => {
          set({ default_reminders });
        }}
      />
      <div role="alert" className="empty:hidden">
        {mine === null ? null : (
          <div className="grid justify-items-start gap-2 rounded-md border-l-4 border-warn bg-raised px-3 py-2">
            <p>{say.changedElsewhere}</p>
            <Button
              onClick={() => {
                setWanted(mine);
                setMine(null);
              }}
            >
              {say.showMineAgain}
            </Button>
          </div>
        )}
      </div>
    </SettingsForm>
  );
}
