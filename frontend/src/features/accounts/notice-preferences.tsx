"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Card, CardHead } from "@/components/ui/card";
import { Check } from "@/components/ui/field";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ProblemNote } from "@/components/ui/states";
import { $api, api } from "@/lib/api";

type Kind = Schema<"NoticeOut">["kind"];
type Wanted = Schema<"NoticePreferences">["wanted"];

const PATH = "/api/v1/me/notice-preferences";

export function NoticePreferences() {
  const t = useTranslations("notices");
  const preferences = $api.useQuery("get", PATH);
  return (
    <Card>
      <CardHead title={t("preferences")} about={t("preferencesAbout")} />
      <div className="px-5 pb-5">
        <Loaded query={preferences} skeleton={<SkeletonRows rows={3} />}>
          {({ wanted }) => <Kinds wanted={wanted} />}
        </Loaded>
      </div>
    </Card>
  );
}

/** Each tick is kept at once; one that is refused goes back and says why. */
function Kinds({ wanted }: { wanted: Wanted }) {
  const t = useTranslations("notices");
  const { change, pending, error } = useChange();
  const kinds = Object.entries(wanted) as [Kind, boolean][];
  return (
    <>
      <ul>
        {kinds.map(([kind, isOn]) => (
          <li key={kind}>
            <Check
              label={t(`preference.${kind}`)}
              checked={pending[kind] ?? isOn}
              onChange={(event) => void change(kind, event.target.checked)}
            />
          </li>
        ))}
      </ul>
      <ProblemNote error={error} className="mt-3" />
    </>
  );
}

function useChange() {
  const queries = useQueryClient();
  const [pending, setPending] = useState<Partial<Record<Kind, boolean>>>({});
  const [error, setError] = useState<unknown>(null);
  const change = async (kind: Kind, isOn: boolean) => {
    setError(null);
    setPending((before) => ({ ...before, [kind]: isOn }));
    try {
      const { data } = await api.PUT(PATH, { body: { wanted: { [kind]: isOn } } });
      queries.setQueryData($api.queryOptions("get", PATH).queryKey, data);
    } catch (reason) {
      setError(reason);
    } finally {
      setPending(({ [kind]: _, ...others }) => others);
    }
  };
  return { change, pending, error };
}
