import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { useAnsweredPress } from "@/components/ui/use-answered-press";

const painted: string[] = [];

function Pressed() {
  const [isPressed, setPressed] = useState(false);
  const [isOpen, setOpen] = useAnsweredPress();
  painted.push(`${isPressed ? "pressed" : ""} ${isOpen ? "open" : ""}`.trim());
  const press = () => {
    setPressed(!isPressed);
    setOpen(!isOpen);
  };
  return <button onClick={press}>press</button>;
}

describe("a press", () => {
  it("is answered before what it opens is there, and closes at once", async () => {
    render(<Pressed />);
    await userEvent.click(screen.getByRole("button"));
    expect([...new Set(painted)]).toEqual(["", "pressed", "pressed open"]);
    painted.length = 0;
    await userEvent.click(screen.getByRole("button"));
    expect([...new Set(painted)]).toEqual([""]);
  });
});
