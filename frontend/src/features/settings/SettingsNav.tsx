import { ViewLink } from "../../address/ViewLink";
import { groups } from "./sections";
import * as say from "./words";

export function SettingsNav({ current }: { current: string | undefined }) {
  return (
    <nav aria-label={say.settings} className="grid gap-5">
      {groups.map(({ name, sections }) => (
        <div key={name}>
          <p id={`settings-${name.replace(" ", "-")}`} className="px-3 pb-1 text-sm text-quiet">
            {name}
          </p>
          <ul aria-labelledby={`settings-${name.replace(" ", "-")}`}>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <ViewLink
                  view={{ name: "settings", section: id }}
                  className={`flex min-h-9 items-center rounded-md px-3 py-1 hover:bg-wash pointer-coarse:min-h-touch ${id === current ? "lg:bg-wash lg:font-semibold" : ""}`}
                >
                  {title}
                </ViewLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
