/**
 * Verbs and their commands, as the server describes them. `npm run types` writes `schema.d.ts` from the
 * server's OpenAPI; a command that the server would not understand fails the type check.
 */
import type { paths } from './schema';

type ActionPath = Extract<keyof paths, `/api/actions/${string}`>;

/** What can be asked for, such as `incident.dispatch`. */
export type Verb = ActionPath extends `/api/actions/${infer Name}` ? Name : never;

/** The fields of a verb's command. */
export type CommandOf<V extends Verb> =
  paths[`/api/actions/${V}`]['post']['requestBody']['content']['application/json']['command'];
