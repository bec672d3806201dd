"use client";

import { useEffect } from "react";
import { watchVitals } from "@/lib/vitals";

/** Shows nothing; once a load, whatever is turned to afterwards. */
export function Vitals() {
  useEffect(() => watchVitals(), []);
  return null;
}
