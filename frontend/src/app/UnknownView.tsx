import { ViewLink } from "../address/ViewLink";
import { Empty } from "../ui/Empty";

/** The heading says that nothing is here; this is the way on. */
export function UnknownView() {
  return (
    <Empty title="This address leads nowhere.">
      <p>Perhaps it was cut short, or what stood here is gone.</p>
      <ViewLink view={{ name: "today" }} className="link inline-flex items-center pointer-coarse:min-h-touch">
        Go to Today
      </ViewLink>
    </Empty>
  );
}
