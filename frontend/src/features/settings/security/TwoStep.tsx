import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../Loaded";
import { useSectionTop } from "../sectionTop";
import type { BegunFactor } from "../types";
import { BeginFactor } from "./BeginFactor";
import { ConfirmFactor } from "./ConfirmFactor";
import { ManageFactor } from "./ManageFactor";
import { RecoveryCodes } from "./RecoveryCodes";
import { SECOND_FACTOR, useSecondFactor } from "./secondFactor";
import * as say from "./words";

/** A code beside the password: set up in two steps, looked after when it is on, and its recovery codes shown once. */
export default function TwoStep() {
  const client = useQueryClient();
  const factor = useSecondFactor();
  const toTop = useSectionTop();
  const [begun, setBegun] = useState<BegunFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const showCodes = (shown: readonly string[]) => {
    setBegun(null);
    setCodes(shown);
    void client.invalidateQueries({ queryKey: SECOND_FACTOR });
  };
  if (codes !== null) {
    return (
      <RecoveryCodes
        codes={codes}
        onDone={() => {
          setCodes(null);
          toTop();
        }}
      />
    );
  }
  if (begun !== null) {
    return (
      <ConfirmFactor
        begun={begun}
        onDone={showCodes}
        onCancel={() => {
          setBegun(null);
          toTop();
        }}
      />
    );
  }
  return (
    <Loaded query={factor} what={say.whetherOn}>
      {({ enabled, recovery_codes }) => (enabled ? <ManageFactor left={recovery_codes} onCodes={showCodes} /> : <BeginFactor onBegun={setBegun} />)}
    </Loaded>
  );
}
