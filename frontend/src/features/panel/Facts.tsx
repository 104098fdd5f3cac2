import type { Task } from "../../api/types";
import { DueField } from "./DueField";
import { ParentField } from "./ParentField";
import { ListField, PriorityField, StatusField } from "./PlainFields";
import { RepeatField } from "./RepeatField";
import { StartField } from "./StartField";
import { TagsField } from "./TagsField";

/** Everything about a task that has few words. */
export function Facts({ task }: { task: Task }) {
  return (
    <div className="grid grid-cols-1 gap-3 pb-4 min-[22rem]:grid-cols-2">
      <DueField task={task} />
      <StatusField task={task} />
      <PriorityField task={task} />
      <TagsField task={task} />
      <ListField task={task} />
      <ParentField task={task} />
      <StartField task={task} />
      <RepeatField task={task} />
    </div>
  );
}
