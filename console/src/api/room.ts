/**
 * Which room this page belongs to. One browser may hold several rooms: on two ports of one host, which
 * share their cookies, or on one address after the other. Whatever the browser keeps is named by the id.
 */
export const ROOM: string =
  typeof document === 'undefined'
    ? ''
    : (document.querySelector<HTMLMetaElement>('meta[name="dutyroom-room"]')?.content ?? '');

/** The name of something that this browser keeps of this room. */
export function ofRoom(name: string): string {
  return `dutyroom/${ROOM}/${name}`;
}
