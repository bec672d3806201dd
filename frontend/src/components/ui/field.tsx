import { useId, type ReactNode } from "react";
import { cn } from "@/lib/cn";

export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  /** Draws the control with the attributes that tie it to its label, hint and error. */
  children: (control: FieldControl) => ReactNode;
}

export function Field({ label, hint, error, className, children }: Props) {
  const id = useId();
  const about = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("grid content-start gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": about || undefined, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

interface CheckProps extends React.ComponentProps<"input"> {
  label: ReactNode;
  hint?: ReactNode;
}

/** A tick with its words; also a radio. The whole line is the target. */
export function Check({ label, hint, className, type = "checkbox", ...rest }: CheckProps) {
  return (
    <label
      className={cn(
        "flex items-start gap-3 rounded-control py-1.5 text-sm has-disabled:cursor-not-allowed has-disabled:opacity-50 pointer-coarse:min-h-touch pointer-coarse:py-3",
        className,
      )}
    >
      <input type={type} className="mt-0.5 size-4.5 shrink-0 accent-accent" {...rest} />
      <span>
        <span className="font-medium">{label}</span>
        {hint && <span className="block text-ink-faint">{hint}</span>}
      </span>
    </label>
  );
}
