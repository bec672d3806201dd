import enAccounts from "@messages/en/accounts.json";
import enAlerts from "@messages/en/alerts.json";
import enCalibration from "@messages/en/calibration.json";
import enAnalysis from "@messages/en/analysis.json";
import enAssignments from "@messages/en/assignments.json";
import enAttempts from "@messages/en/attempts.json";
import enGateway from "@messages/en/gateway.json";
import enAudit from "@messages/en/audit.json";
import enCommon from "@messages/en/common.json";
import enCourses from "@messages/en/courses.json";
import enDashboard from "@messages/en/dashboard.json";
import enHome from "@messages/en/home.json";
import enInvigilation from "@messages/en/invigilation.json";
import enJoin from "@messages/en/join.json";
import enMachine from "@messages/en/machine.json";
import enMarking from "@messages/en/marking.json";
import enNotices from "@messages/en/notices.json";
import enPaper from "@messages/en/paper.json";
import enPapers from "@messages/en/papers.json";
import enPeople from "@messages/en/people.json";
import enPromises from "@messages/en/promises.json";
import enReport from "@messages/en/report.json";
import enResults from "@messages/en/results.json";
import enRoom from "@messages/en/room.json";
import enRun from "@messages/en/run.json";
import enRuns from "@messages/en/runs.json";
import enSearch from "@messages/en/search.json";
import enSeats from "@messages/en/seats.json";
import enSending from "@messages/en/sending.json";
import enShell from "@messages/en/shell.json";
import enSound from "@messages/en/sound.json";
import enStatus from "@messages/en/status.json";
import enStudents from "@messages/en/students.json";
import enSyllabi from "@messages/en/syllabi.json";
import zhAccounts from "@messages/zh/accounts.json";
import zhAlerts from "@messages/zh/alerts.json";
import zhCalibration from "@messages/zh/calibration.json";
import zhAnalysis from "@messages/zh/analysis.json";
import zhAssignments from "@messages/zh/assignments.json";
import zhAttempts from "@messages/zh/attempts.json";
import zhGateway from "@messages/zh/gateway.json";
import zhAudit from "@messages/zh/audit.json";
import zhCommon from "@messages/zh/common.json";
import zhCourses from "@messages/zh/courses.json";
import zhDashboard from "@messages/zh/dashboard.json";
import zhHome from "@messages/zh/home.json";
import zhInvigilation from "@messages/zh/invigilation.json";
import zhJoin from "@messages/zh/join.json";
import zhMachine from "@messages/zh/machine.json";
import zhMarking from "@messages/zh/marking.json";
import zhNotices from "@messages/zh/notices.json";
import zhPaper from "@messages/zh/paper.json";
import zhPapers from "@messages/zh/papers.json";
import zhPeople from "@messages/zh/people.json";
import zhPromises from "@messages/zh/promises.json";
import zhReport from "@messages/zh/report.json";
import zhResults from "@messages/zh/results.json";
import zhRoom from "@messages/zh/room.json";
import zhRun from "@messages/zh/run.json";
import zhRuns from "@messages/zh/runs.json";
import zhSearch from "@messages/zh/search.json";
import zhSeats from "@messages/zh/seats.json";
import zhSending from "@messages/zh/sending.json";
import zhShell from "@messages/zh/shell.json";
import zhSound from "@messages/zh/sound.json";
import zhStatus from "@messages/zh/status.json";
import zhStudents from "@messages/zh/students.json";
import zhSyllabi from "@messages/zh/syllabi.json";
import type { Locale } from "@/i18n/routing";

/** Chinese is written first: its keys are the contract, and English must have each of them. */
const zh = {
  accounts: zhAccounts,
  alerts: zhAlerts,
  analysis: zhAnalysis,
  calibration: zhCalibration,
  assignments: zhAssignments,
  attempts: zhAttempts,
  audit: zhAudit,
  gateway: zhGateway,
  common: zhCommon,
  courses: zhCourses,
  dashboard: zhDashboard,
  home: zhHome,
  invigilation: zhInvigilation,
  join: zhJoin,
  machine: zhMachine,
  marking: zhMarking,
  notices: zhNotices,
  paper: zhPaper,
  papers: zhPapers,
  people: zhPeople,
  promises: zhPromises,
  report: zhReport,
  results: zhResults,
  room: zhRoom,
  run: zhRun,
  runs: zhRuns,
  search: zhSearch,
  seats: zhSeats,
  sending: zhSending,
  shell: zhShell,
  sound: zhSound,
  status: zhStatus,
  students: zhStudents,
  syllabi: zhSyllabi,
};

export type AllMessages = typeof zh;
export type Namespace = keyof AllMessages;

const en: AllMessages = {
  accounts: enAccounts,
  alerts: enAlerts,
  analysis: enAnalysis,
  calibration: enCalibration,
  assignments: enAssignments,
  attempts: enAttempts,
  audit: enAudit,
  gateway: enGateway,
  common: enCommon,
  courses: enCourses,
  dashboard: enDashboard,
  home: enHome,
  invigilation: enInvigilation,
  join: enJoin,
  machine: enMachine,
  marking: enMarking,
  notices: enNotices,
  paper: enPaper,
  papers: enPapers,
  people: enPeople,
  promises: enPromises,
  report: enReport,
  results: enResults,
  room: enRoom,
  run: enRun,
  runs: enRuns,
  search: enSearch,
  seats: enSeats,
  sending: enSending,
  shell: enShell,
  sound: enSound,
  status: enStatus,
  students: enStudents,
  syllabi: enSyllabi,
};

export const messagesOf: Record<Locale, AllMessages> = { zh, en };

/** On every page: the shell with its bell and search, and the sign-in that may come over it. */
export const everywhere: readonly Namespace[] = ["common", "shell", "notices", "search", "accounts"];
