import { Line, Specimen } from "./specimen";

const colours = [
  ["page", "surface", "raised", "sunken", "line", "line-strong"],
  ["ink", "ink-soft", "ink-faint", "on-ink"],
  ["accent", "accent-strong", "accent-soft", "on-accent", "seal", "on-seal"],
  ["good", "good-soft", "warn", "warn-soft", "bad", "bad-strong", "bad-soft", "scrim"],
];
const sizes = ["4xl", "3xl", "2xl", "xl", "lg", "reading", "base", "sm", "xs"];
const SAMPLE = "四级 CET-4：425 分，2026 年 12 月 “第一次模考”";

export function Tokens() {
  return (
    <>
      <Specimen name="color">
        {colours.map((row) => (
          <div key={row[0]} className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-3">
            {row.map((name) => (
              <div key={name} className="grid gap-1 text-xs">
                <span
                  className="h-12 rounded-control border border-line"
                  style={{ background: `var(--color-${name})` }}
                />
                <code>{name}</code>
              </div>
            ))}
          </div>
        ))}
      </Specimen>
      <Specimen name="text / font">
        {sizes.map((size) => (
          <p
            key={size}
            className="truncate"
            style={{ fontSize: `var(--text-${size})`, lineHeight: `var(--text-${size}--line-height)` }}
          >
            <code className="mr-4 inline-block w-16 text-xs text-ink-faint">{size}</code>
            {SAMPLE}
          </p>
        ))}
        <p className="font-title text-2xl font-semibold">font-title · {SAMPLE}</p>
        <p lang="en" className="max-w-prose font-reading text-reading">
          font-reading · In late spring, when a honey bee colony becomes too crowded, the old queen flies off with more
          than half of the workers. 0123456789
        </p>
        <p className="tabular-nums">tabular-nums · 11:11:11 / 08:08:08 / 24:59:30</p>
      </Specimen>
      <Specimen name="radius / shadow / spacing-touch">
        <Line>
          {["chip", "control", "card"].map((name) => (
            <code
              key={name}
              className="grid h-16 w-28 place-items-center border border-line bg-surface text-xs"
              style={{ borderRadius: `var(--radius-${name})` }}
            >
              {name}
            </code>
          ))}
          {["sheet", "raised"].map((name) => (
            <code
              key={name}
              className="grid h-16 w-28 place-items-center rounded-card bg-surface text-xs"
              style={{ boxShadow: `var(--shadow-${name})` }}
            >
              {name}
            </code>
          ))}
          <code className="grid size-touch place-items-center border border-dashed border-line-strong text-xs">44</code>
        </Line>
      </Specimen>
    </>
  );
}
