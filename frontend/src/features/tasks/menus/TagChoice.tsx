import type { Task } from "../../../api/types";
import { useData, useKnown, useTags } from "../../../data/DataContext";
import { organizeActs } from "../../../data/organizeActs";
import { useActs } from "../../../data/useActs";
import { ColorDot } from "../../../ui/ColorDot";
import { Choices } from "./Choices";
import * as say from "./words";

/** Each choice is added to all, or taken off all that have it. */
export function TagChoice({ tasks }: { tasks: readonly Task[] }) {
  const { acts } = useData();
  const { addTag } = useActs(organizeActs);
  const tags = useTags();
  const ids = tasks.map(({ id }) => id);
  const had = useKnown(
    (known) => ids.map((id) => known.task.get(id)?.tags ?? []),
    (one, other) => one.every((those, place) => those === other[place]),
  );
  const isOn = (tag: string) => {
    const count = had.filter((those) => those.includes(tag)).length;
    return count === had.length ? true : count === 0 ? false : null;
  };
  return (
    <Choices
      label={say.tag}
      choices={tags.map(({ id, name, color }) => ({ id, name, mark: <ColorDot color={color} />, isOn: isOn(id) }))}
      nothing={say.noSuchTag}
      onChoose={(tag) => {
        acts.changeMany(ids, isOn(tag) === true ? { remove_tags: [tag] } : { add_tags: [tag] });
      }}
      onMake={(name) => {
        const [made] = addTag({ name }).shows;
        if (made !== undefined) acts.changeMany(ids, { add_tags: [made.id] });
      }}
    />
  );
}
