"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { $api, api, take } from "@/lib/api";

export type Calibration = Schema<"CalibrationOut">;
export type Slot = Calibration["slot"];

const PATH = "/api/v1/courses/{course_id}/calibrations/{slot}";

export function useCalibration(course_id: number, slot: Slot) {
  return $api.useQuery("get", PATH, { params: { path: { course_id, slot } } });
}

/** Every write answers with the calibration as it is then. */
function useShown({ course, slot }: Pick<Calibration, "course" | "slot">) {
  const queries = useQueryClient();
  const key = ["get", PATH, { params: { path: { course_id: course, slot } } }];
  return (found: Calibration | undefined) => queries.setQueryData(key, found);
}

export function useDraw({ course, slot }: Pick<Calibration, "course" | "slot">) {
  const onSuccess = useShown({ course, slot });
  return useMutation({
    mutationFn: () =>
      take(
        api.POST("/api/v1/courses/{course_id}/calibrations", {
          params: { path: { course_id: course } },
          body: { slot },
        }),
      ),
    onSuccess,
  });
}

export function useBlindMark({ course, slot }: Calibration) {
  const onSuccess = useShown({ course, slot });
  return useMutation({
    mutationFn: ({ script, value }: { script: number; value: number }) =>
      take(
        api.PUT("/api/v1/courses/{course_id}/calibrations/{slot}/marks/{script_id}", {
          params: { path: { course_id: course, slot, script_id: script } },
          body: { value },
        }),
      ),
    onSuccess,
  });
}

export function useReleaseRule({ course, slot }: Calibration) {
  const onSuccess = useShown({ course, slot });
  return useMutation({
    mutationFn: (body: Schema<"ReleaseRuleIn">) =>
      take(api.POST("/api/v1/courses/{course_id}/release-rules", { params: { path: { course_id: course } }, body })),
    onSuccess,
  });
}
