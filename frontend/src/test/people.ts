import type { Me } from "@/lib/store";

/** The same names as in the tests of the server. */
export const student: Me = {
  id: 1,
  username: "student",
  name: "王思远",
  role: "student",
  student_number: "20260001",
  administrative_class: "英语2601",
  must_change_password: false,
  csrf_token: "token",
};

export const teacher: Me = {
  ...student,
  id: 2,
  username: "teacher",
  name: "陈立言",
  role: "teacher",
  student_number: "",
};
