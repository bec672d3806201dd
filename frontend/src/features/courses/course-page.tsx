"use client";

import type { ReactNode } from "react";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { StudentCourse } from "@/features/courses/student-course";
import { TeacherCourse } from "@/features/courses/teacher-course";
import { useCourse } from "@/features/courses/use-course";
import { usePathId } from "@/lib/path";
import { useUser } from "@/lib/store";

interface Props {
  /** The class's results, which are a feature of their own. */
  results: ReactNode;
  /** Its syllabi, another one. */
  syllabi: ReactNode;
  /** What is made from them, a third. */
  runs: ReactNode;
}

export function CoursePage(tabs: Props) {
  const id = usePathId();
  return id === null ? <CourseWaiting /> : <CourseOf course_id={Number(id)} {...tabs} />;
}

function CourseOf({ course_id, ...tabs }: Props & { course_id: number }) {
  const isStudent = useUser().role === "student";
  const course = useCourse(course_id);
  return (
    <Loaded query={course} isPage skeleton={<CourseWaiting />}>
      {(it) => (isStudent ? <StudentCourse course={it} /> : <TeacherCourse course={it} {...tabs} />)}
    </Loaded>
  );
}

export function CourseWaiting() {
  return (
    <div aria-busy className="grid gap-5">
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-11" />
      <Skeleton className="h-72" />
    </div>
  );
}
