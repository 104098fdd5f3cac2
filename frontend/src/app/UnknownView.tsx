import { ViewLink } from "../address/ViewLink";
import { Empty } from "../ui/Empty";
import * as say from "./words";

/** The heading says that nothing is here; this is the way on. */
export function UnknownView() {
  return (
    <Empty title={say.nowhere}>
      <p>{say.whyNowhere}</p>
      <ViewLink view={{ name: "today" }} className="link inline-flex items-center pointer-coarse:min-h-touch">
        {say.goToToday}
      </ViewLink>
    </Empty>
  );
}
