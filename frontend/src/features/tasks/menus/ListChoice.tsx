import type { Task } from "../../../api/types";
import { useLists } from "../../../data/DataContext";
import { ColorDot } from "../../../ui/ColorDot";
import type { Doing } from "../doing";
import { nameOfList } from "../../../data/names";
import { Choices } from "./Choices";
import * as say from "./words";

export function ListChoice({ tasks, doing, onDone }: { tasks: readonly Task[]; doing: Doing; onDone: () => void }) {
  const lists = useLists();
  const choices = lists
    .filter(({ id }) => tasks.some(({ list }) => list !== id))
    .map((list) => ({ id: list.id, name: nameOfList(list), mark: <ColorDot color={list.color} /> }));
  return (
    <Choices
      label={say.list}
      choices={choices}
      nothing={say.noSuchList}
      onChoose={(list) => {
        doing.toList(tasks.map(({ id }) => id), list);
        onDone();
      }}
    />
  );
}
