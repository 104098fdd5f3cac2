import { Plus } from "lucide-react";
import { useId, useRef } from "react";
import type { Task } from "../../api/types";
import { useData, useTags } from "../../data/DataContext";
import { organizeActs } from "../../data/organizeActs";
import { useActs } from "../../data/useActs";
import { Chip } from "../../ui/Chip";
import { IconButton } from "../../ui/IconButton";
import { Picker } from "../../ui/Picker";
import { useChanging } from "./changing";
import * as say from "./words";

export function TagsField({ task }: { task: Task }) {
  const { acts } = useData();
  const { addTag } = useActs(organizeActs);
  const { scope, change } = useChanging();
  const tags = useTags();
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  // Said as what is added and what is taken off: what another device did meanwhile stays.
  const become = (chosen: readonly string[]) => {
    if (scope === "future") {
      change({ tags: [...chosen] });
      return;
    }
    const add_tags = chosen.filter((tag) => !task.tags.includes(tag));
    const remove_tags = task.tags.filter((tag) => !chosen.includes(tag));
    acts.changeMany([task.id], { ...(add_tags.length > 0 && { add_tags }), ...(remove_tags.length > 0 && { remove_tags }) });
  };
  const make = (name: string) => {
    const made = addTag({ name }).shows[0];
    if (made !== undefined) become([...task.tags, made.id]);
  };
  return (
    <div className="col-span-full grid gap-1">
      <span id={id} className="text-sm text-quiet">{say.tags}</span>
      <div role="group" aria-labelledby={id} className="flex flex-wrap items-center gap-1.5">
        {tags
          .filter((tag) => task.tags.includes(tag.id))
          .map((tag) => (
            <Chip
              key={tag.id}
              color={tag.color}
              removeLabel={say.removeTag(tag.name)}
              onRemove={() => {
                become(task.tags.filter((other) => other !== tag.id));
                opener.current?.focus();
              }}
            >
              {tag.name}
            </Chip>
          ))}
        <Picker
          many
          label={say.tags}
          placeholder={say.findOrMakeTag}
          trigger={<IconButton ref={opener} label={say.addTags}><Plus aria-hidden="true" /></IconButton>}
          choices={tags.map((tag) => ({ value: tag.id, label: tag.name, color: tag.color }))}
          value={task.tags}
          onChange={become}
          onCreate={make}
        />
      </div>
    </div>
  );
}
