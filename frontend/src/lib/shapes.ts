import { z } from "zod";

// By default zod tries whether it may compile code from text, which the pages' policy forbids and the browser reports.
z.config({ jitless: true });

export { z };
