"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";
import { useRefusedFields } from "@/lib/refused-fields";

/** A student joins a course by the code that the teacher shows. */
export function JoinCourse() {
  const t = useTranslations("join");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const refused = useRefusedFields(refusal);
  const join = useJoin();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    await join(code.trim()).then(() => setOpen(false), setRefusal);
    setBusy(false);
  };

  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t("join")}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t("title")} about={t("about")}>
        <form onSubmit={(event) => void submit(event)}>
          <Field label={t("code")} error={refused("code")}>
            {(control) => (
              <Input
                {...control}
                value={code}
                onChange={(event) => setCode(event.target.value)}
                maxLength={20}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                className="font-mono tracking-widest uppercase"
              />
            )}
          </Field>
          <ProblemNote error={refusal} className="mt-4" />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
            <Button type="submit" look="primary" isBusy={isBusy} disabled={!code.trim()}>
              {t("join")}
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </>
  );
}

function useJoin(): (code: string) => Promise<void> {
  const t = useTranslations("join");
  const router = useRouter();
  const queries = useQueryClient();
  return async (code) => {
    const course = await take(api.POST("/api/v1/enrollments", { body: { code } }));
    const changed = ["/api/v1/courses", "/api/v1/me/assignments"];
    await Promise.all(changed.map((path) => queries.invalidateQueries({ queryKey: ["get", path] })));
    if (!course) return;
    toast.success(t("joined", { course: course.name }));
    router.push(`/courses/${course.id}`);
  };
}
