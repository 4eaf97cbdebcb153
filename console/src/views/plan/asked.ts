/** The plan that changes nothing: it is always there, and rehearsed beside the others. */
export const TODAY = 'today';

/** So many beside it at most: the server rehearses eight plans in one run. */
export const MOST_BESIDE = 7;

/** What is to be rehearsed, as the form has it; a number is null while its field is empty. */
export interface Asked {
  plans: string[];
  day: string;
  hour: number | null;
  days: number | null;
  replications: number | null;
  calls_per_h: number | null;
}

export const ASKED: Asked = {
  plans: [],
  day: 'Mon',
  hour: 0,
  days: 7,
  replications: 20,
  calls_per_h: null,
};
