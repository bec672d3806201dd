import { SessionGate } from "@/components/shell/session-gate";
import { ForcedPasswordChange } from "@/features/accounts/forced-password-change";
import { SignInOverPage } from "@/features/accounts/sign-in-over-page";
import { UnsentAnswers } from "@/features/attempt/unsent-answers";

export default function SignedLayout({ children }: LayoutProps<"/[locale]">) {
  return (
    <SessionGate
      passwordChange={<ForcedPasswordChange />}
      beside={<UnsentAnswers />}
      signInOverPage={<SignInOverPage />}
    >
      {children}
    </SessionGate>
  );
}
