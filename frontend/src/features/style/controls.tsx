"use client";

import { ArrowRight, Flag, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Check, Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input, NativeSelect, Textarea } from "@/components/ui/input";
import { SearchBox } from "@/components/ui/search-box";
import { Secret } from "@/components/ui/secret";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { Line, Specimen } from "./specimen";

const looks = ["primary", "secondary", "quiet", "danger", "link"] as const;

export function Controls() {
  return (
    <>
      <Buttons />
      <Fields />
      <Choices />
    </>
  );
}

function Buttons() {
  const t = useTranslations("common");
  return (
    <Specimen name="Button / IconButton">
      {(["lg", "md", "sm"] as const).map((size) => (
        <Line key={size}>
          {looks.map((look) => (
            <Button key={look} look={look} size={size}>
              {t("save")}
            </Button>
          ))}
          <Button look="primary" size={size}>
            <Plus aria-hidden />
            {t("more")}
            <ArrowRight aria-hidden />
          </Button>
        </Line>
      ))}
      <Line>
        {looks.map((look) => (
          <Button key={look} look={look} disabled>
            {t("save")}
          </Button>
        ))}
        {looks.slice(0, 4).map((look) => (
          <Button key={look} look={look} isBusy>
            {t("save")}
          </Button>
        ))}
        <IconButton icon={Flag} label={t("edit")} />
        <IconButton icon={Flag} label={t("edit")} look="secondary" />
      </Line>
    </Specimen>
  );
}

function Fields() {
  const t = useTranslations("common");
  const accounts = useTranslations("accounts");
  return (
    <Specimen name="Field / Input / Textarea / NativeSelect / SearchBox / Secret">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={accounts("username")} hint={accounts("help")}>
          {(control) => <Input {...control} placeholder="student01" />}
        </Field>
        <Field label={accounts("password")} error={t("required")}>
          {(control) => <Input {...control} />}
        </Field>
        <Field label={accounts("name")}>{(control) => <Input {...control} readOnly value="王思远" />}</Field>
        <Field label={accounts("name")}>{(control) => <Input {...control} disabled value="王思远" />}</Field>
        <Field label={accounts("role")}>
          {(control) => (
            <NativeSelect {...control}>
              <option>{t("all")}</option>
            </NativeSelect>
          )}
        </Field>
        <Field label={t("search")}>{() => <SearchBox label={t("search")} onSearch={() => undefined} />}</Field>
        <Field label={t("edit")}>{(control) => <Textarea {...control} />}</Field>
        <Field label={t("copy")}>{() => <Secret value="WK2PPQP7" label={t("copy")} />}</Field>
      </div>
    </Specimen>
  );
}

const places = ["home", "search", "all"] as const;

function Choices() {
  const t = useTranslations("common");
  const [place, setPlace] = useState<(typeof places)[number]>("home");
  const [isOn, setOn] = useState(true);
  const options = places.map((value) => ({ value, label: t(value) }));
  return (
    <Specimen name="Check / Switch / Segmented / Select / Tabs">
      <div className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        <div>
          <Check label={t("yes")} hint={t("saved")} defaultChecked />
          <Check label={t("no")} disabled />
          <Check type="radio" name="style" label={t("all")} defaultChecked />
          <Check type="radio" name="style" label={t("none")} />
        </div>
        <div>
          <Switch label={t("save")} hint={t("saved")} checked={isOn} onChange={setOn} />
          <Switch label={t("remove")} checked={false} onChange={() => undefined} isDisabled />
        </div>
      </div>
      <Line>
        <Segmented label={t("all")} value={place} onChange={setPlace} options={options} />
        <Select label={t("all")} value={place} onChange={setPlace} options={options} className="w-44" />
      </Line>
      <Tabs defaultValue="home">
        <TabList>
          {options.map(({ value, label }) => (
            <Tab key={value} value={value}>
              {label}
            </Tab>
          ))}
        </TabList>
        {options.map(({ value, label }) => (
          <TabPanel key={value} value={value}>
            {label}
          </TabPanel>
        ))}
      </Tabs>
    </Specimen>
  );
}
