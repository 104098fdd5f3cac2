import { Menu } from "@base-ui/react/menu";
import type { Priority, Task } from "../../../api/types";
import { useData } from "../../../data/DataContext";
import { Kbd } from "../../../ui/Kbd";
import { priorityNames } from "../../../data/names";
import { byNumber } from "../groups";
import { Icon } from "../../../ui/Icon";

const colours: Readonly<Record<Priority, string>> = { urgent: "text-urgent", high: "text-high", medium: "text-medium", low: "text-low", none: "text-quiet" };

export function PriorityChoice({ tasks }: { tasks: readonly Task[] }) {
  const { acts } = useData();
  const ids = tasks.map(({ id }) => id);
  const common = tasks.every(({ priority }) => priority === tasks[0]?.priority) ? tasks[0]?.priority : undefined;
  return (
    <Menu.RadioGroup
      value={common}
      onValueChange={(priority: Priority) => {
        acts.changeMany(ids, { priority });
      }}
    >
      {byNumber.map(({ key, priority }) => (
        <Menu.RadioItem key={key} data-key={key} value={priority} closeOnClick className="choice data-checked:font-semibold">
          <Icon name="flag" className={`size-4 ${colours[priority]}`} />
          <span className="min-w-0 flex-1">{priorityNames[priority]}</span>
          <Kbd keys={key} />
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
