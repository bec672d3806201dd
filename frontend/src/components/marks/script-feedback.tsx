import type { Schema } from "@/client/types";
import { Advice } from "./advice";
import { WrittenFeedback } from "./written-feedback";

interface Props {
  /** The built-in engine's. */
  feedback: Schema<"Feedback"> | null;
  /** The model's, as far as it is written. */
  written: Schema<"WrittenOut"> | null;
}

/** Whose marks stand in the text: the model's once they were looked up, else the built-in engine's. */
export function inTextOf({ feedback, written }: Props): Pick<Schema<"Feedback">, "inline"> | null {
  return written?.state === "done" && written.inline.length > 0 ? written : feedback;
}

/** What the model has written; the built-in engine's advice until that is whole. */
export function ScriptFeedback({ feedback, written }: Props) {
  return (
    <>
      {written && <WrittenFeedback written={written} />}
      {feedback && written?.state !== "done" && <Advice feedback={feedback} />}
    </>
  );
}
