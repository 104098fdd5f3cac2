/**
 * What the server said, and over it what is still to be sent. Newer versions replace older ones and never the
 * reverse; what is gone stays gone, whatever old answer comes in late.
 */
import type { Task } from "../api/types";
import { manually } from "./order";
import type { Effect, Entity, Kind, Kinds, Known, Write } from "./shapes";

type Maps = { [K in Kind]: Map<string, Kinds[K]> };
/** Something that became different: null where it is gone. */
export type Learnt = { [K in Kind]: { kind: K; id: string; entity: Kinds[K] | null } }[Kind];

const empty = (): Maps => ({ task: new Map(), list: new Map(), tag: new Map(), filter: new Map(), comment: new Map() });

export class Shelf {
  readonly #base = empty();
  readonly #shown = empty();
  readonly #gone = new Map<string, number>();
  readonly #children = new Map<string, Set<string>>();
  /** Of each thing what queued writes do to it, in their order. */
  #effects = new Map<string, Effect[]>();
  readonly #listeners = new Set<() => void>();
  readonly known: Known;
  #version = 0;
  #held = 0;
  #changed = false;

  constructor() {
    const version = () => this.#version;
    this.known = {
      get version() {
        return version();
      },
      ...this.#shown,
      children: (id) => this.#inOrder(id),
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  version = (): number => this.#version;

  /** Many changes, told once. */
  together(act: () => void): void {
    this.#held += 1;
    try {
      act();
    } finally {
      this.#held -= 1;
      if (this.#held === 0 && this.#changed) this.#tell();
    }
  }

  base<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.#base[kind].get(id);
  }

  /** True if this is news. */
  learn<K extends Kind>(kind: K, entity: Kinds[K]): boolean {
    const before = this.#base[kind].get(entity.id)?.version ?? this.#gone.get(entity.id) ?? -1;
    if (before >= entity.version) return false;
    this.#gone.delete(entity.id);
    this.#base[kind].set(entity.id, entity);
    this.#show(kind, entity.id);
    return true;
  }

  /** It was deleted, and had this version then. True if this is news. */
  forget(kind: Kind, id: string, version: number): boolean {
    const before = this.#base[kind].get(id);
    if (before !== undefined && before.version > version) return false;
    this.#gone.set(id, Math.max(version, this.#gone.get(id) ?? 0));
    this.#base[kind].delete(id);
    this.#show(kind, id);
    return before !== undefined;
  }

  /** Hold nothing of these kinds any more but for some, and take nothing for gone: a server that was restored may have it. */
  startOver(kinds: readonly Kind[], except: ReadonlySet<string>): void {
    for (const id of [...this.#gone.keys()]) if (!except.has(id)) this.#gone.delete(id);
    for (const kind of kinds) {
      for (const id of [...this.#base[kind].keys()]) {
        if (except.has(id)) continue;
        this.#base[kind].delete(id);
        this.#show(kind, id);
      }
    }
  }

  /** Lay all that waits over what is held; `writes` are all of them, in order. */
  lay(writes: readonly Write[]): void {
    const before = this.#effects;
    this.#effects = new Map();
    for (const effect of writes.flatMap(({ shows }) => shows)) {
      const those = this.#effects.get(effect.id);
      if (those === undefined) this.#effects.set(effect.id, [effect]);
      else those.push(effect);
    }
    this.together(() => {
      for (const [id, [effect]] of before) if (effect !== undefined && !this.#effects.has(id)) this.#show(effect.kind, id);
      for (const [id, those] of this.#effects) {
        const [effect] = those;
        if (effect !== undefined && !isSame(before.get(id), those)) this.#show(effect.kind, id);
      }
    });
  }

  isTouched(id: string): boolean {
    return this.#effects.has(id);
  }

  #show(kind: Kind, id: string): void {
    const before = this.#shown[kind].get(id);
    let entity: Entity | undefined = this.#base[kind].get(id);
    for (const effect of this.#effects.get(id) ?? []) {
      if (effect.do === "put") entity = entity ?? effect.entity;
      else if (effect.do === "drop") entity = undefined;
      else if (entity !== undefined) entity = { ...entity, ...effect.fields };
    }
    if (before === entity) return;
    if (kind === "task") this.#file(before as Task | undefined, entity as Task | undefined);
    if (entity === undefined) this.#shown[kind].delete(id);
    else (this.#shown[kind] as Map<string, Entity>).set(id, entity);
    this.#changed = true;
    if (this.#held === 0) this.#tell();
  }

  #file(before: Task | undefined, after: Task | undefined): void {
    if (before?.parent === after?.parent) return;
    if (before?.parent != null) this.#children.get(before.parent)?.delete(before.id);
    if (after?.parent == null) return;
    const siblings = this.#children.get(after.parent);
    if (siblings === undefined) this.#children.set(after.parent, new Set([after.id]));
    else siblings.add(after.id);
  }

  #inOrder(parent: string): readonly string[] {
    const held = [...(this.#children.get(parent) ?? [])].map((id) => this.#shown.task.get(id)).filter((task) => task !== undefined);
    return held.sort(manually).map(({ id }) => id);
  }

  #tell(): void {
    this.#changed = false;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** What lies over something as before leaves it the object that it was, so that nothing is drawn anew. */
const isSame = (before: readonly Effect[] | undefined, now: readonly Effect[]): boolean =>
  before?.length === now.length && before.every((effect, place) => effect === now[place]);
