import { render } from "@testing-library/react";
import { Profiler } from "react";
import { describe, expect, it } from "vitest";
import { Later } from "@/components/ui/later";

describe("what comes later", () => {
  it("is not in the first paint, which says that more is coming, and in the one after it", () => {
    const painted: (string | undefined)[] = [];
    const look = () => {
      const main = document.querySelector("main");
      painted.push(`${main?.textContent}${main?.querySelector("[aria-busy=true]") ? " …" : ""}`);
    };
    const { container } = render(
      <Profiler id="around" onRender={look}>
        <main>
          heading<Later> and content</Later>
        </main>
      </Profiler>,
    );
    expect(painted).toEqual(["heading …", "heading and content"]);
    expect(container).toHaveTextContent("heading and content");
  });
});
