import { QuickAddBox } from "../features/capture/QuickAddBox";
import { TaskPanel } from "../features/panel/TaskPanel";

const adderTo = (parent: string) => <QuickAddBox place={{ parent }} />;

/** The panel of a task; its subtasks are added as tasks are anywhere. */
export const OpenTask = ({ id }: { id: string }) => <TaskPanel id={id} adderTo={adderTo} />;
