import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";

interface Props extends Omit<ComponentProps<typeof Button>, "size" | "children" | "asChild"> {
  icon: LucideIcon;
  /** Read out, and shown to whoever points at it. */
  label: string;
}

/** A button that is only a sign: its words come as a tooltip. */
export function IconButton({ icon: Icon, label, look = "quiet", ...rest }: Props) {
  return (
    <Tooltip text={label}>
      <Button size="icon" look={look} aria-label={label} {...rest}>
        <Icon aria-hidden />
      </Button>
    </Tooltip>
  );
}
