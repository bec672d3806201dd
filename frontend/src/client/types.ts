import type { components } from "@/client/schema";

/** A schema of the interface by its name: `Schema<"CourseOut">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
