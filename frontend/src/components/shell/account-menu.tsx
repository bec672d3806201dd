"use client";

import { Check, Keyboard, Languages, LogOut, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { AccountButton } from "@/components/shell/account-button";
import { openShortcuts } from "@/components/shell/shortcuts";
import { useSwitchLanguage } from "@/components/shell/switch-language";
import { Confirm } from "@/components/ui/confirm";
import { Menu, MenuChosen, MenuItem, MenuLabel, MenuLine, MenuRadio, MenuRadios } from "@/components/ui/menu";
import { useRouter } from "@/i18n/navigation";
import { api } from "@/lib/api";
import { countUnsent } from "@/lib/journal/journal";
import { asProblem } from "@/lib/problem";
import { useAppStore, useUser, type Theme } from "@/lib/store";
import { useWords } from "@/lib/words";

const themes: Theme[] = ["system", "light", "dark"];

export function AccountMenu({ startsOpen }: { startsOpen: boolean }) {
  const t = useTranslations("shell");
  const user = useUser();
  const router = useRouter();
  const { unsent, forget, ask, signOut } = useCarefulSignOut(user.id);
  const switchLanguage = useSwitchLanguage();
  const theme = useAppStore((state) => state.preferences.theme);
  const prefer = useAppStore((state) => state.prefer);
  return (
    <>
      <Menu trigger={<AccountButton name={user.name} />} startsOpen={startsOpen}>
        <MenuLabel>
          {user.name} · {t(`roles.${user.role}`)}
        </MenuLabel>
        <MenuItem onSelect={() => router.push("/account")}>
          <UserRound aria-hidden />
          {t("account")}
        </MenuItem>
        <MenuItem onSelect={switchLanguage} aria-label={t("languageLabel")}>
          <Languages aria-hidden />
          {t("language")}
        </MenuItem>
        <MenuItem onSelect={openShortcuts} className="pointer-coarse:hidden">
          <Keyboard aria-hidden />
          {t("shortcuts")}
        </MenuItem>
        <MenuLine />
        <MenuLabel>{t("theme")}</MenuLabel>
        <MenuRadios value={theme} onValueChange={(name) => prefer({ theme: name as Theme })}>
          {themes.map((name) => (
            <MenuRadio key={name} value={name}>
              {t(`themes.${name}`)}
              <MenuChosen>
                <Check aria-hidden />
              </MenuChosen>
            </MenuRadio>
          ))}
        </MenuRadios>
        <MenuLine />
        <MenuItem onSelect={ask}>
          <LogOut aria-hidden />
          {t("signOut")}
        </MenuItem>
      </Menu>
      <Confirm
        open={unsent > 0}
        onOpenChange={forget}
        title={t("signOutUnsentTitle")}
        about={t("signOutUnsentAbout", { count: unsent })}
        action={t("signOutAnyway")}
        onConfirm={signOut}
      />
    </>
  );
}

/** Nothing that belonged to the person stays in memory (lib/query.tsx); answers not yet sent stay in their journal on this device. */
async function signOut(): Promise<void> {
  await api.DELETE("/api/v1/session");
  useAppStore.getState().signedOut();
}

/** Signs out; where this browser still holds answers that the server does not have, it says so first. */
function useCarefulSignOut(user: number) {
  const words = useWords();
  const [unsent, setUnsent] = useState(0);
  const [isLeaving, setLeaving] = useState(false);
  const ask = async () => {
    if (isLeaving) return;
    setLeaving(true);
    try {
      const count = await countUnsent(user);
      setUnsent(count);
      if (count === 0) await signOut();
    } catch (error) {
      toast.error(words(asProblem(error).words));
    } finally {
      setLeaving(false);
    }
  };
  return { unsent, forget: () => setUnsent(0), ask: () => void ask(), signOut };
}
