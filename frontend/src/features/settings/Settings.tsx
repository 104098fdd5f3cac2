import { Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import type { User } from "../../api/types";
import { ViewLink } from "../../address/ViewLink";
import { useQueued } from "../../data/DataContext";
import { Coming } from "./Coming";
import { ConnectionNeeded } from "./ConnectionNeeded";
import { OwnerContext } from "./owner";
import { sectionAt, type Section } from "./sections";
import { SectionTopContext } from "./sectionTop";
import { SettingsNav } from "./SettingsNav";
import * as say from "./words";

interface Props {
  /** As the address says it; null: none is chosen yet. */
  section: string | null;
  user: User;
  onUser: (user: User) => void;
  onSignedOut: () => void;
}

/** All that is set: its sections beside the one that is open, or, where there is no room for both, one after the other. */
export function Settings({ section: id, user, onUser, onSignedOut }: Props) {
  const unsent = useQueued((queued) => queued.length);
  const section = sectionAt(id ?? "profile");
  const owner = useMemo(() => ({ user, onUser, onSignedOut, unsent }), [user, onUser, onSignedOut, unsent]);
  return (
    <OwnerContext value={owner}>
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <div className={id === null ? "" : "max-lg:hidden"}>
          <SettingsNav current={section?.id} />
        </div>
        <div className={`grid min-w-0 gap-6 ${id === null ? "max-lg:hidden" : ""}`}>
          <ViewLink view={{ name: "settings", section: null }} className="link inline-flex items-center justify-self-start pointer-coarse:min-h-touch lg:hidden">
            {say.allSettings}
          </ViewLink>
          {section === undefined ? <p>{say.noSuchSettings}</p> : <Open section={section} isChosen={id !== null} />}
        </div>
      </div>
    </OwnerContext>
  );
}

/** Going from one section to the next takes the focus along, so that it is read out and the keys go on from there. */
function Open({ section: { id, title, Content }, isChosen }: { section: Section; isChosen: boolean }) {
  const top = useRef<HTMLHeadingElement>(null);
  const toTop = useCallback(() => top.current?.focus(), []);
  const was = useRef(id);
  useEffect(() => {
    if (was.current !== id && isChosen) toTop();
    was.current = id;
  }, [id, isChosen, toTop]);
  return (
    <section aria-labelledby="settings-section" className="grid min-w-0 gap-6">
      <h2 id="settings-section" ref={top} tabIndex={-1} className="scroll-mt-20 font-display text-2xl outline-none">
        {title}
      </h2>
      <ConnectionNeeded />
      <SectionTopContext value={toTop}>
        <Suspense key={id} fallback={<Coming what={say.opening} />}>
          <Content />
        </Suspense>
      </SectionTopContext>
    </section>
  );
}
