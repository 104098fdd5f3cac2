import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { AddTask } from "./AddTask";
import { NotAdded, type Refused } from "./NotAdded";
import { leaveView, useAdd } from "./queries";
import { TaskList } from "./TaskList";
import { viewNames, type View } from "./views";

export function Tasks({ view }: { view: View }) {
  const client = useQueryClient();
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const discard = (one: Refused) => {
    setRefused((before) => before.filter((other) => other !== one));
  };
  const add = useAdd({
    onRefused: (error, wish) => {
      setRefused((before) => [...before, { error, wish }]);
    },
  });

  useEffect(
    () => () => {
      leaveView(client);
    },
    [client, view],
  );

  return (
    <>
      <div hidden={view !== "open"}>
        <AddTask onAdd={add.mutate} />
      </div>
      <NotAdded
        refused={refused}
        onDiscard={discard}
        onRetry={(one) => {
          discard(one);
          add.mutate(one.wish);
        }}
      />
      <h1 className="mt-7 mb-2 font-display text-2xl">{viewNames[view]}</h1>
      <TaskList key={view} view={view} />
    </>
  );
}
