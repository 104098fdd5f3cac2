import { heard, meant } from "../../../api/client";
import { dayAt } from "../../../data/days";
import { ActButton } from "../ActButton";
import { offerFile } from "../offerFile";
import { useOwner } from "../owner";
import { Refused } from "../SettingsForm";
import { useSubmission } from "../useSubmission";
import * as say from "./words";

/** It is taken in whole before it is offered: one that breaks off is no file, and says so. */
export function Export() {
  const { user } = useOwner();
  const download = useSubmission({
    send: async () => (await heard("/api/export", { headers: { accept: "application/json", ...meant(user.id) } })).blob(),
    onDone: (content) => {
      offerFile(`taskora-${dayAt(new Date(), user.zone)}.json`, content);
    },
  });
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <p>
        {say.whatIsExported}
      </p>
      <p className="text-quiet">{say.keepItSafe}</p>
      <Refused error={download.error} />
      <ActButton
        kind="main"
        busy={download.isPending}
        onClick={() => {
          download.submit(undefined);
        }}
      >
        {say.downloadAll}
      </ActButton>
      <p role="status" className="text-sm text-quiet empty:hidden">
        {download.isPending ? say.preparing : download.isSuccess ? say.isDownloaded : null}
      </p>
    </div>
  );
}
