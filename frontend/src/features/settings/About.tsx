import { version } from "../../../package.json";
import { useRegistry } from "../../commands/CommandsProvider";
import { Button } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";

const SHEET = "?";

export function About() {
  const registry = useRegistry();
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <p>Taskora {version}</p>
      <p className="flex flex-wrap items-center gap-3">
        Everything here can be done from the keyboard.
        <Button
          onClick={() => {
            registry
              .commands()
              .find(({ keys }) => keys?.includes(SHEET))
              ?.run();
          }}
        >
          <span className="inline-flex items-center gap-2">
            Show the keys <Kbd keys={SHEET} />
          </span>
        </Button>
      </p>
      <p>
        Programs may do all that this page does:{" "}
        <a className="link" href="/api/openapi.json">
          the API, described
        </a>
        .
      </p>
    </div>
  );
}
