import type { StateCreator } from "zustand";
import type { Schema } from "@/client/types";
import type { AppState, Changing } from "@/lib/store";

export type CourseStatus = Schema<"CourseRow">["status"];

/** What of a course can be changed on its page. */
export type CourseChange = Schema<"CourseChange">;

/** A change that was sent and not answered: shown as if it were done, taken back if it is refused. */
export interface CourseEdit {
  key: number;
  course: number;
  change: CourseChange;
}

export interface CourseSlice {
  /** The course that was opened last, to be found again in the list. */
  selectedCourse: number | null;
  courseFilter: CourseStatus | "all";
  courseEdits: readonly CourseEdit[];
  selectCourse: (id: number) => void;
  filterCourses: (status: CourseStatus | "all") => void;
  /** The key with which the edit is ended, done or refused. */
  beginEdit: (course: number, change: CourseChange) => number;
  endEdit: (key: number) => void;
}

export const noCourses: Pick<CourseSlice, "selectedCourse" | "courseFilter" | "courseEdits"> = {
  selectedCourse: null,
  courseFilter: "all",
  courseEdits: [],
};

let lastKey = 0;

/** What the browser owns of courses. The courses themselves are the server's and stay in the query cache. */
export const courseSlice: StateCreator<AppState, Changing, [], CourseSlice> = (set) => ({
  ...noCourses,
  selectCourse: (id) =>
    set((state) => {
      state.selectedCourse = id;
    }),
  filterCourses: (status) =>
    set((state) => {
      state.courseFilter = status;
    }),
  beginEdit: (course, change) => {
    const key = (lastKey += 1);
    set((state) => {
      state.courseEdits.push({ key, course, change });
    });
    return key;
  },
  endEdit: (key) =>
    set((state) => {
      state.courseEdits = state.courseEdits.filter((edit) => edit.key !== key);
    }),
});

/** The same object where nothing is being changed, so that nothing is drawn again for nothing. */
export function withEdits<Course extends { id: number }>(course: Course, edits: readonly CourseEdit[]): Course {
  const mine = edits.filter((edit) => edit.course === course.id);
  if (mine.length === 0) return course;
  const known = mine.map(({ change }) => Object.entries(change).filter(([name]) => name in course));
  return { ...course, ...Object.fromEntries(known.flat()) };
}

export interface CoursesStats {
  courses: number;
  active: number;
  students: number;
  /** Mean over students, 0–100; 0 where there are none. */
  progress: number;
}

type Counted = Pick<Schema<"CourseRow">, "id" | "status" | "student_count" | "avg_progress">;

export function statsOf(courses: readonly Counted[], edits: readonly CourseEdit[]): CoursesStats {
  const shown = courses.map((course) => withEdits(course, edits));
  const students = shown.reduce((sum, course) => sum + course.student_count, 0);
  const progress = shown.reduce((sum, course) => sum + course.student_count * course.avg_progress, 0);
  return {
    courses: shown.length,
    active: shown.filter((course) => course.status === "active").length,
    students,
    progress: students ? Math.round(progress / students) : 0,
  };
}
