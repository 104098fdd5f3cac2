import type { Task } from "../../../api/types";
import { useData, useLists } from "../../../data/DataContext";
import { ColorDot } from "../../../ui/ColorDot";
import { nameOfList } from "../groups";
import { Choices } from "./Choices";

export function ListChoice({ tasks, onDone }: { tasks: readonly Task[]; onDone: () => void }) {
  const { acts } = useData();
  const lists = useLists();
  const choices = lists
    .filter(({ id }) => tasks.some(({ list }) => list !== id))
    .map((list) => ({ id: list.id, name: nameOfList(list), mark: <ColorDot color={list.color} /> }));
  return (
    <Choices
      label="List"
      choices={choices}
      nothing="There is no such list."
      onChoose={(list) => {
        acts.move(tasks.map(({ id }) => id), { list, parent: null, at: "last" });
        onDone();
      }}
    />
  );
}
