import createFetchClient from "openapi-fetch";
import { send } from "@/lib/api";
import type * as T from "./types";

type Answer<Body> = { responses: { 200: { content: { "application/json": Body } } } };
type Of<Path> = { parameters: { path: Path } };
type Sent<Body> = { requestBody: { content: { "application/json": Body } } };
type Get<Path, Out> = Of<Path> & Answer<Out>;
type Send<Path, In, Out> = Of<Path> & Sent<In> & Answer<Out>;
type RunId = { run_id: number };
type Draft<Body> = { get: Get<RunId, T.Drafted<Body>>; put: Send<RunId, T.Based<Body>, T.Drafted<Body>> };

interface Paths {
  "/api/v1/courses/{course_id}/runs": {
    get: Get<{ course_id: number }, T.RunLine[]>;
    post: Send<{ course_id: number }, T.RunIn, T.Run>;
  };
  "/api/v1/runs/{run_id}": { get: Get<RunId, T.Run>; delete: Get<RunId, undefined> };
  "/api/v1/runs/{run_id}/analysis": Draft<T.Analysis>;
  "/api/v1/runs/{run_id}/plan": Draft<T.Plan>;
  "/api/v1/runs/{run_id}/questions": Draft<T.Questions>;
  "/api/v1/runs/{run_id}/criteria": Draft<T.Criteria>;
  "/api/v1/runs/{run_id}/plan/solution": { post: Send<RunId, { base: number; plan: T.Plan }, T.Drafted<T.Plan>> };
  "/api/v1/runs/{run_id}/plan.docx": { get: Get<RunId, string> };
  "/api/v1/runs/{run_id}/questions/decisions": {
    post: Send<RunId, { base: number; keys: string[]; state: T.Decision }, T.Drafted<T.Questions>>;
  };
  "/api/v1/runs/{run_id}/stages/{stage}/approval": {
    post: Send<RunId & { stage: T.StageName }, { draft: number }, T.Run>;
  };
  "/api/v1/runs/{run_id}/stages/{stage}/return": {
    post: Send<RunId & { stage: T.StageName }, { note: string }, T.Run>;
  };
  "/api/v1/runs/{run_id}/publication": { post: Get<RunId, { units: T.Unit[] }> };
  "/api/v1/runs/{run_id}/units": { get: Get<RunId, { units: T.Unit[] }> };
  "/api/v1/runs/{run_id}/trace": { get: Get<RunId, T.Trace> };
}

export const runApi = createFetchClient<Paths>({
  baseUrl: typeof window === "undefined" ? "http://127.0.0.1" : window.location.origin,
  fetch: send,
});
