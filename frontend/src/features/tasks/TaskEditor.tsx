import { useRef, useEffect } from "react";
import { sentence } from "../../api/problem";
import type { Priority, Task } from "../../api/types";
import type { TaskPatch } from "./patch";
import { Button } from "../../ui/Button";
import { Field, TextField } from "../../ui/Field";
import { Refusal } from "../../ui/Refusal";
import { boxesOf, dueOf, type DueBoxes } from "./due";
import { DueFields, PriorityField, priorities } from "./fields";
import { ChangedMeanwhile, isGone } from "./queries";

export interface Entry {
  title: string;
  notes: string;
  priority: Priority;
  due: DueBoxes;
}

export const entryOf = (task: Task): Entry => ({
  title: task.title,
  notes: task.notes,
  priority: task.priority,
  due: boxesOf(task),
});

/** Only what this person changed. */
export function patchOf(entry: Entry, base: Task): TaskPatch {
  const wanted = { title: entry.title.trim(), notes: entry.notes, priority: entry.priority };
  const due = dueOf(entry.due, base);
  return {
    ...Object.fromEntries(Object.entries(wanted).filter(([field, value]) => base[field as keyof typeof wanted] !== value)),
    ...(due.due === base.due ? {} : due),
  };
}

interface Props {
  title: string;
  entry: Entry;
  error: Error | null;
  onChange: (entry: Entry) => void;
  onSave: () => void;
  onCancel: () => void;
  /** Go on from the task as somebody else left it. */
  onTheirs: (current: Task) => void;
  onMine: (current: Task) => void;
}

export function TaskEditor({ title, entry, error, onChange, onSave, onCancel, onTheirs, onMine }: Props) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    first.current?.focus();
  }, []);
  const changed = error instanceof ChangedMeanwhile ? error : null;

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is a shortcut; Cancel does the same
    <form
      aria-label={`Edit ${title}`}
      className="grid grid-cols-2 gap-3 py-4 sm:grid-cols-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed === null) onSave();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <div className="col-span-full empty:hidden">
        <Refusal>
          {changed !== null ? <WhatChanged current={changed.current} fields={changed.fields} /> : error === null ? null : `Not saved. ${isGone(error) ? "This task has been deleted elsewhere." : sentence(error)}`}
        </Refusal>
      </div>
      <TextField
        ref={first}
        className="col-span-full"
        label="Title"
        required
        pattern=".*\S.*"
        maxLength={500}
        value={entry.title}
        onChange={(event) => {
          onChange({ ...entry, title: event.target.value });
        }}
      />
      <Field label="Notes" className="col-span-full">
        {(told) => (
          <textarea
            {...told}
            className="box min-h-24"
            value={entry.notes}
            onChange={(event) => {
              onChange({ ...entry, notes: event.target.value });
            }}
          />
        )}
      </Field>
      <PriorityField
        value={entry.priority}
        onChange={(priority) => {
          onChange({ ...entry, priority });
        }}
      />
      <DueFields
        value={entry.due}
        onChange={(due) => {
          onChange({ ...entry, due });
        }}
      />
      <div className="col-span-full flex flex-wrap gap-2">
        {changed === null ? (
          <Button kind="main" type="submit">
            Save
          </Button>
        ) : (
          <>
            <Button
              kind="main"
              onClick={() => {
                onMine(changed.current);
              }}
            >
              Save mine over it
            </Button>
            <Button
              onClick={() => {
                onTheirs(changed.current);
              }}
            >
              Take theirs
            </Button>
          </>
        )}
        <Button kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const names: Partial<Record<keyof TaskPatch, string>> = { title: "title", notes: "notes", priority: "priority", due: "due date", zone: "due date" };

function WhatChanged({ current, fields }: Pick<ChangedMeanwhile, "current" | "fields">) {
  const values: Partial<Record<keyof TaskPatch, string>> = {
    title: current.title,
    priority: priorities[current.priority],
    due: current.due?.replace("T", " ") ?? "none",
  };
  const news = fields.map((field) => {
    const value = values[field];
    return `its ${names[field] ?? field} ${value === undefined ? "changed" : `is now “${value}”`}`;
  });
  return <p className="wrap-anywhere">This task changed meanwhile: {news.join(", ")}. What you typed is not saved yet.</p>;
}
