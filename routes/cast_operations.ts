import { z } from "zod";
import { castRole } from "../domain/cast.ts";
import { scene } from "../domain/scene.ts";
import { castQuestion, claimRequest, invitationRequest, stageRequest } from "./casts.ts";
import type { Operation } from "./operation.ts";

const base = "/api/roleplays/:id";
const member = { who: "member" } as const;
const theCast = z.object({ id: z.string(), cast: z.array(castRole).optional() });
const { id, language, title, situation, goals, level } = scene.shape;
const roles = z.array(z.object({ place: z.number().int(), name: z.string(), player: z.string().optional() }));

/** What the API can do with scenes that several people play. */
export const castOperations: Operation[] = [
  {
    ...member,
    method: "post",
    path: `${base}/invitations`,
    summary: "Open my scene to others until its first line: a link for a week, also sent to a match when one is named",
    body: invitationRequest,
    answers: { 201: z.object({ token: z.string(), path: z.string(), expiresAt: z.number() }) },
    problems: ["not_found", "forbidden", "scene_begun", "too_many", "busy"],
  },
  {
    ...member,
    method: "delete",
    path: `${base}/invitations`,
    summary: "The invitation is good no more; who plays stays",
    answers: { 204: null },
    problems: ["not_found", "forbidden"],
  },
  {
    ...member,
    method: "get",
    path: `${base}/cast`,
    summary: "The scene that an invitation opens, and which roles are free",
    query: castQuestion,
    answers: { 200: z.object({ id, language, title, situation, goals, level, begun: z.boolean(), roles }) },
    problems: ["not_found"],
  },
  {
    ...member,
    method: "post",
    path: `${base}/claim`,
    summary: "Play a free role of the scene that the invitation opens",
    body: claimRequest,
    answers: { 200: theCast },
    problems: ["invalid", "not_found", "role_taken", "scene_begun", "busy"],
  },
  {
    ...member,
    method: "patch",
    path: `${base}/cast/:role`,
    summary: "Take a role of my scene on stage or off it: off stage it neither hears nor answers",
    body: stageRequest,
    answers: { 200: theCast },
    problems: ["invalid", "not_found", "forbidden"],
  },
  {
    ...member,
    method: "delete",
    path: `${base}/cast/:role`,
    summary: "Give my role back to the companion, or take it from a player of my scene",
    answers: { 204: null },
    problems: ["not_found", "forbidden", "busy"],
  },
];
