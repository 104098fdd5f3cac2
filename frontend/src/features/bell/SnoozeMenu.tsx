import { usePerson } from "../../data/DataContext";
import { laterAt } from "../../data/instants";
import { Button } from "../../ui/Button";
import { SnoozeMenu as Menu } from "../../ui/SnoozeMenu";
import * as say from "./words";

interface Props {
  /** Of the task. */
  title: string;
  onChoose: (until: ReturnType<typeof laterAt>) => void;
}

/** Not now: for a while, until tomorrow, or until a time of one's own. */
export function SnoozeMenu({ title, onChoose }: Props) {
  const { today, weekStart, locale, zone } = usePerson();
  const name = say.snoozeTitle(title);
  return (
    <Menu
      title={name}
      trigger={<Button aria-label={name}>{say.snooze}</Button>}
      today={today}
      weekStart={weekStart}
      locale={locale}
      onChoose={(later) => {
        onChoose(laterAt(later, zone));
      }}
    />
  );
}
