"use client";

import { lazy, Suspense, useState } from "react";
import { AccountButton } from "@/components/shell/account-button";
import { useUser } from "@/lib/store";

const AccountMenu = lazy(() => import("@/components/shell/account-menu").then((it) => ({ default: it.AccountMenu })));

/** The button is there at once, its menu a moment later; who pressed it in between finds the menu open. */
export function AccountCorner() {
  const { name } = useUser();
  const [isPressed, setPressed] = useState(false);
  return (
    <Suspense fallback={<AccountButton name={name} onClick={() => setPressed(true)} />}>
      <AccountMenu startsOpen={isPressed} />
    </Suspense>
  );
}
