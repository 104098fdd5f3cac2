import type { Preferences } from "../types";

type Channels = Preferences["channels"];

const kinds: readonly { kind: keyof Channels; name: string; explanation: string }[] = [
  { kind: "reminder", name: "Reminders", explanation: "At the moment you set." },
  { kind: "digest", name: "Daily digest", explanation: "What the day holds." },
  { kind: "overdue", name: "Overdue digest", explanation: "What is left over." },
  { kind: "webhook", name: "Webhooks", explanation: "When one is switched off because nothing gets there." },
];

const channels: readonly { channel: keyof Channels["reminder"]; name: string }[] = [
  { channel: "push", name: "Push" },
  { channel: "email", name: "E-mail" },
];

/** What is told by which way. In the page itself everything is told. */
export function ChannelTable({ value, onChange }: { value: Channels; onChange: (value: Channels) => void }) {
  return (
    <table className="w-full">
      <caption className="mb-1 text-left text-sm text-quiet">Besides the bell on this page, tell me by</caption>
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
                    aria-label={`${name} by ${way.toLowerCase()}`}
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
