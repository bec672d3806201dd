"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Note } from "@/components/ui/states";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { download, toCsv } from "@/lib/csv";

interface Props {
  accounts: Schema<"RosterAccount">[];
  onKept: () => void;
  onDone: () => void;
}

export function RosterPasswords({ accounts, onKept, onDone }: Props) {
  const t = useTranslations("students");
  const [isKept, setKept] = useState(false);
  const keep = () => {
    const head = [t("csvName"), t("csvNumber"), t("csvUsername"), t("csvPassword")];
    const rows = accounts.map((it) => [it.name, it.student_number, it.username, it.password]);
    download("passwords.csv", toCsv([head, ...rows]));
    setKept(true);
    onKept();
  };
  return (
    <div className="grid gap-4">
      <Note tone="warn">{t("passwordsAbout")}</Note>
      <div className="max-h-80 overflow-y-auto rounded-control border border-line">
        <Table>
          <thead className="sticky top-0 bg-surface">
            <tr>
              <Th>{t("csvName")}</Th>
              <Th>{t("csvUsername")}</Th>
              <Th>{t("csvPassword")}</Th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <Tr key={account.username}>
                <Td>{account.name}</Td>
                <Td>{account.username}</Td>
                <Td className="font-mono select-all">{account.password}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <DialogButtons>
        <Button onClick={onDone}>{t("done")}</Button>
        <Button look="primary" onClick={keep}>
          <Download aria-hidden />
          {isKept ? t("downloaded") : t("download")}
        </Button>
      </DialogButtons>
    </div>
  );
}
