import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { sentence } from "../../api/problem";
import { usePerson } from "../../data/DataContext";
import { useAsk } from "../../data/useAsk";
import { Button } from "../../ui/Button";
import { verdictInWords } from "./verdict";
import * as say from "./words";

/** Every entry is sealed with all before it: whether the seals are whole can be asked. */
export function Verify() {
  const person = usePerson();
  const ask = useAsk();
  const check = useMutation({ mutationFn: () => ask("get", "/api/activity/verify") });
  return (
    <div className="grid max-w-sm gap-1">
      <Button className="flex items-center gap-2 justify-self-start" busy={check.isPending} onClick={() => { check.mutate(); }}>
        <ShieldCheck className="size-4" aria-hidden="true" />
        {check.isPending ? say.checking : say.check}
      </Button>
      <p role="status" className={`text-sm empty:hidden ${check.isError || check.data?.ok === false ? "text-warn" : "text-quiet"}`}>
        {check.isError ? sentence(check.error) : check.data === undefined ? null : verdictInWords(check.data, person)}
      </p>
    </div>
  );
}
