import type { Task } from "../../../api/types";
import { useData, useLists } from "../../../data/DataContext";
import { ColorDot } from "../../../ui/ColorDot";
import { nameOfList } from "../groups";
import { outermost } from "../tree";
import { Choices } from "./Choices";

export function ListChoice({ tasks, onDone }: { tasks: readonly Task[]; onDone: () => void }) {
  const { acts, known } = useData();
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
        // What is part of another one goes along with it.
        const ids = tasks.map(({ id }) => id);
        acts.move(outermost(ids, (id) => known().task.get(id)), { list, parent: null, at: "last" });
        onDone();
      }}
    />
  );
}
