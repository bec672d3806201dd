import { render } from "@testing-library/react";
import { Profiler } from "react";
import { describe, expect, it } from "vitest";
import { Later } from "@/components/ui/later";

describe("what comes later", () => {
  it("is not in the first paint, and in the one after it", () => {
    const painted: (string | null)[] = [];
    const { container } = render(
      <Profiler id="around" onRender={() => painted.push(document.querySelector("main")?.textContent ?? null)}>
        <main>
          heading<Later> and content</Later>
        </main>
      </Profiler>,
    );
    expect(painted).toEqual(["heading", "heading and content"]);
    expect(container).toHaveTextContent("heading and content");
  });
});
