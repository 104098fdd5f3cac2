import { version } from "../../../package.json";
import { useRegistry } from "../../commands/CommandsProvider";
import { Button } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";
import * as say from "./words";

const SHEET = "?";

export function About() {
  const registry = useRegistry();
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <p>Taskora {version}</p>
      <p className="flex flex-wrap items-center gap-3">
        {say.allByKeyboard}
        <Button
          onClick={() => {
            registry
              .commands()
              .find(({ keys }) => keys?.includes(SHEET))
              ?.run();
          }}
        >
          <span className="inline-flex items-center gap-2">
            {say.showTheKeys} <Kbd keys={SHEET} />
          </span>
        </Button>
      </p>
      <p>
        {say.programsMay(
          <a className="link" href="/api/openapi.json">{say.describedHere}</a>,
        )}
      </p>
    </div>
  );
}
