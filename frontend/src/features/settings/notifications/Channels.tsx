import type { Preferences } from "../types";
import * as say from "./words";

type Channels = Preferences["channels"];

const kinds: readonly { kind: keyof Channels; name: string; explanation: string }[] = [
  { kind: "reminder", name: say.reminders, explanation: say.whenReminded },
  { kind: "digest", name: say.dailyDigest, explanation: say.whenDaily },
  { kind: "overdue", name: say.overdueDigest, explanation: say.whenOverdue },
  { kind: "webhook", name: say.webhooks, explanation: say.whenWebhook },
];

const channels: readonly { channel: keyof Channels["reminder"]; name: string }[] = [
  { channel: "push", name: say.push },
  { channel: "email", name: say.email },
];

/** What is told by which way. In the page itself everything is told. */
export function ChannelTable({ value, onChange }: { value: Channels; onChange: (value: Channels) => void }) {
  return (
    <table className="w-full">
      <caption className="mb-1 text-left text-sm text-quiet">{say.tellMeBy}</caption>
      <thead>
        <tr>
          <td />
          {channels.map(({ channel, name }) => (
            <th key={channel} scope="col" className="w-20 px-1 py-1 text-sm font-normal text-quiet">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-y border-line">
        {kinds.map(({ kind, name, explanation }) => (
          <tr key={kind}>
            <th scope="row" className="py-2 pr-2 text-left font-normal">
              {name}
              <span className="block text-sm text-quiet">{explanation}</span>
            </th>
            {channels.map(({ channel, name: way }) => (
              <td key={channel} className="text-center">
                <label className="inline-grid size-9 cursor-pointer place-items-center pointer-coarse:size-touch">
                  <input
                    type="checkbox"
                    className="size-5"
                    aria-label={say.kindByWay(name, way)}
                    checked={value[kind][channel]}
                    onChange={(event) => {
                      onChange({ ...value, [kind]: { ...value[kind], [channel]: event.target.checked } });
                    }}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
