import { SessionGate } from "@/components/shell/session-gate";
import { ForcedPasswordChange } from "@/features/accounts/forced-password-change";
import { SignInOverPage } from "@/features/accounts/sign-in-over-page";

export default function SignedLayout({ children }: LayoutProps<"/[locale]">) {
  return (
    <SessionGate passwordChange={<ForcedPasswordChange />} signInOverPage={<SignInOverPage />}>
      {children}
    </SessionGate>
  );
}
