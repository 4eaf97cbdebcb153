/** What the rehearsals of the next hour say. */
import type { Outlook, Sending } from './schema';

export type { AreaChange, Difference, Instead, Outlook, Sending } from './schema';

/** On which calls the next hour stands. */
export type ExpectedCalls = Outlook['calls'];

/** On what the times of the next hour stand. */
export type ServiceTimes = Outlook['service_times'];

export type Rehearsed = Outlook | Sending;
