import type { TasksView } from "./membership";

/** What it means that a view has nothing in it. */
export function emptinessOf(view: TasksView, isNarrowed: boolean): { title: string; text: string } {
  if (isNarrowed) return { title: "Nothing matches.", text: "No open task here is found by this filter." };
  switch (view.name) {
    case "inbox":
      return { title: "Your inbox is empty.", text: "What comes to mind goes here first. Press q to add it." };
    case "today":
      return { title: "Nothing due today.", text: "Enjoy the day, or look at what is coming up." };
    case "upcoming":
      return { title: "Nothing planned.", text: "Tasks with a date appear here, day by day." };
    case "list":
      return { title: "This list is empty.", text: "Press q to add a task to it, or drag one here." };
    case "tag":
      return { title: "Nothing has this tag.", text: "Press t on a task to give it tags." };
    case "filter":
      return { title: "Nothing matches now.", text: "Tasks that this filter finds will appear here." };
  }
}
