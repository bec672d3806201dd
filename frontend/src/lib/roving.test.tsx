import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { rove } from "@/lib/roving";

it("moves the focus left and right and to the ends, chooses nothing, and leaves up and down to the page", async () => {
  const chosen = vi.fn();
  const beyond = vi.fn();
  const user = userEvent.setup();
  render(
    <div onKeyDown={(event) => event.defaultPrevented || beyond(event.key)}>
      <div onKeyDown={rove}>
        {["A", "B", "C"].map((name, at) => (
          <button key={name} data-rove tabIndex={at === 0 ? 0 : -1} onClick={chosen}>
            {name}
          </button>
        ))}
      </div>
    </div>,
  );
  await user.tab();
  await user.keyboard("{ArrowRight}");
  expect(screen.getByText("B")).toHaveFocus();
  await user.keyboard("{End}");
  expect(screen.getByText("C")).toHaveFocus();
  await user.keyboard("{ArrowRight}{ArrowLeft}{Home}");
  expect(screen.getByText("A")).toHaveFocus();
  await user.keyboard("{ArrowDown}");
  expect(screen.getByText("A")).toHaveFocus();
  expect(beyond.mock.calls).toEqual([["ArrowRight"], ["ArrowDown"]]);
  expect(chosen).not.toHaveBeenCalled();
});
